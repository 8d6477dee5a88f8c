#include "FactsGenerator.h"

#include "FunctionAnnotations.h"
#include "FunctionPointers.h"
#include "Unwinding.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;

namespace connsan {
namespace {

SourcePoint point(SourceLocation Loc) {
  return {Loc.getRawEncoding()};
}

/// Expressions that only pass on the value of one operand.
const Expr *passThrough(const Expr *E) {
  if (const auto *P = dyn_cast<ParenExpr>(E))
    return P->getSubExpr();
  if (const auto *F = dyn_cast<FullExpr>(E))
    return F->getSubExpr();
  if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
    return M->getSubExpr();
  if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(E))
    return B->getSubExpr();
  if (const auto *S = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return S->getReplacement();
  if (const auto *D = dyn_cast<CXXDefaultArgExpr>(E))
    return D->getExpr();
  if (const auto *D = dyn_cast<CXXDefaultInitExpr>(E))
    return D->getExpr();
  if (const auto *O = dyn_cast<OpaqueValueExpr>(E))
    return O->getSourceExpr();
  if (const auto *G = dyn_cast<GenericSelectionExpr>(E))
    return G->isResultDependent() ? nullptr : G->getResultExpr();
  if (const auto *C = dyn_cast<ChooseExpr>(E))
    return C->isConditionDependent() ? nullptr : C->getChosenSubExpr();
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    if (U->getOpcode() == UO_Extension || U->getOpcode() == UO_Plus)
      return U->getSubExpr();
  return nullptr;
}

Access accessTo(QualType Type) {
  if (Type->isPointerType() || Type->isReferenceType())
    return PointerAccess;
  return Type->isRecordType() || Type->isArrayType() ? ObjectAccess : ScalarAccess;
}

class Lowering {
public:
  Lowering(const FunctionDecl &Function, ASTContext &Context) : Function(Function), Context(Context) {}

  std::optional<FunctionFacts> run(unsigned MaxBlocks);

private:
  void block(const CFGBlock &Source);
  void terminator(const CFGBlock &Source);
  void prepareJoins(const CFG &Graph);
  void prepareLogical(const Expr *E, const Expr *Join, std::optional<bool> Decided);
  void statement(const Stmt *S);
  void expression(const Expr *E);
  void arm(const Expr *E);
  Reg lower(const Expr *E);
  Reg valueOf(const Expr *E);
  Reg lowerCast(const CastExpr *Cast);
  Reg lowerUnary(const UnaryOperator *U);
  Reg lowerBinary(const BinaryOperator *B);
  Reg lowerCall(const CallExpr *Call);
  Reg lowerReference(const DeclRefExpr *Ref);
  void declare(const VarDecl *Var, SourcePoint At);
  void initialize(Reg Address, QualType Type, const Expr *Init, SourcePoint At);
  void leave(const CFGBlock &Source);
  void endLifetime(const VarDecl *Var, SourceLocation At, ExitKind Exit);
  void cleanup(const VarDecl *Var, const FunctionDecl *By);
  void destroy(const VarDecl *Var);
  void unwind(const CXXThrowExpr *Throw);

  Fact &emit(Fact::Kind What, SourceLocation At, std::vector<Reg> Operands = {});
  Reg value(Fact::Kind What, SourceLocation At, std::vector<Reg> Operands = {}, std::uint32_t Index = 0,
            std::int64_t Immediate = 0);
  Reg constant(std::int64_t Value, SourceLocation At) {
    return value(Fact::Kind::Constant, At, {}, 0, Value);
  }
  Reg addressOf(const VarDecl *Var, SourceLocation At) {
    return value(Fact::Kind::VariableAddress, At, {}, variable(Var));
  }
  Reg temporaryAddress(const Expr *Join, SourceLocation At);
  void store(Reg Address, Reg Value, QualType Type, SourcePoint At);
  Reg load(Reg Address, QualType Type, SourceLocation At) {
    return value(Fact::Kind::Load, At, {Address}, 0, accessTo(Type));
  }

  std::uint32_t variable(const VarDecl *Var);
  std::uint32_t thisVariable();
  std::uint32_t string(llvm::StringRef Text);
  std::uint32_t callee(const FunctionDecl *Target);
  std::uint32_t unknownCallee(QualType FunctionType);
  std::uint32_t sourceText(const Expr *E);

