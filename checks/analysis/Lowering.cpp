#include "Lowering.h"

#include "FunctionAnnotations.h"
#include "FunctionNames.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace connsan {

Access accessTo(QualType Type) {
  if (Type->isPointerType() || Type->isReferenceType())
    return Type->getPointeeType()->isArithmeticType() ? BufferAccess : PointerAccess;
  return Type->isRecordType() || Type->isArrayType() ? ObjectAccess : ScalarAccess;
}

Fact &Lowering::emit(Fact::Kind What, SourceLocation At, RegList Operands) {
  Fact &F = Current->Facts.emplace_back();
  F.What = What;
  F.At = point(At);
  F.Operands = std::move(Operands);
  return F;
}

Reg Lowering::value(Fact::Kind What, SourceLocation At, RegList Operands, std::uint32_t Index,
                    std::int64_t Immediate) {
  Fact &F = emit(What, At, std::move(Operands));
  F.Index = Index;
  F.Immediate = Immediate;
  return F.Result = Count++;
}

void Lowering::store(Reg Address, Reg Value, QualType Type, SourcePoint At) {
  Fact &F = Current->Facts.emplace_back();
  F.What = Fact::Kind::Store;
  F.At = At;
  F.Operands = {Address, Value};
  F.Immediate = accessTo(Type);
}

/// An object that the caller has made; the parameter is its address.
static bool isObjectParameter(const VarDecl &Var) {
  return isa<ParmVarDecl>(Var) && isObject(Var.getType());
}

Reg Lowering::addressOf(const VarDecl *Var, SourceLocation At) {
  if (Var->isNRVOVariable() && Out.ReturnsObject) {
    Out.Variables[Out.Parameters.back()].Name = Var->getName();
    return resultObject(At);
  }
  Reg Address = value(Fact::Kind::VariableAddress, At, {}, variable(Var));
  return isObjectParameter(*Var) ? load(Address, Context.VoidPtrTy, At) : Address;
}

Reg Lowering::compare(CompareOp Op, Reg Left, Reg Right, SourceLocation At) {
  Reg Result = value(Fact::Kind::Compare, At, {Left, Right});
  Current->Facts.back().Op = Op;
  return Result;
}

/// The names that structured bindings give to the parts of a variable.
static std::vector<Variable::Binding> bindingsOf(const DecompositionDecl &Var) {
  std::vector<Variable::Binding> Found;
  std::optional<StandardProduct> Product = standardProduct(Var.getType());
  for (const BindingDecl *Part : Var.bindings()) {
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(Part->getBinding()))
      Found.push_back({Member->getMemberDecl()->getName().str(), Part->getName().str()});
    else if (Product)
      Found.push_back({Product->field(Found.size()), Part->getName().str()});
  }
  return Found;
}

std::uint32_t Lowering::variable(const VarDecl *Var) {
  auto [It, New] = Variables.try_emplace(Var->getCanonicalDecl(), Out.Variables.size());
  if (New) {
    Variable &V = Out.Variables.emplace_back();
    V.Name = Var->getName();
    V.IsObject = isObjectParameter(*Var);
    V.IsPointer = Var->getType()->isPointerType() || V.IsObject;
    V.PointsToPointer = Var->getType()->isPointerType() && Var->getType()->getPointeeType()->isPointerType();
    if (isa<ParmVarDecl>(Var))
      V.Where = Variable::Storage::Parameter;
    else if (!Var->hasLocalStorage())
      V.Where = Variable::Storage::Global;
    V.ProgramName = V.Where == Variable::Storage::Global ? programName(*Var) : "";
    if (const auto *Parts = dyn_cast<DecompositionDecl>(Var))
      V.Bindings = bindingsOf(*Parts);
  }
  return It->second;
}

std::uint32_t Lowering::thisVariable() {
  if (!This) {
    This = Out.Variables.size();
    Out.Variables.push_back({"this", Variable::Storage::Parameter});
  }
  return *This;
}

Reg Lowering::temporaryAddress(const Expr *Join, SourceLocation At) {
  auto [It, New] = JoinVariables.try_emplace(Join, Out.Variables.size());
  if (New)
    Out.Variables.push_back({"", Variable::Storage::Temporary});
  return value(Fact::Kind::VariableAddress, At, {}, It->second);
}

std::uint32_t Lowering::string(llvm::StringRef Text) {
  auto [It, New] = Strings.try_emplace(Text, Out.Strings.size());
  if (New)
    Out.Strings.push_back(Text.str());
  return It->second;
}

