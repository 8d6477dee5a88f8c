#include "FactsGenerator.h"

#include "BlockOrder.h"
#include "Coroutines.h"
#include "FunctionNames.h"
#include "Lowering.h"
#include "RegisterSplit.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace connsan {

void Lowering::block(const CFGBlock &Source) {
  bool Left = false;
  const VarDecl *Returned = nullptr; // that lives on as the result
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
      if (const auto *Return = dyn_cast<ReturnStmt>(Element.castAs<CFGStmt>().getStmt()))
        Returned = Return->getNRVOCandidate();
      break;
    case CFGElement::LifetimeEnds: {
      const auto Ends = Element.castAs<CFGLifetimeEnds>();
      const Stmt *Trigger = Ends.getTriggerStmt();
      endLifetime(Ends.getVarDecl(), Trigger ? Trigger->getEndLoc() : Function.getEndLoc(),
                  Trigger == writtenBody(Function) ? ExitKind::FunctionEnd : ExitKind::ScopeEnd);
      break;
    }
    case CFGElement::CleanupFunction: {
      const auto Cleanup = Element.castAs<CFGCleanupFunction>();
      cleanup(Cleanup.getVarDecl(), Cleanup.getFunctionDecl());
      break;
    }
    case CFGElement::Initializer: {
      memberInitializer(*Element.castAs<CFGInitializer>().getInitializer());
      break;
    }
    case CFGElement::AutomaticObjectDtor: {
      const auto Ends = Element.castAs<CFGAutomaticObjDtor>();
      if (Ends.getVarDecl() == Returned && Returned->isNRVOVariable() && Out.ReturnsObject)
        break;
      if (isa<ParmVarDecl>(Ends.getVarDecl())) // the caller does that
        break;
      const Stmt *Trigger = Ends.getTriggerStmt();
      SourceLocation At = Trigger ? Trigger->getEndLoc() : Function.getEndLoc();
      destroy(addressOf(Ends.getVarDecl(), At), Ends.getVarDecl()->getType(), At);
      break;
    }
    case CFGElement::TemporaryDtor:
      endTemporary(*Element.castAs<CFGTemporaryDtor>().getBindTemporaryExpr());
      break;
    case CFGElement::MemberDtor: {
      const FieldDecl *Field = Element.castAs<CFGMemberDtor>().getFieldDecl();
      SourceLocation At = Function.getEndLoc();
      destroy(fieldAddress(thisObject(At), Field->getName(), At), Field->getType(), At);
      break;
    }
    case CFGElement::BaseDtor:
      destroyBase(*Element.castAs<CFGBaseDtor>().getBaseSpecifier(), Function.getEndLoc());
      break;
    default:
      break;
    }
  }
  if (!Left)
    leave(Source);
  terminator(Source);
}

void Lowering::terminator(const CFGBlock &Source) {
  if (throwsAtEnd(Source))
    return;
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
std::optional<FunctionFacts> Lowering::run(unsigned MaxBlocks) {
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.AddInitializers = true;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddLifetime = true;
  const Stmt *Body = writtenBody(Function);
  std::unique_ptr<CFG> Graph = CFG::buildCFG(&Function, const_cast<Stmt *>(Body), &Context, Options);
  if (!Graph || Graph->size() > MaxBlocks)
    return std::nullopt;

  Out.Name = qualifiedName(Function);
  Out.Usr = usrOf(Function);
  Out.IsMain = Function.isMain();
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    Out.IsConstructor = !Constructor->isDelegatingConstructor();
  Out.IsDestructor = isa<CXXDestructorDecl>(Function);
  Out.End = point(Body->getEndLoc());
  string("");
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
      Method && Method->isImplicitObjectMemberFunction())
    Out.Parameters.push_back(thisVariable());
  for (const ParmVarDecl *P : Function.parameters())
    Out.Parameters.push_back(variable(P));
  if ((Out.ReturnsObject = returnsObject(Function) && !isCoroutine(Function))) {
    Out.Parameters.push_back(Out.Variables.size());
    Out.Variables.push_back({.Name = "", .Where = Variable::Storage::Parameter, .IsObject = true});
  }

  Temporaries Followed;
  for (const CXXBindTemporaryExpr *Temporary : certainTemporaries(*Graph))
    if (isFollowed(Temporary->getType())) {
      Followed.insert(Temporary);
      EndsLater.insert(constructed(Temporary));
    }
  Ways = unwindingOf(Function, Context, Followed);
  for (const CFGBlock *Source : *Graph)
    if (const Stmt *Label = Source->getLabel(); isa_and_nonnull<CXXCatchStmt>(Label))
      Handlers[Label] = Source;
  BlockOrder Blocks(*Graph, Ways, Handlers);
  LandingIds.assign(Ways.Landings.size(), NoBlock);
  for (BlockId Id = 0; Id < Blocks.size(); ++Id)
    if (const CFGBlock *Source = Blocks.source(Id))
      Ids[Source] = Id;
    else
      LandingIds[Blocks.landing(Id)] = Id;
  Out.Exit = Ids[&Graph->getExit()];
  prepareJoins(*Graph);
  prepareObjects(*Graph);
  Out.Blocks.resize(Blocks.size());
  for (BlockId Id = 0; Id < Blocks.size(); ++Id) {
    Current = &Out.Blocks[Id];
    if (const CFGBlock *Source = Blocks.source(Id))
      block(*Source);
    else
      landing(Ways.Landings[Blocks.landing(Id)]);
    for (const Fact &F : Current->Facts)
      if (F.Landing != NoBlock && !llvm::is_contained(Current->Landings, F.Landing))
        Current->Landings.push_back(F.Landing);
  }
  if (Broken)
    return std::nullopt;
  splitRegisters(Out, Count);
  return std::move(Out);
}

std::optional<FunctionFacts> generateFacts(const FunctionDecl &Function, ASTContext &Context,
                                           unsigned MaxBlocks) {
  if (!Function.doesThisDeclarationHaveABody() || Function.isInvalidDecl() || Function.isDependentContext())
    return std::nullopt;
  return Lowering(Function, Context).run(MaxBlocks);
}

} // namespace connsan
