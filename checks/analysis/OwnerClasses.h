#pragma once

#include "Explorer.h"
#include "Finding.h"
#include "Program.h"

namespace connsan {

/// What a class that holds resources does with them, by the summaries of its members.
class OwnerClasses {
public:
  /// The effects of a function, of one in another file too; null when they are not known.
  using EffectsOf = std::function<const Summary *(FunctionId)>;

  /// The program has to outlive it.
  OwnerClasses(Program &Unit, EffectsOf Effects) : Unit(Unit), Effects(std::move(Effects)) {}

  /// What a member function can count on when it is entered.
  std::vector<HeldMember> heldAtEntry(const ClassDescription &Class, FunctionId Member) const;
  std::vector<Finding> findings(const ClassDescription &Class) const;

private:
  struct Member {
    std::string Field;
    std::string Spelling; ///< of what holds the resource: the member, or a part of what it points to
    std::string Resource;
    Origin From;
    bool isInside() const { return Spelling != Field; }
  };
  bool isKnown(FunctionId Function) const { return Unit.definition(Function) || Effects(Function); }
  std::vector<Member> acquiredBy(FunctionId Function, bool Always) const;
  bool isUsedByConstructors(const ClassDescription &Class, FunctionId Member) const;
  bool releases(FunctionId Function, const Member &M) const;
  bool empties(FunctionId Function, llvm::StringRef Field) const;
  bool givesOut(FunctionId Function, llvm::StringRef Field) const;
  std::vector<Finding> copiesMade(const ClassDescription &Class, const Member &M,
                                  const Finding &Copyable) const;
  std::optional<Finding> judge(const ClassDescription &Class, const Member &M) const;

  Program &Unit;
  EffectsOf Effects;
};

} // namespace connsan