  const FunctionDecl &Function;
  ASTContext &Context;
  FunctionFacts Out;
  Reg Count = 0;       ///< registers so far
  bool Broken = false; ///< code that did not parse is no base for a finding
  Block *Current = nullptr;
  llvm::DenseMap<const Stmt *, Reg> Registers;
  llvm::DenseMap<const VarDecl *, std::uint32_t> Variables;
  std::optional<std::uint32_t> This;
  llvm::DenseMap<const Expr *, std::uint32_t> JoinVariables;
  /// What reaching the end of an operand makes the value of a ?:, && or || of which it is part.
  struct Arm {
    const Expr *Join;
    std::optional<bool> Decided; ///< else the operand's own value
  };
  llvm::DenseMap<const Expr *, llvm::SmallVector<Arm, 1>> Arms;
  llvm::DenseMap<const FunctionDecl *, std::uint32_t> Callees;
  llvm::StringMap<std::uint32_t> Strings;
  llvm::DenseMap<const CFGBlock *, BlockId> Ids;
  llvm::DenseMap<const CXXThrowExpr *, Unwinding> Unwindings;
  llvm::DenseMap<const Stmt *, BlockId> Handlers;
  const CXXThrowExpr *Thrown = nullptr; ///< at the end of the current block
};

Fact &Lowering::emit(Fact::Kind What, SourceLocation At, std::vector<Reg> Operands) {
  Fact &F = Current->Facts.emplace_back();
  F.What = What;
  F.At = point(At);
  F.Operands = std::move(Operands);
  return F;
}

Reg Lowering::value(Fact::Kind What, SourceLocation At, std::vector<Reg> Operands, std::uint32_t Index,
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

std::uint32_t Lowering::variable(const VarDecl *Var) {
  auto [It, New] = Variables.try_emplace(Var->getCanonicalDecl(), Out.Variables.size());
  if (New) {
    Variable &V = Out.Variables.emplace_back();
    V.Name = Var->getName();
    V.IsPointer = Var->getType()->isPointerType();
    V.PointsToPointer = V.IsPointer && Var->getType()->getPointeeType()->isPointerType();
    if (isa<ParmVarDecl>(Var))
      V.Where = Variable::Storage::Parameter;
    else if (!Var->hasLocalStorage())
      V.Where = Variable::Storage::Global;
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

Callee::Parameter describe(QualType Type) {
  Callee::Parameter P;
  if (!Type->isPointerType() && !Type->isReferenceType())
    return P;
  QualType Pointee = Type->getPointeeType();
  P.IsPointer = true;
  P.PointsToConst = Pointee.isConstQualified();
  P.PointsToPointer = Pointee->isPointerType();
  P.IsVoidPointer = Pointee->isVoidType();
  if (const RecordDecl *Record = Pointee->getAsRecordDecl())
    P.Pointee = Record->getName();
  return P;
}

std::uint32_t Lowering::callee(const FunctionDecl *Target) {
  auto [It, New] = Callees.try_emplace(Target->getCanonicalDecl(), Out.Callees.size());
  if (!New)
    return It->second;
  Callee &C = Out.Callees.emplace_back();
  C.Name = qualifiedName(*Target);
  llvm::SmallString<64> Usr;
  if (!index::generateUSRForDecl(Target, Usr))
    C.Usr = Usr.str();
  for (const ParmVarDecl *P : Target->parameters())
    C.Parameters.push_back(describe(P->getType()));
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Target); Method && Method->isInstance()) {
    C.IsVirtual = Method->isVirtual();
    Callee::Parameter Object{.IsPointer = true, .PointsToConst = Method->isConst()};
    C.Parameters.insert(C.Parameters.begin(), Object);
  }
  C.Annotations = annotationsOf(*Target);
  C.HasBody = Target->hasBody();
  C.NoReturn = Target->isNoReturn();
  bool InSystemHeader = Context.getSourceManager().isInSystemHeader(Target->getLocation());
  C.InCxxLibrary = InSystemHeader && !Target->isExternC();
  C.WritesOnlyArguments = InSystemHeader || Target->hasAttr<FormatAttr>();
  QualType Result = Target->getReturnType();
  if (Result->isPointerType())
    for (const ParmVarDecl *P : Target->parameters())
      C.ReturnsParameterType |= Context.hasSameUnqualifiedType(P->getType(), Result);
  return It->second;
}

std::uint32_t Lowering::unknownCallee(QualType FunctionType) {
  Callee C;
  if (FunctionType->isFunctionPointerType() || FunctionType->isFunctionReferenceType())
    FunctionType = FunctionType->getPointeeType();
  if (const auto *Proto = FunctionType->getAs<FunctionProtoType>())
    for (QualType Parameter : Proto->param_types())
      C.Parameters.push_back(describe(Parameter));
  Out.Callees.push_back(C);
  return Out.Callees.size() - 1;
}

/// The register of an operand: lowered before as an element of its own, or now where clang folded it away.
Reg Lowering::valueOf(const Expr *E) {
  if (!E)
    return value(Fact::Kind::Opaque, Function.getLocation());
  for (const Expr *At = E; At; At = passThrough(At))
    if (auto It = Registers.find(At); It != Registers.end())
      return It->second;
  Reg R = lower(E);
  Registers[E] = R;
  return R;
}

Reg Lowering::lowerReference(const DeclRefExpr *Ref) {
  SourceLocation At = Ref->getLocation();
  const ValueDecl *Decl = Ref->getDecl();
  if (const auto *Var = dyn_cast<VarDecl>(Decl)) {
    // Inside a lambda the captured variable belongs to somebody else.
    if (Ref->refersToEnclosingVariableOrCapture())
      return value(Fact::Kind::Opaque, At);
    Reg Address = addressOf(Var, At);
    return Var->getType()->isReferenceType() ? load(Address, Var->getType(), At) : Address;
  }
  if (const auto *Target = dyn_cast<FunctionDecl>(Decl))
    return value(Fact::Kind::FunctionAddress, At, {}, callee(Target));
  if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(Decl))
    return constant(Enumerator->getInitVal().getExtValue(), At);
  return value(Fact::Kind::Opaque, At);
}

Reg Lowering::lowerCast(const CastExpr *Cast) {
  if (Cast->getCastKind() == CK_LValueToRValue)
    if (const FunctionDecl *Target = constantTarget(Cast->getSubExpr()))
      return value(Fact::Kind::FunctionAddress, Cast->getExprLoc(), {}, callee(Target));
  Reg Operand = valueOf(Cast->getSubExpr());
  switch (Cast->getCastKind()) {
  case CK_LValueToRValue:
    return load(Operand, Cast->getType(), Cast->getExprLoc());
  case CK_NullToPointer:
    return constant(0, Cast->getExprLoc());
  case CK_ToVoid:
    return value(Fact::Kind::Arithmetic, Cast->getExprLoc());
  default:
    return Operand;
  }
}

Reg Lowering::lowerUnary(const UnaryOperator *U) {
  SourceLocation At = U->getOperatorLoc();
  Reg Operand = valueOf(U->getSubExpr());
  switch (U->getOpcode()) {
  case UO_AddrOf:
  case UO_Deref:
    return Operand;
  case UO_LNot:
    return value(Fact::Kind::Not, At, {Operand});
  case UO_PreInc:
  case UO_PreDec:
  case UO_PostInc:
  case UO_PostDec: {
    Reg Old = load(Operand, U->getType(), At);
    // Keyed by the statement alone, so that a counter has one unknown value and loops stay finite.
    Reg New = value(Fact::Kind::Opaque, At);
    store(Operand, New, U->getType(), point(At));
    if (U->isPostfix())
      return Old;
    return U->isGLValue() ? Operand : New;
  }
  case UO_Minus:
    if (Expr::EvalResult Result; U->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects))
      return constant(Result.Val.getInt().getExtValue(), At);
    [[fallthrough]];
  default:
    return value(Fact::Kind::Arithmetic, At, {Operand}, 0, U->getOpcode());
  }
}

CompareOp compareOp(BinaryOperatorKind Kind) {
  switch (Kind) {
  case BO_EQ:
    return CompareOp::Equal;
  case BO_NE:
    return CompareOp::NotEqual;
  case BO_LT:
    return CompareOp::Less;
  case BO_LE:
    return CompareOp::LessEqual;
  case BO_GT:
    return CompareOp::Greater;
  default:
    return CompareOp::GreaterEqual;
  }
}

Reg Lowering::lowerBinary(const BinaryOperator *B) {
  SourceLocation At = B->getOperatorLoc();
  if (B->isLogicalOp())
    return load(temporaryAddress(B, At), B->getType(), At);
  Reg Left = valueOf(B->getLHS());
  Reg Right = valueOf(B->getRHS());
  if (B->getOpcode() == BO_Comma)
    return Right;
  if (B->getOpcode() == BO_Assign) {
    store(Left, Right, B->getType(), point(At));
    return B->isGLValue() ? Left : Right;
  }
  if (B->isCompoundAssignmentOp()) {
    Reg New = value(Fact::Kind::Opaque, At, {});
    store(Left, New, B->getType(), point(At));
    return B->isGLValue() ? Left : New;
  }
  if (B->isComparisonOp() && B->getOpcode() != BO_Cmp) {
    Reg Result = value(Fact::Kind::Compare, At, {Left, Right});
    Current->Facts.back().Op = compareOp(B->getOpcode());
    return Result;
  }
  // A pointer into an array or string keeps what it points to.
  if (B->getType()->isPointerType() && B->isAdditiveOp())
    return value(Fact::Kind::ElementAddress, At, {B->getLHS()->getType()->isPointerType() ? Left : Right});
  return value(Fact::Kind::Arithmetic, At, {Left, Right}, 0, 256 + B->getOpcode());
}

Reg Lowering::lowerCall(const CallExpr *Call) {
  SourceLocation At = Call->getExprLoc();
  const FunctionDecl *Target = Call->getDirectCallee();
  if (Target && Target->getBuiltinID() == Builtin::BI__builtin_expect)
    return valueOf(Call->getArg(0));
  std::vector<Reg> Arguments;
  if (!Target)
    Arguments.push_back(valueOf(Call->getCallee()));
  else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    Arguments.push_back(valueOf(Member->getImplicitObjectArgument()));
  for (const Expr *Argument : Call->arguments())
    Arguments.push_back(valueOf(Argument));
  if (!Target)
    return value(Fact::Kind::IndirectCall, At, std::move(Arguments),
                 unknownCallee(Call->getCallee()->getType()));
  return value(Fact::Kind::Call, At, std::move(Arguments), callee(Target));
}

Reg Lowering::lower(const Expr *E) {
  SourceLocation At = E->getExprLoc();
  if (const Expr *Inner = passThrough(E))
    return valueOf(Inner);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return lowerReference(Ref);
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return lowerCast(Cast);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return lowerCall(Call);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return lowerUnary(Unary);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return lowerBinary(Binary);
  if (isa<AbstractConditionalOperator>(E))
    return load(temporaryAddress(E, At), E->getType(), At);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return addressOf(Var, At);
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl())) {
      Reg Address =
          value(Fact::Kind::FieldAddress, At, {valueOf(Member->getBase())}, string(Field->getName()));
      return Field->getType()->isReferenceType() ? load(Address, Field->getType(), At) : Address;
    }
    return value(Fact::Kind::Opaque, At);
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Reg Base = valueOf(Subscript->getBase());
    Expr::EvalResult Index;
    if (Subscript->getIdx()->EvaluateAsInt(Index, Context, Expr::SE_NoSideEffects))
      return value(Fact::Kind::ElementAddress, At, {Base}, 1, Index.Val.getInt().getExtValue());
    return value(Fact::Kind::ElementAddress, At, {Base});
  }
  if (const auto *Text = dyn_cast<StringLiteral>(E))
    return value(Fact::Kind::String, At, {},
                 Text->getCharByteWidth() == 1 ? string(Text->getString()) : string(""));
  if (isa<CXXThisExpr>(E))
    return load(value(Fact::Kind::VariableAddress, At, {}, thisVariable()), E->getType(), At);
  if (isa<CXXTypeidExpr, CXXNoexceptExpr>(E))
    return value(Fact::Kind::Opaque, At);
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
    return constant(0, At);
  if (const auto *Block = dyn_cast<StmtExpr>(E)) {
    const auto *Last = dyn_cast_or_null<Expr>(
        Block->getSubStmt()->body_empty() ? nullptr : Block->getSubStmt()->body_back());
    return Last ? valueOf(Last) : value(Fact::Kind::Opaque, At);
  }
  if (isa<IntegerLiteral, CharacterLiteral, CXXBoolLiteralExpr, UnaryExprOrTypeTraitExpr>(E)) {
    Expr::EvalResult Result;
    if (!E->isValueDependent() && E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects) &&
        Result.Val.getInt().isRepresentableByInt64())
      return constant(Result.Val.getInt().getExtValue(), At);
    return value(Fact::Kind::Opaque, At);
  }
  std::vector<Reg> Operands;
  if (const auto *Block = dyn_cast<BlockExpr>(E))
    for (const BlockDecl::Capture &Captured : Block->getBlockDecl()->captures())
      Operands.push_back(addressOf(Captured.getVariable(), At));
  for (const Stmt *Child : E->children())
    if (const auto *Operand = dyn_cast_or_null<Expr>(Child))
      Operands.push_back(valueOf(Operand));
  return value(Fact::Kind::Opaque, At, std::move(Operands));
}