std::uint32_t Lowering::sourceText(const Expr *E) {
  const SourceManager &Sources = Context.getSourceManager();
  CharSourceRange Range = Lexer::makeFileCharRange(CharSourceRange::getTokenRange(E->getSourceRange()),
                                                   Sources, Context.getLangOpts());
  std::string Text;
  if (Range.isValid()) {
    Text = Lexer::getSourceText(Range, Sources, Context.getLangOpts()).str();
  } else {
    llvm::raw_string_ostream Stream(Text);
    E->printPretty(Stream, nullptr, Context.getPrintingPolicy());
  }
  std::string Folded;
  for (char C : Text)
    if (!isWhitespace(C))
      Folded += C;
    else if (!Folded.empty() && Folded.back() != ' ')
      Folded += ' ';
  constexpr std::size_t Longest = 60;
  if (Folded.size() > Longest)
    Folded = Folded.substr(0, Longest - 3) + "...";
  return string(Folded);
}

static Callee::Parameter describe(QualType Type) {
  Callee::Parameter P;
  if (!Type->isPointerType() && !Type->isReferenceType() && !isObject(Type))
    return P;
  QualType Pointee = isObject(Type) ? Type.getUnqualifiedType() : Type->getPointeeType();
  P.IsPointer = true;
  P.PointsToConst = Pointee.isConstQualified();
  P.PointsToPointer = Pointee->isPointerType();
  P.IsVoidPointer = Pointee->isVoidType();
  if (const RecordDecl *Record = Pointee->getAsRecordDecl())
    P.Pointee = Record->getName();
  if (const CXXRecordDecl *Class = Pointee->getAsCXXRecordDecl())
    P.IsClosure = Class->isLambda();
  return P;
}

std::uint32_t Lowering::callee(const FunctionDecl *Target, bool IsDirect) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Target);
  IsDirect |= !Method || !Method->isVirtual();
  auto [It, New] = Callees.try_emplace(
      llvm::PointerIntPair<const FunctionDecl *, 1, bool>(Target->getCanonicalDecl(), IsDirect),
      Out.Callees.size());
  if (!New)
    return It->second;
  Callee &C = Out.Callees.emplace_back();
  C.Name = qualifiedName(*Target);
  C.Usr = usrOf(*Target);
  C.Type = typeHash(*Target);
  for (const ParmVarDecl *P : Target->parameters())
    C.Parameters.push_back(describe(P->getType()));
  if (returnsObject(*Target)) {
    C.Parameters.push_back(describe(Target->getReturnType()));
    C.Parameters.back().IsResult = true;
  }
  if (Method && Method->isImplicitObjectMemberFunction()) {
    C.IsVirtual = !IsDirect;
    C.IsConstructor = isa<CXXConstructorDecl>(Method);
    C.IsDestructor = isa<CXXDestructorDecl>(Method);
    Callee::Parameter Object{.IsPointer = true, .PointsToConst = Method->isConst(), .IsThis = true};
    C.Parameters.insert(C.Parameters.begin(), Object);
  }
  C.Annotations = annotationsOf(*Target);
  C.HasBody = Target->hasBody();
  // Its body is still to be written, and may be all that matters.
  Broken |= Target->getStorageClass() == SC_Static && !Method && !C.HasBody &&
            !Context.getSourceManager().isInSystemHeader(Target->getLocation());
  C.NoReturn = Target->isNoReturn();
  C.MayThrow = Context.getLangOpts().CXXExceptions && mayThrow(*Target);
  bool InSystemHeader = Context.getSourceManager().isInSystemHeader(Target->getLocation());
  C.InCxxLibrary = InSystemHeader && !Target->isExternC();
  C.WritesOnlyArguments = InSystemHeader || Target->hasAttr<FormatAttr>();
  QualType Result = Target->getReturnType();
  if (const RecordDecl *Record =
          Result->isPointerType() ? Result->getPointeeType()->getAsRecordDecl() : nullptr)
    C.Result = Record->getName();
  else if (Result->isVoidType() || Result->isBooleanType())
    C.Result = Result->isVoidType() ? "void" : "bool";
  if (Result->isPointerType())
    for (const ParmVarDecl *P : Target->parameters())
      C.ReturnsParameterType |= Context.hasSameUnqualifiedType(P->getType(), Result);
  return It->second;
}

std::uint32_t Lowering::unknownCallee(QualType FunctionType) {
  Callee C;
  if (FunctionType->isFunctionPointerType() || FunctionType->isFunctionReferenceType())
    FunctionType = FunctionType->getPointeeType();
  if (const auto *Proto = FunctionType->getAs<FunctionProtoType>()) {
    for (QualType Parameter : Proto->param_types())
      C.Parameters.push_back(describe(Parameter));
    if (returnsObject(*Proto)) {
      C.Parameters.push_back(describe(Proto->getReturnType()));
      C.Parameters.back().IsResult = true;
    }
  }
  Out.Callees.push_back(C);
  return Out.Callees.size() - 1;
}

} // namespace connsan
