#include "Lowering.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace connsan {

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

} // namespace connsan