void Lowering::initialize(Reg Address, QualType Type, const Expr *Init, SourcePoint At) {
  const auto *List = dyn_cast<InitListExpr>(Init->IgnoreParens());
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!List || List->isTransparent()) {
    store(Address, valueOf(Init), Type, At);
    return;
  }
  if (const InitListExpr *Semantic = List->getSemanticForm())
    List = Semantic;
  SourceLocation Loc = List->getBeginLoc();
  if (Record && !Record->isUnion()) {
    auto Field = Record->field_begin();
    for (const Expr *Element : List->inits()) {
      if (isa<CXXRecordDecl>(Record) && cast<CXXRecordDecl>(Record)->getNumBases() != 0)
        break;
      if (Field == Record->field_end())
        break;
      if (!isa<ImplicitValueInitExpr>(Element))
        initialize(value(Fact::Kind::FieldAddress, Loc, {Address}, string(Field->getName())),
                   Field->getType(), Element, At);
      else
        store(value(Fact::Kind::FieldAddress, Loc, {Address}, string(Field->getName())), constant(0, Loc),
              Field->getType(), At);
      ++Field;
    }
    return;
  }
  if (const auto *Array = Context.getAsConstantArrayType(Type)) {
    for (unsigned I = 0; I < List->getNumInits(); ++I)
      initialize(value(Fact::Kind::ElementAddress, Loc, {Address}, 1, I), Array->getElementType(),
                 List->getInit(I), At);
    return;
  }
  store(Address, valueOf(Init), Type, At);
}

