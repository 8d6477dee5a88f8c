#pragma once

#include "Facts.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <optional>

namespace connsan {

/// A function of one program, from 0.
using FunctionId = std::uint32_t;

/// What is known of a function without its body.
struct FunctionDeclaration {
  std::string Name;                     ///< qualified
  std::string Usr;                      ///< empty where there is none
  std::uint64_t Type = 0;               ///< see `typeHash`
  std::vector<std::string> Annotations; ///< what attributes say of it
  bool HasBody = false;                 ///< anywhere, even in a system header
  bool MayThrow = false;                ///< C++ exceptions
};

/// A function whose body the analysis may look at.
struct FunctionDefinition {
  SourcePoint At;
  std::string File; ///< its base name, where another file may have a function of the same name; else empty
  bool IsBuiltin = false;
  bool IsShort = false;    ///< nothing but a return
  bool IsExternal = false; ///< other units call this body, and have none of their own
};

/// What a model of a function has to know of it.
struct FunctionInterface {
  bool IsCallable = false;            ///< from other files, by its name
  std::vector<bool> PointsToPointers; ///< of each argument, the object of a method first
  bool ReturnsPointer = false;
};

/// A class of C++ whose members have bodies here.
struct ClassDescription {
  struct Field {
    std::string Name;
    bool IsPrivate = false;
    bool operator==(const Field &) const = default;
  };
  std::string Name; ///< qualified
  std::string File; ///< its base name, where another file may have a class of the same name; else empty
  SourcePoint At;
  // The members that somebody wrote, here or in another file.
  std::vector<FunctionId> Constructors; ///< that copy or move nothing
  std::vector<FunctionId> Methods;      ///< the rest, but for these:
  std::vector<FunctionId> Assignments;
  std::optional<FunctionId> Destructor;
  bool HasUnwrittenConstructor = false; ///< which acquires nothing
  bool CopiesMembers = false;           ///< nobody wrote or forbade a copy constructor
  /// Where such a copy is made, by a function in scope.
  struct Copy {
    FunctionId By = 0;
    SourcePoint At;
    bool operator==(const Copy &) const = default;
  };
  std::vector<Copy> Copies;
  bool IsInMainFile = false;
  std::vector<Field> Fields; ///< its own, not those of bases
};

/// What the analysis asks of one translation unit. It asks as late as it can, so that an answer may cost
/// something; references stay valid as long as the program. Not thread-safe.
class Program {
public:
  virtual ~Program() = default;

  virtual bool isCxx() const = 0;
  /// Whether something in the unit did not compile.
  virtual bool hasErrors() const = 0;
  /// The functions to look at for their own sake, in the order of the source.
  virtual std::vector<FunctionId> functionsInScope() = 0;
  virtual const std::vector<ClassDescription> &classes() = 0;
  virtual const FunctionDeclaration &declaration(FunctionId Function) = 0;
  /// Null when the body is missing or in a system header. The rest may be asked only where there is one.
  virtual const FunctionDefinition *definition(FunctionId Function) = 0;
  virtual FunctionInterface interface(FunctionId Function) = 0;
  /// The functions that the body refers to, each once, in the order of the source.
  virtual llvm::ArrayRef<FunctionId> references(FunctionId Function) = 0;
  /// Whether the body has a throw-expression.
  virtual bool throws(FunctionId Function) = 0;
  /// Whether all of the body is known: nothing of it was lost to an error in the source.
  virtual bool isWhole(FunctionId Function) = 0;
  /// Whether an argument or the result leads to a record of such a name: points to one, or to an object that
  /// holds one. What points to anything is known as "void".
  virtual bool reachesRecord(FunctionId Function, llvm::function_ref<bool(llvm::StringRef)> IsWanted) = 0;
  /// The name of the file in which a place is, as the compiler was told.
  virtual std::string fileOf(SourcePoint At) = 0;
  /// Null when the body could not be lowered or has more than `MaxBlocks` blocks.
  virtual std::shared_ptr<const FunctionFacts> facts(FunctionId Function, unsigned MaxBlocks) = 0;
};

} // namespace connsan
