#include "Analyzer.h"

#include "CpuTime.h"
#include "ModelDump.h"
#include "OwnerClasses.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <array>
#include <deque>

namespace connsan {
namespace {

/// Whether it takes a resource off its caller. Those that override it can be expected to do so too; of other
/// things there is no telling.
bool takesArguments(const Summary &S) {
  return llvm::any_of(S.Outcomes, [](const Outcome &O) {
    return llvm::any_of(O.Effects, [](const Effect &E) {
      bool Takes = E.What == Effect::Kind::Release || E.What == Effect::Kind::Transfer || E.Keeps;
      const AccessPath &What = E.Keeps ? E.Of : E.Where;
      return Takes && What.From == AccessPath::Root::Argument && What.Argument > 0;
    });
  });
}

/// Places in a unit mean nothing in another one.
void nameFile(Origin &From, Program &Source) {
  if (From.At == SourcePoint())
    return;
  From.File = Source.fileOf(From.At);
  From.At = {};
}

std::shared_ptr<const Summary> withoutPlaces(const Summary &S, Program &Source) {
  auto Rest = std::make_shared<Summary>(S);
  for (Outcome &O : Rest->Outcomes) {
    nameFile(O.From, Source);
    for (Effect &E : O.Effects)
      nameFile(E.From, Source);
    for (SessionAct &Act : O.Acts)
      nameFile(Act.From, Source);
  }
  return Rest;
}

std::shared_ptr<const Summary> withoutExceptions(std::shared_ptr<const Summary> S) {
  auto Throws = [](const Outcome &O) { return O.Ends == Model::Ending::Throws; };
  if (!S || llvm::none_of(S->Outcomes, Throws))
    return S;
  auto Rest = std::make_shared<Summary>(*S);
  llvm::erase_if(Rest->Outcomes, Throws);
  return Rest;
}

} // namespace

class Analyzer::Implementation {
public:
  Implementation(llvm::ArrayRef<AnalyzedUnit> Units, const Limits &Bounds, IndexView Index,
                 BodyLookup Elsewhere)
      : Units(Units.begin(), Units.end()), Graph(Units, Index, std::move(Elsewhere)), Bounds(Bounds),
        Known(Units.size()), Lookup([this](const Callee &C) { return summaryOf(C); }) {}

  std::shared_ptr<const FunctionFacts> factsOf(FunctionNode &F) {
    return Graph.source(F).facts(F.At.Function, Bounds.Blocks);
  }
  bool isRoot(FunctionNode &F);
  bool mayBeModelled(FunctionNode &F);
  std::shared_ptr<const FunctionResult> explore(FunctionNode &F, const Limits &Within);
  llvm::SmallVector<FunctionNode *, 64> inScope(unsigned Unit);
  void analyze(FunctionNode &First);
  void lower(FunctionNode &F);
  void follow(FunctionNode &F);
  void findEnds(FunctionNode &F);
  void followCircle(llvm::ArrayRef<FunctionNode *> Circle);
  void finish(FunctionNode &F);
  const Summary *effectsOf(FunctionId Function);
  void learnHeldMembers(const OwnerClasses &Owners);
  std::shared_ptr<const Summary> summaryOf(const Callee &C);
  std::shared_ptr<const Summary> withDeclared(std::shared_ptr<const Summary> Known, const Callee &C);
  std::shared_ptr<const Summary> knownOf(const Callee &C);
  std::shared_ptr<const Summary> asCalled(std::shared_ptr<const Summary> OfBody, const Callee &C);
  std::shared_ptr<const Summary> ofBodies(llvm::ArrayRef<FunctionNode *> Bodies, const Callee &C);
  std::shared_ptr<const Summary> effectsFor(unsigned Unit, FunctionNode &Body);
  bool othersAnswer(FunctionNode &For, const Finding &Open);
  bool callersEnd(const FunctionDeclaration &Of, std::set<std::string> &Asked);
  std::shared_ptr<const Summary> foreign(const Callee &C);
  std::shared_ptr<const Summary> harmless(bool MayThrow);