void Lowering::declare(const VarDecl *Var, SourcePoint At) {
  SourceLocation Loc = SourceLocation::getFromRawEncoding(At.Raw);
  Reg Address = addressOf(Var, Loc);
  if (const Expr *Init = Var->getInit())
    initialize(Address, Var->getType(), Init, At);
  else
    store(Address, value(Fact::Kind::Opaque, Loc), Var->getType(), At);
}

/// Says which jump ends the lifetimes that follow; clang's graph has the jump itself after them.
void Lowering::leave(const CFGBlock &Source) {
  const Stmt *T = Source.getTerminatorStmt();
  if (!T || !Source.getTerminator().isStmtBranch())
    return;
  if (isa<BreakStmt>(T))
    emit(Fact::Kind::Leave, T->getBeginLoc()).Exit = ExitKind::Break;
  else if (isa<ContinueStmt>(T))
    emit(Fact::Kind::Leave, T->getBeginLoc()).Exit = ExitKind::Continue;
  else if (isa<GotoStmt, IndirectGotoStmt>(T))
    emit(Fact::Kind::Leave, T->getBeginLoc()).Exit = ExitKind::Goto;
}

void Lowering::statement(const Stmt *S) {
  if (const auto *E = dyn_cast<Expr>(S)) {
    Broken |= E->containsErrors();
    expression(E);
  } else if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D)) {
        Broken |= Var->isInvalidDecl();
        declare(Var, point(Var->getLocation()));
      }
  } else if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
    std::vector<Reg> Operands;
    if (const Expr *Value = Return->getRetValue())
      Operands.push_back(valueOf(Value));
    emit(Fact::Kind::Return, Return->getReturnLoc(), std::move(Operands)).Exit = ExitKind::Return;
  } else if (isa<AsmStmt>(S)) {
    std::vector<Reg> Operands;
    for (const Stmt *Child : S->children())
      if (const auto *Operand = dyn_cast_or_null<Expr>(Child))
        Operands.push_back(valueOf(Operand));
    emit(Fact::Kind::Opaque, S->getBeginLoc(), std::move(Operands));
  }
}

