#include "Lowering.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace connsan {

void Lowering::declare(const VarDecl *Var, SourcePoint At) {
  SourceLocation Loc = SourceLocation::getFromRawEncoding(At.Raw);
  Reg Address = addressOf(Var, Loc);
  if (const Expr *Init = Var->getInit())
    initialize(Address, Var->getType(), Init, At);
  else
    store(Address, value(Fact::Kind::Opaque, Loc), Var->getType(), At);
}

void Lowering::memberInitializer(const CXXCtorInitializer &Init) {
  SourceLocation At = Init.getSourceLocation();
  if (const FieldDecl *Field = Init.getMember(); Field && !Field->getName().empty())
    initialize(fieldAddress(thisObject(At), Field->getName(), At), Field->getType(), Init.getInit(),
               point(At));
  else if (const auto *Construction = dyn_cast<CXXConstructExpr>(constructed(Init.getInit())))
    construct(thisObject(At), Construction); // of a base, or by another constructor
  else if (isa<CXXInheritedCtorInitExpr>(Init.getInit()))
    inheritConstructor(*Init.getInit());
  else
    emit(Fact::Kind::Opaque, At, {valueOf(Init.getInit())});
}

/// A base gets what this constructor got.
void Lowering::inheritConstructor(const Expr &Base) {
  SourceLocation At = Base.getExprLoc();
  RegList Given;
  for (const ParmVarDecl *P : Function.parameters())
    Given.push_back(load(addressOf(P, At), P->getType(), At));
  std::optional<StandardOwner> Owner = standardOwner(Base.getType());
  const bool IsPointer = Given.size() == 1 && Function.getParamDecl(0)->getType()->isPointerType();
  if (Owner && !Owner->IsShared && IsPointer)
    hold(thisObject(At), Given.front(), At);
  else
    emit(Fact::Kind::Opaque, At, std::move(Given));
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
    returnValue(Return);
  } else if (const auto *Coreturn = dyn_cast<CoreturnStmt>(S)) {
    returnValue(Coreturn);
  } else if (isa<AsmStmt>(S)) {
    RegList Operands;
    for (const Stmt *Child : S->children())
      if (const auto *Operand = dyn_cast_or_null<Expr>(Child))
        Operands.push_back(valueOf(Operand));
    emit(Fact::Kind::Opaque, S->getBeginLoc(), std::move(Operands));
  }
}

void Lowering::returnValue(const ReturnStmt *Return) {
  SourceLocation At = Return->getReturnLoc();
  const Expr *Value = Return->getRetValue();
  const VarDecl *Named = Return->getNRVOCandidate();
  const bool IsInPlace = Named && Named->isNRVOVariable();
  RegList Operands;
  if (Value && !Out.ReturnsObject)
    Operands.push_back(valueOf(Value));
  else if (Value && !IsInPlace)
    initialize(resultObject(At), Function.getReturnType(), Value, point(At));
  emit(Fact::Kind::Return, At, std::move(Operands)).Exit = ExitKind::Return;
}

void Lowering::returnValue(const CoreturnStmt *Return) {
  SourceLocation At = Return->getKeywordLoc();
  const Expr *Value = Return->getOperand();
  RegList Operands;
  if (Value && isObject(Value->getType()))
    emit(Fact::Kind::Opaque, At, {valueOf(Value)});
  else if (Value && Value->getType()->isScalarType())
    Operands.push_back(scalarOf(Value));
  emit(Fact::Kind::Return, At, std::move(Operands)).Exit = ExitKind::Return;
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
    raise(cast<CXXThrowExpr>(E));
    return;
  }
  if (!Registers.contains(E) && !InPlace.contains(constructed(E)))
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

void Lowering::raise(const CXXThrowExpr *Throw) {
  const Expr *Thrown = Throw->getSubExpr();
  RegList Operands;
  if (Thrown)
    Operands.push_back(valueOf(Thrown));
  Fact &F = emit(Thrown ? Fact::Kind::Throw : Fact::Kind::Rethrow, Throw->getExprLoc(), std::move(Operands));
  F.Landing = landingOf(Throw);
  if (Thrown) {
    F.Index = Out.Exceptions.size();
    Out.Exceptions.push_back(exceptionType(Thrown->getType(), Context));
  }
}

/// What ends while an exception is on its way.
void Lowering::landing(const Landing &L) {
  for (const Ending &End : L.Ended) {
    if (End.Member)
      destroy(fieldAddress(thisObject(Function.getEndLoc()), End.Member->getName(), Function.getEndLoc()),
              End.Member->getType(), Function.getEndLoc());
    if (End.Base)
      destroyBase(*End.Base, Function.getEndLoc());
    if (End.IsObject)
      destroy(thisObject(Function.getEndLoc()),
              cast<CXXMethodDecl>(Function).getFunctionObjectParameterType(), Function.getEndLoc());
    if (End.Temporary)
      endTemporary(*End.Temporary);
    const VarDecl *Var = End.Var;
    if (!Var)
      continue;
    if (const auto *Cleanup = Var->getAttr<CleanupAttr>())
      cleanup(Var, Cleanup->getFunctionDecl());
    if (Var->needsDestruction(Context) == QualType::DK_cxx_destructor)
      destroy(addressOf(Var, Var->getLocation()), Var->getType(), Var->getLocation());
    endLifetime(Var, Var->getLocation(), ExitKind::Throw);
  }
  if (L.Try)
    dispatch(*L.Try);
  if (L.Next == Landing::Outside && !Ways.LetsThrough)
    return;
  Edge &Onward = Current->Edges.emplace_back();
  Onward.To = L.Next == Landing::Outside ? Out.Exit : LandingIds[L.Next];
  Onward.IsDefault = L.Try;
}

void Lowering::dispatch(const CXXTryStmt &Try) {
  Current->Ends = Block::Ending::Dispatch;
  for (unsigned I = 0; I < Try.getNumHandlers(); ++I) {
    const CXXCatchStmt *Handler = Try.getHandler(I);
    Edge &E = Current->Edges.emplace_back();
    auto To = Ids.find(Handlers.lookup(Handler));
    E.Reachable = To != Ids.end();
    if (E.Reachable)
      E.To = To->second;
    if (QualType Caught = Handler->getCaughtType(); !Caught.isNull())
      E.Catches = string(handledType(Caught, Context));
  }
}

BlockId Lowering::landingOf(const Expr *Thrower) const {
  auto To = Ways.At.find(Thrower);
  if (To == Ways.At.end())
    return NoBlock;
  return To->second == Landing::Outside ? Out.Exit : LandingIds[To->second];
}

} // namespace connsan
