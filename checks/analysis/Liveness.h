#pragma once

#include "Facts.h"
#include "model/Model.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SparseBitVector.h"

namespace connsan {

/// Which places of a function may still be read. A place is a variable, or a field of one.
class Liveness {
public:
  static constexpr std::uint32_t Whole = ~std::uint32_t{0};

  Liveness(const FunctionFacts &Facts, const ModelSet &Models);

  /// What is live at one point.
  struct Places {
    llvm::SparseBitVector<> Read;
    /// Read by something that depends on the value: a condition, a copy, a function that is known. What is
    /// only handed to unknown functions is of no account for what it says, but for where it points.
    llvm::SparseBitVector<> Tested;
  };

  const Places &atStart(BlockId Block) const { return Starts[Block]; }
  Places atEnd(BlockId Block) const;

  /// `Field` is the number of a string, or `Whole`.
  bool isRead(const Places &Here, std::uint32_t Variable, std::uint32_t Field) const {
    return isIn(Here.Read, AlwaysRead, Variable, Field);
  }
  bool isTested(const Places &Here, std::uint32_t Variable, std::uint32_t Field) const {
    return isIn(Here.Tested, AlwaysTested, Variable, Field);
  }

  /// Whether anything anywhere depends on what the variable holds.
  bool isEverTested(std::uint32_t Variable) const { return EverTested.test(any(Variable)); }
  /// Whether a place of a global holds a pointer.
  bool isOutsidePointer(std::uint32_t Variable, std::uint32_t Field) const {
    return isIn(PointersOutside, {}, Variable, Field);
  }

private:
  using Set = llvm::SparseBitVector<>;
  struct Uses;
  struct Address {
    std::uint32_t Variable = Whole;
    std::uint32_t Field = Whole;
    bool IsPart = false; ///< it is somewhere inside of that place
  };

  /// Every variable has a number for reads of all of it and one for reads of any part of it.
  static std::uint32_t all(std::uint32_t Variable) { return 2 * Variable; }
  static std::uint32_t any(std::uint32_t Variable) { return 2 * Variable + 1; }
  std::uint32_t field(std::uint32_t Variable, std::uint32_t Field);
  void read(const Address &At, Set &Into, const Set &Except);
  void write(const Address &At, Set &Into) const;
  bool isIn(const Set &Here, const Set &Always, std::uint32_t Variable, std::uint32_t Field) const;
  bool isForeign(const Callee &C) const;
  Uses usesOf(const Block &B);
  void solve(const std::vector<Uses> &Blocks);

  const FunctionFacts &Facts;
  const ModelSet &Models;
  llvm::DenseMap<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> Fields;
  llvm::DenseMap<std::uint32_t, llvm::SmallVector<std::uint32_t, 4>> FieldsOf;
  std::uint32_t Count = 0;
  Set Globals;         ///< their places
  Set PointersOutside; ///< places of globals that hold pointers, which a caller wants to know
  Set AlwaysRead;
  Set AlwaysTested;
  Set EverTested;
  std::vector<Places> Starts;
};

} // namespace connsan