void Lowering::arm(const Expr *E) {
  auto It = Arms.find(E);
  if (It == Arms.end())
    return;
  for (const Arm &A : It->second) {
    SourceLocation At = E->getExprLoc();
    Reg Value = A.Decided ? constant(*A.Decided, At) : valueOf(E);
    store(temporaryAddress(A.Join, At), Value, A.Join->getType(), point(At));
  }
}

void Lowering::expression(const Expr *E) {
  if (isa<CXXThrowExpr>(E)) {
    std::vector<Reg> Operands;
    if (const Expr *Thrown = cast<CXXThrowExpr>(E)->getSubExpr())
      Operands.push_back(valueOf(Thrown));
    emit(Fact::Kind::Throw, E->getExprLoc(), std::move(Operands)).Exit = ExitKind::Throw;
    unwind(cast<CXXThrowExpr>(E));
    return;
  }
  if (!Registers.contains(E))
    Registers[E] = lower(E);
  arm(E);
}

void Lowering::endLifetime(const VarDecl *Var, SourceLocation At, ExitKind Exit) {
  if (!Variables.contains(Var->getCanonicalDecl()))
    return;
  Fact &F = emit(Fact::Kind::EndLifetime, At);
  F.Index = variable(Var);
  F.Exit = Exit;
}

