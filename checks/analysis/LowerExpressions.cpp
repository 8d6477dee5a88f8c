#include "Coroutines.h"
#include "FunctionPointers.h"
#include "Lowering.h"
#include "VirtualCalls.h"

using namespace clang;

namespace connsan {

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

/// The register of an operand: lowered before as an element of its own, or now where clang folded it away.
Reg Lowering::valueOf(const Expr *E) {
  if (!E)
    return value(Fact::Kind::Opaque, Function.getLocation());
  for (const Expr *At = E; At; At = isa<CXXDefaultArgExpr>(At) ? nullptr : passThrough(At))
    if (auto It = Registers.find(At); It != Registers.end())
      return It->second;
  Reg R = lower(E);
  Registers[E] = R;
  return R;
}

/// For an expression that several places share, of which each evaluates it for itself.
Reg Lowering::evaluateAnew(const Expr *E) {
  llvm::DenseMap<const Stmt *, Reg> Outside = std::move(Registers);
  Registers.clear();
  Reg Value = valueOf(E);
  Registers = std::move(Outside);
  return Value;
}

Reg Lowering::lowerReference(const DeclRefExpr *Ref) {
  SourceLocation At = Ref->getLocation();
  const ValueDecl *Decl = Ref->getDecl();
  const auto *Part = dyn_cast<BindingDecl>(Decl);
  // Inside a lambda the captured variable belongs to somebody else.
  if (isa<VarDecl, BindingDecl>(Decl) && Ref->refersToEnclosingVariableOrCapture()) {
    std::optional<Reg> Place = captured(Decl, At);
    return Place ? *Place : value(Fact::Kind::Opaque, At);
  }
  if (Part && !Part->getHoldingVar() && Part->getBinding())
    return evaluateAnew(Part->getBinding());
  if (const auto *Var = Part ? Part->getHoldingVar() : dyn_cast<VarDecl>(Decl)) {
    Reg Address = addressOf(Var, At);
    return Var->getType()->isReferenceType() ? load(Address, Var->getType(), At) : Address;
  }
  if (const auto *Target = dyn_cast<FunctionDecl>(Decl))
    return value(Fact::Kind::FunctionAddress, At, {}, callee(Target));
  if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(Decl))
    return constant(Enumerator->getInitVal().getExtValue(), At);
  return value(Fact::Kind::Opaque, At);
}

/// What a constant of the program says: a variable that nobody can change, or an array of them.
static const StringLiteral *constantText(const Expr *E, const ASTContext &Context) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  const auto *Member = dyn_cast<MemberExpr>(E->IgnoreParens());
  const auto *Var = dyn_cast_or_null<VarDecl>(Ref      ? Ref->getDecl()
                                              : Member ? Member->getMemberDecl()
                                                       : nullptr);
  if (!Var || !Var->getAnyInitializer())
    return nullptr;
  QualType Type = Var->getType();
  const ArrayType *Array = Context.getAsArrayType(Type);
  const bool IsConstant = Array ? Array->getElementType().isConstQualified() : Type.isConstQualified();
  return IsConstant ? dyn_cast<StringLiteral>(Var->getAnyInitializer()->IgnoreParenImpCasts()) : nullptr;
}

Reg Lowering::lowerCast(const CastExpr *Cast) {
  if (Cast->getCastKind() == CK_LValueToRValue || Cast->getCastKind() == CK_ArrayToPointerDecay)
    if (const StringLiteral *Text = constantText(Cast->getSubExpr(), Context);
        Text && Text->getCharByteWidth() == 1)
      return value(Fact::Kind::String, Cast->getExprLoc(), {}, string(Text->getString()));
  if (Cast->getCastKind() == CK_LValueToRValue)
    if (const FunctionDecl *Target = constantTarget(Cast->getSubExpr()))
      return value(Fact::Kind::FunctionAddress, Cast->getExprLoc(), {}, callee(Target));
  if (Cast->isPRValue() && isObject(Cast->getType()) && constructed(Cast) != Cast)
    return valueOf(constructed(Cast));
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

static CompareOp compareOp(BinaryOperatorKind Kind) {
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
    return compare(compareOp(B->getOpcode()), Left, Right, At);
  }
  // A pointer into an array or string keeps what it points to.
  if (B->getType()->isPointerType() && B->isAdditiveOp())
    return value(Fact::Kind::ElementAddress, At, {B->getLHS()->getType()->isPointerType() ? Left : Right});
  if (B->isPtrMemOp())
    return value(Fact::Kind::Opaque, At, {Left, Right});
  return value(Fact::Kind::Arithmetic, At, {Left, Right}, 0, 256 + B->getOpcode());
}

/// A call of which it is known here what it does; nothing when it is not.
std::optional<Reg> Lowering::lowerKnownCall(const FunctionDecl &Target, const CallExpr &Call,
                                            std::optional<Reg> Into) {
  SourceLocation At = Call.getExprLoc();
  const auto *Method = dyn_cast<CXXMethodDecl>(&Target);
  if (!Method || Method->isStatic())
    return lowerStandardFunction(Target, Call, Into);
  llvm::SmallVector<const Expr *, 4> Operands(Call.arguments()); // the object first
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Call))
    Operands.insert(Operands.begin(), Member->getImplicitObjectArgument());
  const Expr *Object = Operands.front();
  QualType Type =
      Object->getType()->isPointerType() ? Object->getType()->getPointeeType() : Object->getType();
  llvm::ArrayRef<const Expr *> Arguments = llvm::ArrayRef(Operands).drop_front();
  if (std::optional<Reg> Known = lowerStandardMember(Object, Type, Target, Arguments, At))
    return Known;
  const bool IsAssignment = Method->isCopyAssignmentOperator() || Method->isMoveAssignmentOperator();
  if (IsAssignment && Method->isTrivial() && !Method->getParent()->isUnion()) {
    Reg To = valueOf(Object);
    copyObject(To, valueOf(Arguments[0]), *Method->getParent(), At);
    return To;
  }
  if (isa<CXXConversionDecl>(Method) && Method->getParent()->isLambda()) {
    std::uint32_t Closure = callee(Method->getParent()->getLambdaCallOperator());
    Out.Callees[Closure].IgnoresObject = true;
    return value(Fact::Kind::FunctionAddress, At, {}, Closure);
  }
  return std::nullopt;
}

