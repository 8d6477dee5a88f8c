#pragma once

#include "Exceptions.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <string>
#include <vector>

/// What a function does to values that may be resources, lowered from the AST to a register machine.
/// Facts refer to nothing outside of their `FunctionFacts`: every AST quirk ends where they begin.
namespace connsan {

using Reg = std::uint32_t;
using BlockId = std::uint32_t;
inline constexpr Reg NoReg = ~Reg{0};
using RegList = llvm::SmallVector<Reg, 3>;
inline constexpr BlockId NoBlock = ~BlockId{0};

/// A place in the source; 0 is nowhere, and the order is that of the source. Of facts just made, an encoded
/// `clang::SourceLocation`; of facts that are kept, a number in their table of places.
struct SourcePoint {
  std::uint32_t Raw = 0;
  bool operator==(const SourcePoint &) const = default;
  auto operator<=>(const SourcePoint &) const = default;
};

struct Variable {
  enum class Storage : std::uint8_t { Local, Parameter, Global, Temporary };
  /// A structured binding: a name for a part.
  struct Binding {
    std::string Field;
    std::string Name;
    bool operator==(const Binding &) const = default;
  };
  std::string Name;
  Storage Where = Storage::Local;
  bool IsPointer = false;
  bool PointsToPointer = false;
  bool IsObject = false; ///< a parameter that is the address of the object that it stands for
  /// Of a global: what no other variable of the program is called.
  std::string ProgramName;
  std::vector<Binding> Bindings;
};

/// One called function, as the call sees it.
struct Callee {
  struct Parameter {
    bool IsPointer = false;     ///< a pointer or a reference
    bool PointsToConst = false; ///< whose pointee the callee cannot change
    bool PointsToPointer = false;
    bool IsVoidPointer = false;
    bool IsClosure = false; ///< a lambda
    bool IsThis = false;    ///< the object of a method
    bool IsResult = false;  ///< where the callee makes the object that it returns; the last one
    std::string Pointee;    ///< the name of the record that it points to, if it does
    bool operator==(const Parameter &) const = default;
  };
  std::string Name; ///< qualified; empty for a call through a pointer
  std::string Usr;
  std::uint64_t Type = 0; ///< see `typeHash`
  std::vector<Parameter> Parameters;
  bool HasBody = false;
  bool IsVirtual = false; ///< and the call does not tell which it reaches
  bool IsConstructor = false;
  bool IsDestructor = false;
  bool IsDeleter = false;     ///< takes what it is given, whichever function it is
  bool IgnoresObject = false; ///< a lambda that captures nothing, called by its address
  bool NoReturn = false;
  bool ReturnsParameterType = false; ///< it takes and gives the same type of pointer
  std::string Result; ///< the name of the record that it returns a pointer to, "bool" or "void"; else empty
  bool MayThrow = false;
  bool InCxxLibrary = false; ///< whose templates own what they are given
  bool WritesOnlyArguments =
      false; ///< of a library, or printf-like: it leaves the state of the program alone
  std::vector<std::string> Annotations; ///< what attributes say of it
  bool operator==(const Callee &) const = default;
};

enum class CompareOp : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

/// What is read or written at once.
enum Access : std::uint8_t {
  ScalarAccess,
  BufferAccess,  ///< a pointer to characters or numbers
  PointerAccess, ///< any other one
  ObjectAccess,
  MovingAccess, ///< of a store: what was there before goes on in a register
};

/// How control leaves a scope, as far as a message can name it.
enum class ExitKind : std::uint8_t {
  Return,
  FunctionEnd,
  ScopeEnd,
  Break,
  Continue,
  Goto,
  Throw, ///< a throw-expression
  Call,  ///< of a function that throws
};

inline bool isThrown(ExitKind Exit) {
  return Exit == ExitKind::Throw || Exit == ExitKind::Call;
}

/// Whether it ends the function, as far as it is not caught.
inline bool isWayOut(ExitKind Exit) {
  return Exit == ExitKind::Return || Exit == ExitKind::FunctionEnd || isThrown(Exit);
}

struct Fact {
  enum class Kind : std::uint8_t {
    Constant,        ///< Result := Immediate
    String,          ///< Result := the text Index of `Strings`
    FunctionAddress, ///< Result := callee Index
    VariableAddress, ///< Result := address of variable Index
    FieldAddress,    ///< Result := address of field Index (a string) of the object at operand 0
    ElementAddress,  ///< Result := address of element Immediate of the array at operand 0; Index 0: unknown
                     ///< element
    Load,            ///< Result := value at address operand 0; Immediate is an `Access`
    Store,           ///< value at address operand 0 := operand 1; Immediate is an `Access`
    Compare,         ///< Result := operand 0 Op operand 1
    Not,             ///< Result := !operand 0
    Arithmetic,      ///< Result := some function Immediate of the operands that keeps none of them
    Opaque,          ///< Result := something; the operands go where the analysis does not follow
    Call,            ///< Result := callee Index applied to the operands
    IndirectCall,    ///< Result := the function at operand 0 applied to the rest
    Return,          ///< operand 0 (if any) is the function's result
    Leave,           ///< control leaves the scope by Exit
    EndLifetime,     ///< variable Index dies; Exit says why
    Throw,           ///< an exception of type Index of `Exceptions` is thrown; its object gets the operand
    Rethrow,         ///< the exception that is being handled is thrown again
  };
  Kind What = Kind::Opaque;
  CompareOp Op = CompareOp::Equal;
  ExitKind Exit = ExitKind::ScopeEnd;
  Reg Result = NoReg;
  std::uint32_t Index = 0;
  std::int64_t Immediate = 0;
  RegList Operands;
  SourcePoint At;
  BlockId Landing = NoBlock; ///< where it goes when it throws; `NoBlock`: it does not, or the process ends
};

/// Where a block goes next. A branch has two edges, taken when the condition is true and false.
struct Edge {
  BlockId To = 0;
  std::vector<std::int64_t> Cases; ///< of a switch; empty together with `IsDefault` false: a branch
  bool IsDefault = false;
  bool Reachable = true;
  std::uint32_t Catches = 0; ///< of a dispatch: the type that the handler takes, of `Strings`; 0: any
};

struct Block {
  std::vector<Fact> Facts;
  Reg Registers = 0; ///< how many the facts use; a register belongs to one block
  /// A dispatch gives the exception that is under way to the first edge that takes it, the default one last.
  enum class Ending : std::uint8_t { Jump, Branch, Switch, Dispatch } Ends = Ending::Jump;
  Reg Condition = NoReg;
  std::uint32_t ConditionText = 0; ///< of `Strings`
  SourcePoint ConditionAt;
  std::vector<Edge> Edges;
  std::vector<BlockId> Landings; ///< of its facts, each once
};

struct FunctionFacts {
  std::string Name; ///< qualified
  std::string Usr;
  bool IsMain = false;
  bool IsConstructor = false; ///< that does not delegate: when it throws there is no object
  bool IsDestructor = false;
  bool ReturnsObject = false;            ///< which it makes where the last parameter says
  SourcePoint End;                       ///< the closing brace
  std::vector<std::uint32_t> Parameters; ///< variables
  std::vector<Variable> Variables;
  std::vector<std::string> Strings;
  std::vector<Callee> Callees;
  std::vector<ExceptionType> Exceptions;
  std::vector<Block> Blocks; ///< in reverse post-order; the first is the entry
  BlockId Exit = 0;

  bool isParameter(std::uint32_t Variable) const {
    return Variables[Variable].Where == Variable::Storage::Parameter;
  }
};

/// As C writes it.
const char *spelling(CompareOp Op);

/// Human-readable, one fact a line; what `connsan check --dump=facts` prints.
std::string dump(const FunctionFacts &Facts);

} // namespace connsan