void Lowering::cleanup(const VarDecl *Var, const FunctionDecl *By) {
  Reg Address = addressOf(Var, Var->getLocation());
  value(Fact::Kind::Call, Var->getLocation(), {Address}, callee(By));
}

void Lowering::destroy(const VarDecl *Var) {
  Reg Address = addressOf(Var, Var->getLocation());
  emit(Fact::Kind::Opaque, Var->getLocation(), {Address});
}

/// The locals that end while an exception is on its way.
void Lowering::unwind(const CXXThrowExpr *Throw) {
  Thrown = Throw;
  auto Way = Unwindings.find(Throw);
  if (Way == Unwindings.end())
    return;
  for (const VarDecl *Var : Way->second.Ended) {
    if (const auto *Cleanup = Var->getAttr<CleanupAttr>())
      cleanup(Var, Cleanup->getFunctionDecl());
    if (Var->needsDestruction(Context) == QualType::DK_cxx_destructor)
      destroy(Var);
    endLifetime(Var, Throw->getThrowLoc(), ExitKind::Throw);
  }
}

void Lowering::block(const CFGBlock &Source) {
  bool Left = false;
  Thrown = nullptr;
  for (const CFGElement &Element : Source) {
    bool EndsScope = Element.getKind() == CFGElement::LifetimeEnds ||
                     Element.getKind() == CFGElement::AutomaticObjectDtor ||
                     Element.getKind() == CFGElement::CleanupFunction;
    if (EndsScope && !Left) {
      leave(Source);
      Left = true;
    }
    switch (Element.getKind()) {
    case CFGElement::Statement:
    case CFGElement::Constructor:
    case CFGElement::CXXRecordTypedCall:
      statement(Element.castAs<CFGStmt>().getStmt());
      break;
    case CFGElement::LifetimeEnds: {
      const auto Ends = Element.castAs<CFGLifetimeEnds>();
      const Stmt *Trigger = Ends.getTriggerStmt();
      endLifetime(Ends.getVarDecl(), Trigger ? Trigger->getEndLoc() : Function.getEndLoc(),
                  Trigger == Function.getBody() ? ExitKind::FunctionEnd : ExitKind::ScopeEnd);
      break;
    }
    case CFGElement::CleanupFunction: {
      const auto Cleanup = Element.castAs<CFGCleanupFunction>();
      cleanup(Cleanup.getVarDecl(), Cleanup.getFunctionDecl());
      break;
    }
    case CFGElement::Initializer: {
      // A member initializer hands what it holds to the object.
      const CXXCtorInitializer *Init = Element.castAs<CFGInitializer>().getInitializer();
      emit(Fact::Kind::Opaque, Init->getSourceLocation(), {valueOf(Init->getInit())});
      break;
    }
    case CFGElement::AutomaticObjectDtor:
      destroy(Element.castAs<CFGAutomaticObjDtor>().getVarDecl());
      break;
    default:
      break;
    }
  }
  terminator(Source);
}