/// The value, or the address of the object, which is at `Into` when that is given.
Reg Lowering::lowerCall(const CallExpr *Call, std::optional<Reg> Into) {
  SourceLocation At = Call->getExprLoc();
  const FunctionDecl *Target = Call->getDirectCallee();
  if (Target && Target->getBuiltinID() == Builtin::BI__builtin_expect)
    return valueOf(Call->getArg(0));
  if (Target)
    if (std::optional<Reg> Known = lowerKnownCall(*Target, *Call, Into))
      return *Known;
  if (isa_and_nonnull<CXXDestructorDecl>(Target) && isa<CXXMemberCallExpr>(Call)) {
    const auto *Ended = cast<CXXMemberCallExpr>(Call);
    const bool IsQualified = cast<MemberExpr>(Ended->getCallee()->IgnoreParens())->hasQualifier();
    destroy(valueOf(Ended->getImplicitObjectArgument()), Ended->getObjectType(), At,
            IsQualified || Ended->getRecordDecl()->isEffectivelyFinal());
    return value(Fact::Kind::Arithmetic, At);
  }
  auto Awaits = Awaited.find(Call);
  RegList Arguments;
  if (!Target)
    Arguments.push_back(valueOf(Call->getCallee()));
  else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    Arguments.push_back(valueOf(Member->getImplicitObjectArgument()));
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Target);
  const bool HasIdleObject = isa<CXXOperatorCallExpr>(Call) && Method && Method->isStatic();
  for (const Expr *Argument : llvm::drop_begin(Call->arguments(), HasIdleObject))
    Arguments.push_back(valueOf(Argument));
  // When it runs, and whether it ever ends, is not known.
  const bool IsStarted = Target && Awaits == Awaited.end() && isCoroutine(*Target);
  if (IsStarted || Yielding.contains(Call))
    return value(Fact::Kind::Opaque, At, std::move(Arguments));
  const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *Only = MemberCall ? onlyTarget(*MemberCall) : nullptr;
  std::uint32_t Called = Only     ? callee(Only, true)
                         : Target ? callee(Target)
                                  : unknownCallee(Call->getCallee()->getType());
  const std::vector<Callee::Parameter> &Parameters = Out.Callees[Called].Parameters;
  const bool ReturnsObject = !Parameters.empty() && Parameters.back().IsResult;
  if (ReturnsObject)
    Arguments.push_back(Into ? *Into : temporaryAddress(Call, At));
  Reg Object = Arguments.empty() ? NoReg : Arguments.back();
  Reg Result = value(Target ? Fact::Kind::Call : Fact::Kind::IndirectCall, At, std::move(Arguments), Called);
  if (Target)
    Current->Facts.back().Landing = landingOf(Call);
  if (Awaits != Awaited.end())
    Awaits->second = Result;
  if (!ReturnsObject)
    return Result;
  if (!Into)
    keepTemporary(Call, Object);
  return Object;
}

/// What is awaited is borrowed; a coroutine that is seen does what it does, and the result is its own.
Reg Lowering::lowerAwait(const CoroutineSuspendExpr *Await) {
  auto Result = Awaited.find(awaitedCall(*Await));
  if (Result != Awaited.end() && Result->second != NoReg && Await->getType()->isScalarType())
    return Result->second;
  return valueOf(Await->getResumeExpr());
}

Reg Lowering::lower(const Expr *E) {
  SourceLocation At = E->getExprLoc();
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return evaluateAnew(Default->getExpr());
  if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(E))
    return lowerAwait(Suspend);
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
  if (isa<CXXThisExpr>(E)) {
    std::optional<Reg> Outer = captured(nullptr, At);
    return Outer ? *Outer : thisObject(At);
  }
  if (isa<CXXConstructExpr, LambdaExpr, InitListExpr>(E) && isObject(E->getType()))
    return temporary(E);
  if (const auto *List = dyn_cast<InitListExpr>(E); List && E->getType()->isScalarType())
    return List->getNumInits() == 1 ? valueOf(List->getInit(0)) : constant(0, At);
  if (const auto *New = dyn_cast<CXXNewExpr>(E))
    return create(New);
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(E)) {
    endOnHeap(Delete);
    return value(Fact::Kind::Arithmetic, At);
  }
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
  RegList Operands;
  if (const auto *Block = dyn_cast<BlockExpr>(E))
    for (const BlockDecl::Capture &Captured : Block->getBlockDecl()->captures())
      Operands.push_back(addressOf(Captured.getVariable(), At));
  for (const Stmt *Child : E->children())
    if (const auto *Operand = dyn_cast_or_null<Expr>(Child))
      Operands.push_back(valueOf(Operand));
  return value(Fact::Kind::Opaque, At, std::move(Operands));
}

} // namespace connsan