  std::vector<AnalyzedUnit> Units;
  CallGraph Graph;
  Limits Bounds;
  /// What is known without a body, in one unit.
  struct Summaries {
    llvm::StringMap<std::shared_ptr<const Summary>> OfModels;
    llvm::StringMap<std::shared_ptr<const Summary>> Foreign;
    llvm::StringMap<std::shared_ptr<const Summary>> Acting; ///< foreign ones of which a model says something
  };
  std::vector<Summaries> Known;
  std::array<std::shared_ptr<const Summary>, 2> Harmless; ///< by whether it may throw
  FunctionNode *Current = nullptr;                        ///< whose paths are followed
  SummaryLookup Lookup;
  ResultCache *Results = nullptr;
  unsigned Met = 0; ///< functions
  unsigned Bodies = 0;
  StageClock Clock;
};

/// Whether other files can call it, and nobody says yet what it does.
bool Analyzer::Implementation::mayBeModelled(FunctionNode &F) {
  return Graph.source(F).interface(F.At.Function).IsCallable && !Graph.modelOf(F.At) && Graph.isRelevant(F);
}

/// Whether there may be something to find in this function: it may come to owe a release, or releases itself.
bool Analyzer::Implementation::isRoot(FunctionNode &F) {
  return Graph.ask(
      F, &FunctionNode::Root, [this](FunctionNode &Asked) { return Graph.references(Asked).ModelOwns; },
      [this](FunctionNode &Body) {
        if (Body.IsBuiltin || !Graph.isRelevant(Body))
          return false;
        analyze(Body);
        return Body.Effects && changesOwnership(*Body.Effects);
      });
}

/// A function after those that it calls; those that call each other together, as Tarjan finds them.
void Analyzer::Implementation::analyze(FunctionNode &First) {
  struct Visit {
    FunctionNode *Function;
    llvm::SmallVector<FunctionNode *, 8> Callees;
    std::size_t Next = 0;
  };
  std::deque<Visit> Stack;
  std::vector<FunctionNode *> Circle; // those met whose circle is not complete
  auto Begin = [&](FunctionNode &F) {
    F.Order = F.Lowest = ++Met;
    F.CallsItself = false;
    Circle.push_back(&F);
    lower(F);
    Visit &New = Stack.emplace_back(Visit{&F, {}});
    if (F.Facts)
      for (const Callee &C : F.Facts->Callees)
        for (FunctionNode *Body : Graph.bodiesOf(F.At.Unit, C))
          if (Graph.mattersToCallers(*Body))
            New.Callees.push_back(Body);
  };
  if (First.Done)
    return;
  Begin(First);
  while (!Stack.empty()) {
    Visit &Top = Stack.back();
    FunctionNode &F = *Top.Function;
    if (Top.Next < Top.Callees.size()) {
      FunctionNode &Body = *Top.Callees[Top.Next++];
      if (Body.Running) {
        F.Lowest = std::min(F.Lowest, Body.Order);
        F.CallsItself |= &F == &Body;
      } else if (!Body.Done) {
        Begin(Body);
      }
      continue;
    }
    if (F.Lowest == F.Order) {
      auto Start = llvm::find(Circle, &F);
      std::vector<FunctionNode *> Together(Start, Circle.end());
      Circle.erase(Start, Circle.end());
      if (Together.size() == 1 && !F.CallsItself)
        follow(F);
      else
        followCircle(Together);
      llvm::for_each(Together, [this](FunctionNode *Each) { finish(*Each); });
    }
    Stack.pop_back();
    if (!Stack.empty())
      Stack.back().Function->Lowest = std::min(Stack.back().Function->Lowest, F.Lowest);
  }
}

void Analyzer::Implementation::lower(FunctionNode &F) {
  F.Running = true;
  StageClock::Stage Outer = Clock.enter(StageClock::Stage::Facts);
  F.Facts = factsOf(F);
  Clock.enter(Outer);
}

std::shared_ptr<const FunctionResult> Analyzer::Implementation::explore(FunctionNode &F,
                                                                        const Limits &Within) {
  if (Results)
    return Results->explore(F.Facts, Graph.models(F), Lookup, Within, F.Held);
  return std::make_shared<FunctionResult>(
      connsan::explore(*F.Facts, Graph.models(F), Lookup, Within, F.Held));
}

static std::shared_ptr<const Summary> effectsOf(const std::shared_ptr<const FunctionResult> &Result) {
  return {Result, &Result->Effects};
}

void Analyzer::Implementation::follow(FunctionNode &F) {
  StageClock::Stage Outer = Clock.enter(StageClock::Stage::Paths);
  Current = &F;
  if (F.Facts && !Graph.handlesResources(F)) {
    findEnds(F);
  } else if (F.Facts) {
    F.Result = explore(F, Bounds);
    F.Effects = connsan::effectsOf(F.Result);
  } else {
    FunctionResult Result;
    Result.GaveUp = Graph.source(F).hasErrors() ? GiveUp::Errors : GiveUp::Blocks;
    Result.GaveUpAfter = Result.GaveUp == GiveUp::Blocks ? Bounds.Blocks : 0;
    F.Result = std::make_shared<FunctionResult>(std::move(Result));
  }
  Current = nullptr;
  Clock.enter(Outer);
}

/// Of a function that is of interest only because it may end the process, or throw: not worth much, such as a
/// scanner that a tool has written.
void Analyzer::Implementation::findEnds(FunctionNode &F) {
  Limits Few = Bounds;
  Few.StatesPerBlock = Few.StatesOfOthers = 2;
  Few.StepsPerBlock = 10;
  F.Result = explore(F, Few);
  if (F.Result->GaveUp != GiveUp::No) {
    FunctionResult Result;
    Result.Effects = *harmless(Graph.mayThrow(F) || Graph.throws(F));
    F.Result = std::make_shared<FunctionResult>(std::move(Result));
  }
  F.Effects = connsan::effectsOf(F.Result);
}

/// Functions that call each other: at first none is known to return, then each as the others are known, until
/// nothing new is found. Where no resource changes hands, that is not worth more than a second look.
void Analyzer::Implementation::followCircle(llvm::ArrayRef<FunctionNode *> Circle) {
  unsigned MostRounds = 2;
  for (FunctionNode *F : Circle)
    F->Effects = std::make_shared<Summary>();
  for (unsigned Round = 0; Round < MostRounds; ++Round) {
    bool IsNew = false;
    for (FunctionNode *F : llvm::reverse(Circle)) {
      std::shared_ptr<const Summary> Before = F->Effects;
      follow(*F);
      IsNew |= !(*F->Effects == *Before);
      if (changesOwnership(*F->Effects))
        MostRounds = 4;
    }
    if (!IsNew)
      return;
  }
  // They know nothing of each other then.
  for (FunctionNode *F : Circle)
    F->Effects = nullptr;
  for (FunctionNode *F : llvm::reverse(Circle))
    follow(*F);
}

void Analyzer::Implementation::finish(FunctionNode &F) {
  F.Facts.reset();
  F.Running = false;
  F.Done = true;
}

/// Of a function that deals with resources and has a body, here or in another file; else null.
const Summary *Analyzer::Implementation::effectsOf(FunctionId Function) {
  FunctionNode *F = Graph.find({0, Function});
  if (!F)
    if (const FunctionDeclaration &D = Units.front().Source->declaration(Function); !D.HasBody)
      if (auto Known = Graph.indexed(D.Usr, D.Type)) // which lives as long as the index
        return &Known->Effects;
  if (!F || F->IsBuiltin || !Graph.isRelevant(*F) || Graph.isBroken(*F))
    return nullptr;
  analyze(*F);
  return F->Result->GaveUp == GiveUp::No ? F->Effects.get() : nullptr;
}

/// Constructors and destructors tell what other members can count on. Those are looked at once more with it.
void Analyzer::Implementation::learnHeldMembers(const OwnerClasses &Owners) {
  llvm::SmallVector<FunctionNode *, 8> Again;
  for (const ClassDescription &Class : Units.front().Source->classes())
    for (const std::vector<FunctionId> *Members : {&Class.Assignments, &Class.Methods})
      for (FunctionId Member : *Members)
        if (FunctionNode *F = Graph.find({0, Member})) {
          F->Held = Owners.heldAtEntry(Class, Member);
          if (!F->Held.empty())
            Again.push_back(F);
        }
  for (FunctionNode *F : Again)
    F->Done = false;
}

/// What a model says besides of who owns what comes on top of what is known otherwise, and before what a body
/// does to transactions.
std::shared_ptr<const Summary>
Analyzer::Implementation::withDeclared(std::shared_ptr<const Summary> Otherwise, const Callee &C) {
  const unsigned Unit = Current->At.Unit;
  const Model *Said = Graph.declared(Unit).find(C.Name, C.Annotations);
  if (!Said || Said->Ownership || !(Said->actsOnTransactions() || Said->Text))
    return Otherwise;
  const bool IsForeign = !Otherwise || Otherwise->IsForeign;
  if (auto It = Known[Unit].Acting.find(C.Usr); IsForeign && It != Known[Unit].Acting.end())
    return It->second;
  auto All = Otherwise ? std::make_shared<Summary>(*Otherwise) : std::make_shared<Summary>();
  All->IsForeign = IsForeign;
  All->Declared = declaredActs(*Said, *Units[Unit].Models, C);
  if (Said->actsOnTransactions())
    for (Outcome &O : All->Outcomes)
      O.Acts.clear();
  if (IsForeign)
    Known[Unit].Acting[C.Usr] = All;
  return All;
}

std::shared_ptr<const Summary> Analyzer::Implementation::summaryOf(const Callee &C) {
  return C.Name.empty() ? nullptr : withDeclared(knownOf(C), C);
}

std::shared_ptr<const Summary> Analyzer::Implementation::knownOf(const Callee &C) {
  const unsigned Unit = Current->At.Unit;
  const std::string &Key = C.Annotations.empty() ? C.Name : C.Usr;
  auto &OfModels = Known[Unit].OfModels;
  if (auto It = OfModels.find(Key); It != OfModels.end())
    return It->second;
  if (const Model *M = Graph.modelOf(Unit, C))
    return OfModels[Key] = std::make_shared<Summary>(summarize(*M, *Units[Unit].Models, C));
  if (llvm::SmallVector<FunctionNode *, 1> Bodies = Graph.bodiesOf(Unit, C); !Bodies.empty())
    return ofBodies(Bodies, C);
  if (auto Indexed = C.HasBody ? nullptr : Graph.indexed(C.Usr, C.Type))
    if (!C.IsVirtual || takesArguments(Indexed->Effects))
      return asCalled({Indexed, &Indexed->Effects}, C);
  return foreign(C);
}

/// What a declaration or a model promises holds, whatever the body seems to do.
std::shared_ptr<const Summary> Analyzer::Implementation::asCalled(std::shared_ptr<const Summary> OfBody,
                                                                  const Callee &C) {
  const Model *Said = C.MayThrow ? Graph.declared(Current->At.Unit).find(C.Name, C.Annotations) : nullptr;
  const bool Never = !C.MayThrow || (Said && Said->Throws == Model::Throwing::Never);
  return Never ? withoutExceptions(std::move(OfBody)) : OfBody;
}

std::shared_ptr<const Summary> Analyzer::Implementation::ofBodies(llvm::ArrayRef<FunctionNode *> Bodies,
                                                                  const Callee &C) {
  auto Of = [&](FunctionNode &Body) {
    const bool Matters = Graph.mattersToCallers(Body);
    if (C.IsVirtual && !(Matters && Body.Effects && takesArguments(*Body.Effects)))
      return foreign(C);
    Body.IsCalledByOthers |= Body.At.Unit != Current->At.Unit;
    return asCalled(Matters ? effectsFor(Current->At.Unit, Body) : harmless(Graph.mayThrow(Body)), C);
  };
  if (Bodies.size() == 1)
    return Of(*Bodies.front());
  std::vector<std::shared_ptr<const Summary>> All;
  llvm::SmallVector<const Summary *, 4> Each;
  for (FunctionNode *Body : Bodies) {
    All.push_back(Of(*Body));
    if (!All.back() || All.back()->IsForeign)
      return All.back();
    Each.push_back(All.back().get());
  }
  return std::make_shared<Summary>(weakest(Each));
}

std::shared_ptr<const Summary> Analyzer::Implementation::effectsFor(unsigned Unit, FunctionNode &Body) {
  if (Body.At.Unit == Unit || !Body.Effects)
    return Body.Effects;
  if (Body.Running) // it may change
    return withoutPlaces(*Body.Effects, Graph.source(Body));
  if (!Body.ForOthers)
    Body.ForOthers = withoutPlaces(*Body.Effects, Graph.source(Body));
  return Body.ForOthers;
}

/// What is known of a function when neither a body nor a model says what it does to resources.
std::shared_ptr<const Summary> Analyzer::Implementation::foreign(const Callee &C) {
  const unsigned Unit = Current->At.Unit;
  auto [It, New] = Known[Unit].Foreign.try_emplace(C.Usr);
  if (New) {
    auto S = std::make_shared<Summary>();
    S->IsForeign = true;
    if (C.MayThrow)
      if (auto Thrown = thrownBy(Graph.declared(Unit).find(C.Name, C.Annotations), C))
        S->Outcomes.push_back(*Thrown);
    It->second = std::move(S);
  }
  return It->second;
}

/// The effects of a body that deals with no resource.
std::shared_ptr<const Summary> Analyzer::Implementation::harmless(bool MayThrow) {
  std::shared_ptr<const Summary> &Known = Harmless[MayThrow];
  if (!Known) {
    auto S = std::make_shared<Summary>();
    S->Outcomes.emplace_back();
    S->Complete = false;
    if (MayThrow) {
      Outcome &O = S->Outcomes.emplace_back();
      O.Ends = Model::Ending::Throws;
      O.Why = Ground::Foreign;
    }
    Known = std::move(S);
  }
  return Known;
}

Analyzer::Analyzer(Program &Unit, const ModelSet &Models, const Limits &Bounds, IndexView Index)
    : Analyzer(AnalyzedUnit{&Unit, &Models}, Bounds, Index, nullptr) {}
Analyzer::Analyzer(llvm::ArrayRef<AnalyzedUnit> Units, const Limits &Bounds, IndexView Index,
                   BodyLookup Elsewhere)
    : Impl(std::make_unique<Implementation>(Units, Bounds, Index, std::move(Elsewhere))) {}
Analyzer::~Analyzer() = default;

/// Whether all callers of a function that are known end a transaction that it leaves open, or leave that to
/// their own callers, who do.
bool Analyzer::Implementation::callersEnd(const FunctionDeclaration &Of, std::set<std::string> &Asked) {
  if (Of.Usr.empty() || !Asked.insert(Of.Usr).second)
    return !Of.Usr.empty();
  if (auto Known = Graph.indexed(Of.Usr, Of.Type); Known && Known->CallersEnd)
    return true;
  bool Any = false;
  for (FunctionNode &Caller : Graph.nodes()) {
    const bool Leaves = Caller.Result->LeftOpenFor.contains(Of.Usr);
    if (!Leaves && !Caller.Result->EndedFor.contains(Of.Usr))
      continue;
    Any = true;
    if (Leaves && !callersEnd(Graph.declaration(Caller), Asked))
      return false;
  }
  return Any;
}

static bool leavesOpen(const FunctionResult &Result) {
  return llvm::any_of(Result.Findings,
                      [](const Finding &F) { return F.isTransaction() && F.Kind == FindingKind::Exit; });
}

/// Whether a transaction that is left open is somebody else's affair: that of the callers, who end it, or of
/// the function that began it and came back by a way on which it should have ended it.
bool Analyzer::Implementation::othersAnswer(FunctionNode &For, const Finding &Open) {
  if (std::set<std::string> Asked; callersEnd(Graph.declaration(For), Asked))
    return true;
  for (const FunctionNode &Callee : Graph.nodes())
    if (Graph.declaration(Callee).Usr == Open.AcquirerUsr && leavesOpen(*Callee.Result))
      return true;
  auto Known = Graph.indexed(Open.AcquirerUsr, 0);
  return Known && Known->LeavesOpen;
}

void Analyzer::useResults(ResultCache *Results) {
  Impl->Results = Results;
}

llvm::SmallVector<FunctionNode *, 64> Analyzer::Implementation::inScope(unsigned Unit) {
  llvm::SmallVector<FunctionNode *, 64> Found;
  for (FunctionId Function : Units[Unit].Source->functionsInScope())
    if (FunctionNode *F = Graph.find({Unit, Function}))
      Found.push_back(F);
  return Found;
}

void Analyzer::analyzeUnit(unsigned Unit) {
  for (FunctionNode *F : Impl->inScope(Unit))
    if (Impl->isRoot(*F))
      Impl->analyze(*F);
}

std::vector<Finding> Analyzer::findings() {
  llvm::SmallVector<FunctionNode *, 64> InScope = Impl->inScope(0);
  Program &Unit = *Impl->Units.front().Source;
  Impl->Bodies = InScope.size();
  std::vector<Finding> All;
  const OwnerClasses Owners(Unit, [this](FunctionId Function) { return Impl->effectsOf(Function); });
  Impl->learnHeldMembers(Owners);
  for (FunctionNode *F : InScope)
    if (!F->Held.empty() || Impl->isRoot(*F))
      Impl->analyze(*F);
  llvm::erase_if(InScope, [&](FunctionNode *F) { return Impl->Graph.isBroken(*F); });
  std::set<std::string> Borrowers;
  for (const FunctionNode &F : Impl->Graph.nodes())
    Borrowers.insert(F.Result->Borrowers.begin(), F.Result->Borrowers.end());
  for (FunctionNode *Node : InScope)
    for (const Finding &F : Node->Result->Findings) {
      All.push_back(F);
      if (!F.Awaits.empty() &&
          llvm::all_of(F.Awaits, [&](const auto &Usr) { return Borrowers.contains(Usr); }))
        All.back().Trust = Confidence::High;
      All.back().File = Unit.definition(Node->At.Function)->File;
      if (F.isTransaction() && F.Kind == FindingKind::Exit && Impl->othersAnswer(*Node, F))
        All.back().Trust = Confidence::Medium;
    }
  for (const ClassDescription &Class : Unit.classes())
    llvm::append_range(All, Owners.findings(Class));
  return All;
}

Statistics Analyzer::statistics() const {
  Statistics Sum;
  Sum.Bodies = Impl->Bodies;
  for (FunctionNode &F : Impl->Graph.nodes()) {
    const FunctionResult &Result = *F.Result;
    Sum.WithResources += F.Done;
    Sum.Silenced += Result.Silenced && Result.GaveUp == GiveUp::No;
    if (Result.GaveUp != GiveUp::No)
      Sum.GivenUp.push_back({Impl->Graph.declaration(F).Name,
                             Impl->Graph.source(F).definition(F.At.Function)->At, Result.GaveUp,
                             Result.GaveUpAfter});
  }
  Sum.Facts = Impl->Clock.spentOn(StageClock::Stage::Facts);
  Sum.Paths = Impl->Clock.spentOn(StageClock::Stage::Paths);
  return Sum;
}

std::string Analyzer::dumpFacts() {
  std::string Text;
  for (FunctionNode &F : Impl->Graph.nodes())
    if (F.Done)
      if (auto Facts = Impl->factsOf(F))
        Text += dump(*Facts);
  return Text;
}

std::string Analyzer::dumpStates() {
  std::string Text;
  for (FunctionNode &F : Impl->Graph.nodes())
    if (F.Done)
      if (auto Facts = Impl->factsOf(F)) {
        Impl->Current = &F;
        Text += connsan::dumpStates(*Facts, Impl->Graph.models(F), Impl->Lookup, Impl->Bounds);
      }
  Impl->Current = nullptr;
  return Text;
}

std::string Analyzer::dumpSummaries() {
  std::string Text;
  for (FunctionNode &F : Impl->Graph.nodes())
    if (F.Done)
      Text += dump(F.Result->Effects, Impl->Graph.declaration(F).Name);
  return Text;
}

std::string Analyzer::dumpModels() {
  ModelDump Dump(Impl->Graph, [this](FunctionNode &F) { return Impl->factsOf(F); });
  for (std::size_t I = 0; I < Impl->Graph.nodes().size(); ++I) // the analysis of one may add others
    if (FunctionNode &F = Impl->Graph.nodes()[I]; Impl->mayBeModelled(F)) {
      Impl->analyze(F);
      Dump.add(F);
    }
  return Dump.take();
}

std::string Analyzer::modelLines(FunctionRef Function) {
  FunctionNode *F = Impl->Graph.find(Function);
  if (!F || !Impl->mayBeModelled(*F))
    return "";
  Impl->analyze(*F);
  ModelDump Dump(Impl->Graph, [this](FunctionNode &Each) { return Impl->factsOf(Each); });
  Dump.addLine(*F);
  return Dump.take();
}

std::optional<IndexedFunction> Analyzer::summarizeForOthers(FunctionRef Function) {
  FunctionNode *F = Impl->Graph.find(Function);
  if (!F || F->IsBuiltin || Impl->Graph.modelOf(Function))
    return std::nullopt;
  CallGraph &Graph = Impl->Graph;
  IndexedFunction Known;
  Known.IsRelevant = Graph.isRelevant(*F);
  Known.Handles = Graph.handlesResources(*F);
  Known.Throws = Graph.throws(*F);
  Known.MayThrow = Graph.mayThrow(*F);
  const bool IsOfInterest = Known.IsRelevant || Known.Throws || F->IsCalledByOthers;
  if (!IsOfInterest || Graph.isBroken(*F))
    return std::nullopt;
  if (Graph.mattersToCallers(*F)) {
    Impl->analyze(*F);
    if (!F->Effects || F->Result->GaveUp != GiveUp::No)
      return std::nullopt;
    Known.Effects = *withoutPlaces(*F->Effects, Graph.source(*F));
  } else {
    Known.Effects = *Impl->harmless(Known.MayThrow);
  }
  const FunctionDeclaration &D = Graph.declaration(*F);
  std::set<std::string> Asked;
  Known.CallersEnd = llvm::any_of(Known.Effects.Outcomes,
                                  [](const Outcome &O) {
                                    return llvm::any_of(O.Acts, [](const SessionAct &Act) {
                                      return Act.What == SessionAct::Kind::Begins;
                                    });
                                  }) &&
                     Impl->callersEnd(D, Asked);
  Known.LeavesOpen = leavesOpen(*F->Result);
  Known.Name = D.Name;
  Known.Type = D.Type;
  return Known;
}

} // namespace connsan