void Lowering::terminator(const CFGBlock &Source) {
  if (Thrown) {
    auto Way = Unwindings.find(Thrown);
    if (Way == Unwindings.end())
      return;
    const CXXCatchStmt *Handler = Way->second.Handler;
    auto To = Handlers.find(Handler);
    if (!Handler || To != Handlers.end())
      Current->Edges.emplace_back().To = Handler ? To->second : Out.Exit;
    return;
  }
  const Stmt *T = Source.getTerminatorStmt();
  const Expr *Condition = T && Source.getTerminator().isStmtBranch() ? Source.getLastCondition() : nullptr;
  const auto *Cases = dyn_cast_or_null<SwitchStmt>(T);
  if (Cases)
    Condition = Cases->getCond();
  if (Condition && (Cases || Source.succ_size() == 2)) {
    Current->Ends = Cases ? Block::Ending::Switch : Block::Ending::Branch;
    Current->Condition = valueOf(Condition);
    Current->ConditionText = sourceText(Condition);
    Current->ConditionAt = point(Condition->getBeginLoc());
  }
  for (const CFGBlock::AdjacentBlock &Next : Source.succs()) {
    Edge &E = Current->Edges.emplace_back();
    const CFGBlock *To = Next.getReachableBlock();
    auto It = Ids.find(To);
    E.Reachable = To && It != Ids.end();
    if (E.Reachable)
      E.To = It->second;
    if (!Cases || !To)
      continue;
    const Stmt *Label = To->getLabel();
    E.IsDefault = !isa_and_nonnull<CaseStmt>(Label);
    while (const auto *Case = dyn_cast_or_null<CaseStmt>(Label)) {
      Expr::EvalResult Value;
      if (!Case->getRHS() && Case->getLHS()->EvaluateAsInt(Value, Context))
        E.Cases.push_back(Value.Val.getInt().getExtValue());
      Label = dyn_cast<CaseStmt>(Case->getSubStmt());
    }
  }
}

/// An operand on the left of && or || decides the value when evaluation ends with it. Nested operators have
/// no element of their own, so their operands are noted for the outermost one.
void Lowering::prepareLogical(const Expr *E, const Expr *Join, std::optional<bool> Decided) {
  E = E->IgnoreParens();
  const auto *Logical = dyn_cast<BinaryOperator>(E);
  if (!Logical || !Logical->isLogicalOp()) {
    Arms[E].push_back({Join, Decided});
    return;
  }
  prepareLogical(Logical->getLHS(), Join, Decided ? Decided : Logical->getOpcode() == BO_LOr);
  prepareLogical(Logical->getRHS(), Join, Decided);
}

void Lowering::prepareJoins(const CFG &Graph) {
  for (const CFGBlock *Source : Graph)
    for (const CFGElement &Element : *Source) {
      auto S = Element.getAs<CFGStmt>();
      if (!S)
        continue;
      if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(S->getStmt())) {
        for (const Expr *Operand : {Choice->getTrueExpr(), Choice->getFalseExpr()})
          Arms[Operand->IgnoreParens()].push_back({Choice, std::nullopt});
      } else if (const auto *Logical = dyn_cast<BinaryOperator>(S->getStmt());
                 Logical && Logical->isLogicalOp()) {
        prepareLogical(Logical, Logical, std::nullopt);
      }
    }
}

/// Counts the registers of a block from 0.
void renumber(Block &B) {
  llvm::DenseMap<Reg, Reg> Numbers;
  for (Fact &F : B.Facts) {
    for (Reg &Operand : F.Operands)
      Operand = Numbers.at(Operand);
    if (F.Result != NoReg)
      F.Result = Numbers[F.Result] = B.Registers++;
  }
  if (B.Condition != NoReg)
    B.Condition = Numbers.at(B.Condition);
}

