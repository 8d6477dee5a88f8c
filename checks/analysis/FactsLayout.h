#pragma once

#include "UnitFacts.h"

#include <set>

/// Which fields the structs of a unit have, in the order in which they are written. A structured binding
/// names all of a struct, so that a field cannot be forgotten here.
namespace connsan {

template<class Io> void layout(Io &To, Variable::Binding &B) {
  auto &[Field, Name] = B;
  To(Field, Name);
}

template<class Io> void layout(Io &To, Variable &V) {
  auto &[Name, Where, IsPointer, PointsToPointer, IsObject, ProgramName, Bindings] = V;
  To(Name, Where, IsPointer, PointsToPointer, IsObject, ProgramName, Bindings);
}

template<class Io> void layout(Io &To, Callee::Parameter &P) {
  auto &[IsPointer, PointsToConst, PointsToPointer, IsVoidPointer, IsClosure, IsThis, IsResult, Pointee] = P;
  To(IsPointer, PointsToConst, PointsToPointer, IsVoidPointer, IsClosure, IsThis, IsResult, Pointee);
}

template<class Io> void layout(Io &To, Callee &C) {
  auto &[Name, Usr, Type, Parameters, HasBody, IsVirtual, IsConstructor, IsDestructor, IsDeleter,
         IgnoresObject, NoReturn, ReturnsParameterType, Result, MayThrow, InCxxLibrary, WritesOnlyArguments,
         Annotations] = C;
  To(Name, Usr, Type, Parameters, HasBody, IsVirtual, IsConstructor, IsDestructor, IsDeleter, IgnoresObject,
     NoReturn, ReturnsParameterType, Result, MayThrow, InCxxLibrary, WritesOnlyArguments, Annotations);
}

template<class Io> void layout(Io &To, ExceptionType &E) {
  auto &[CaughtAs] = E;
  To(CaughtAs);
}

template<class Io> void layout(Io &To, Fact &F) {
  auto &[What, Op, Exit, Result, Index, Immediate, Operands, At, Landing] = F;
  To(What, Op, Exit, Result, Index, Immediate, Operands, At, Landing);
}

template<class Io> void layout(Io &To, Edge &E) {
  auto &[Target, Cases, IsDefault, Reachable, Catches] = E;
  To(Target, Cases, IsDefault, Reachable, Catches);
}

template<class Io> void layout(Io &To, Block &B) {
  auto &[Facts, Registers, Ends, Condition, ConditionText, ConditionAt, Edges, Landings] = B;
  To(Facts, Registers, Ends, Condition, ConditionText, ConditionAt, Edges, Landings);
}

template<class Io> void layout(Io &To, FunctionFacts &F) {
  auto &[Name, Usr, IsMain, IsConstructor, IsDestructor, ReturnsObject, End, Parameters, Variables, Strings,
         Callees, Exceptions, Blocks, Exit] = F;
  To(Name, Usr, IsMain, IsConstructor, IsDestructor, ReturnsObject, End, Parameters, Variables, Strings,
     Callees, Exceptions, Blocks, Exit);
}

template<class Io> void layout(Io &To, FunctionDeclaration &D) {
  auto &[Name, Usr, Type, Annotations, HasBody, MayThrow] = D;
  To(Name, Usr, Type, Annotations, HasBody, MayThrow);
}

template<class Io> void layout(Io &To, FunctionDefinition &D) {
  auto &[At, File, IsBuiltin, IsShort, IsExternal] = D;
  To(At, File, IsBuiltin, IsShort, IsExternal);
}

template<class Io> void layout(Io &To, FunctionInterface &I) {
  auto &[IsCallable, PointsToPointers, ReturnsPointer] = I;
  To(IsCallable, PointsToPointers, ReturnsPointer);
}

template<class Io> void layout(Io &To, FunctionBody &B) {
  auto &[Definition, Interface, References, Throws, Records, Facts] = B;
  To(Definition, Interface, References, Throws, Records, Facts);
}

template<class Io> void layout(Io &To, KnownFunction &F) {
  auto &[Declaration, Body] = F;
  To(Declaration, Body);
}

template<class Io> void layout(Io &To, SourceStretch &S) {
  auto &[IsExpansion, File, Text, IsSystem, Hash, Size, Spelling, Start, End, IsTokenRange] = S;
  To(IsExpansion, Size);
  if (IsExpansion)
    To(Spelling, Start, End, IsTokenRange);
  else
    To(File, Text, IsSystem, Hash);
}

template<class Io> void layout(Io &To, SourcePlace &P) {
  auto &[Stretch, Offset] = P;
  To(Stretch, Offset);
}

template<class Io> void layout(Io &To, AnnotatedFunction &F) {
  auto &[Texts, Arguments, At] = F;
  To(Texts, Arguments, At);
}

template<class Io> void layout(Io &To, ClassDescription::Copy &C) {
  auto &[By, At] = C;
  To(By, At);
}

template<class Io> void layout(Io &To, ClassDescription::Field &F) {
  auto &[Name, IsPrivate] = F;
  To(Name, IsPrivate);
}

template<class Io> void layout(Io &To, ClassDescription &C) {
  auto &[Name, File, At, Constructors, Methods, Assignments, Destructor, HasUnwrittenConstructor,
         CopiesMembers, Copies, IsInMainFile, Fields] = C;
  To(Name, File, At, Constructors, Methods, Assignments, Destructor, HasUnwrittenConstructor, CopiesMembers,
     Copies, IsInMainFile, Fields);
}

template<class Io> void layout(Io &To, InputFile &I) {
  auto &[Name, Hash] = I;
  To(Name, Hash);
}

template<class Io> void layout(Io &To, UnitInputs &U) {
  auto &[Directory, Arguments, Files, ParseProblem] = U;
  To(Directory, Arguments, Files, ParseProblem);
}

template<class Io> void layout(Io &To, UnitFacts &U) {
  auto &[From, IsCxx, HasErrors, Stretches, MainFile, Places, RecordSets, Functions, InScope, Classes,
         Annotated] = U;
  To(From, IsCxx, HasErrors, Stretches, MainFile, Places, RecordSets, Functions, InScope, Classes, Annotated);
}

/// The last of each enumeration: what is beyond cannot be read.
template<class Enum> inline constexpr Enum LastOf{};
template<> inline constexpr auto LastOf<Variable::Storage> = Variable::Storage::Temporary;
template<> inline constexpr auto LastOf<CompareOp> = CompareOp::GreaterEqual;
template<> inline constexpr auto LastOf<ExitKind> = ExitKind::Call;
template<> inline constexpr auto LastOf<Fact::Kind> = Fact::Kind::Rethrow;
template<> inline constexpr auto LastOf<Block::Ending> = Block::Ending::Dispatch;

template<class Function> class PointVisitor {
public:
  explicit PointVisitor(Function Visit) : Visit(std::move(Visit)) {}
  template<class... Fields> void operator()(Fields &...Each) { (field(Each), ...); }

private:
  void field(SourcePoint &P) { Visit(P); }
  template<class T> void field(std::vector<T> &Each) { elements(Each); }
  template<class T, unsigned N> void field(llvm::SmallVector<T, N> &Each) { elements(Each); }
  template<class Container> void elements(Container &Each) {
    using T = typename Container::value_type;
    if constexpr (std::is_class_v<T>)
      for (T &One : Each)
        field(One);
  }
  template<class T> void field(std::optional<T> &Maybe) {
    if (Maybe)
      field(*Maybe);
  }
  template<class T> void field(std::shared_ptr<T> &Maybe) {
    if (Maybe)
      field(*Maybe);
  }
  void field(std::string &) {}
  void field(std::set<std::string> &) {}
  template<class T> void field(T &Value) {
    if constexpr (std::is_class_v<T>)
      layout(*this, Value);
  }

  Function Visit;
};

/// Calls a function with every point in a unit or a part of one.
template<class T, class Function> void forEachPoint(T &Part, Function Visit) {
  PointVisitor<Function> Visitor(std::move(Visit));
  layout(Visitor, Part);
}

} // namespace connsan
