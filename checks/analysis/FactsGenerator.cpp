#include "FactsGenerator.h"

#include "Lowering.h"
#include "RegisterSplit.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/Analyses/PostOrderCFGView.h"
#include "clang/Index/USRGeneration.h"

using namespace clang;

namespace connsan {

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

std::optional<FunctionFacts> generateFacts(const FunctionDecl &Function, ASTContext &Context,
                                           unsigned MaxBlocks) {
  if (!Function.doesThisDeclarationHaveABody() || Function.isInvalidDecl() || Function.isDependentContext())
    return std::nullopt;
  return Lowering(Function, Context).run(MaxBlocks);
}

} // namespace connsan