/// Moves the values that a later block needs (the operands around a ?: or &&) into temporaries, so that every
/// register belongs to one block.
void splitRegisters(FunctionFacts &Facts, Reg Count) {
  constexpr BlockId Nowhere = ~BlockId{0};
  std::vector<BlockId> DefinedIn(Count, Nowhere);
  for (BlockId B = 0; B < Facts.Blocks.size(); ++B)
    for (const Fact &F : Facts.Blocks[B].Facts)
      if (F.Result != NoReg)
        DefinedIn[F.Result] = B;
  llvm::DenseMap<Reg, std::uint32_t> Temporaries;
  auto NoteUse = [&](Reg R, BlockId B) {
    if (DefinedIn[R] != B && Temporaries.try_emplace(R, Facts.Variables.size()).second)
      Facts.Variables.push_back({"", Variable::Storage::Temporary});
  };
  for (BlockId B = 0; B < Facts.Blocks.size(); ++B) {
    for (const Fact &F : Facts.Blocks[B].Facts)
      for (Reg Operand : F.Operands)
        NoteUse(Operand, B);
    if (Reg Condition = Facts.Blocks[B].Condition; Condition != NoReg)
      NoteUse(Condition, B);
  }

  for (BlockId Id = 0; Id < Facts.Blocks.size(); ++Id) {
    Block &B = Facts.Blocks[Id];
    std::vector<Fact> Code;
    llvm::DenseMap<Reg, Reg> Reloaded;
    auto Address = [&](Reg R, SourcePoint At) {
      Fact &F = Code.emplace_back();
      F.What = Fact::Kind::VariableAddress;
      F.At = At;
      F.Index = Temporaries[R];
      return F.Result = Count++;
    };
    auto Use = [&](Reg &R, SourcePoint At) {
      if (R >= DefinedIn.size() || DefinedIn[R] == Id)
        return;
      auto [It, New] = Reloaded.try_emplace(R, NoReg);
      if (New) {
        Reg From = Address(R, At);
        Fact &F = Code.emplace_back();
        F.What = Fact::Kind::Load;
        F.At = At;
        F.Operands = {From};
        It->second = F.Result = Count++;
      }
      R = It->second;
    };
    for (Fact &Old : B.Facts) {
      for (Reg &Operand : Old.Operands)
        Use(Operand, Old.At);
      Reg Defined = Old.Result;
      SourcePoint At = Old.At;
      Code.push_back(std::move(Old));
      if (Defined == NoReg || !Temporaries.contains(Defined))
        continue;
      Reg To = Address(Defined, At);
      Fact &F = Code.emplace_back();
      F.What = Fact::Kind::Store;
      F.At = At;
      F.Operands = {To, Defined};
    }
    if (B.Condition != NoReg)
      Use(B.Condition, B.ConditionAt);
    B.Facts = std::move(Code);
    renumber(B);
  }
}

std::optional<FunctionFacts> Lowering::run(unsigned MaxBlocks) {
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.AddInitializers = true;
  Options.AddImplicitDtors = true;
  Options.AddLifetime = true;
  std::unique_ptr<CFG> Graph = CFG::buildCFG(&Function, Function.getBody(), &Context, Options);
  if (!Graph || Graph->size() > MaxBlocks)
    return std::nullopt;

  Out.Name = qualifiedName(Function);
  llvm::SmallString<64> Usr;
  if (!index::generateUSRForDecl(&Function, Usr))
    Out.Usr = Usr.str();
  Out.IsMain = Function.isMain();
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    Out.IsConstructor = !Constructor->isDelegatingConstructor();
  Out.End = point(Function.getBody()->getEndLoc());
  string("");
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function); Method && Method->isInstance())
    Out.Parameters.push_back(thisVariable());
  for (const ParmVarDecl *P : Function.parameters())
    Out.Parameters.push_back(variable(P));

  PostOrderCFGView Order(Graph.get());
  std::vector<const CFGBlock *> Sources;
  for (const CFGBlock *Source : Order) {
    Ids[Source] = Sources.size();
    Sources.push_back(Source);
  }
  if (!Ids.contains(&Graph->getExit())) {
    Ids[&Graph->getExit()] = Sources.size();
    Sources.push_back(&Graph->getExit());
  }
  Out.Exit = Ids[&Graph->getExit()];
  Unwindings = unwindings(Function, Context);
  for (const CFGBlock *Source : Sources)
    if (const Stmt *Label = Source->getLabel(); isa_and_nonnull<CXXCatchStmt>(Label))
      Handlers[Label] = Ids[Source];
  prepareJoins(*Graph);
  Out.Blocks.resize(Sources.size());
  for (const CFGBlock *Source : Sources) {
    Current = &Out.Blocks[Ids[Source]];
    block(*Source);
  }
  if (Broken)
    return std::nullopt;
  splitRegisters(Out, Count);
  return std::move(Out);
}

} // namespace

std::string qualifiedName(const FunctionDecl &Function) {
  std::string Name;
  llvm::raw_string_ostream Stream(Name);
  PrintingPolicy Policy(Function.getLangOpts());
  Policy.SuppressUnwrittenScope = true;
  Function.printQualifiedName(Stream, Policy);
  return Name;
}

std::optional<FunctionFacts> generateFacts(const FunctionDecl &Function, ASTContext &Context,
                                           unsigned MaxBlocks) {
  if (!Function.doesThisDeclarationHaveABody() || Function.isInvalidDecl() || Function.isDependentContext())
    return std::nullopt;
  return Lowering(Function, Context).run(MaxBlocks);
}

} // namespace connsan
