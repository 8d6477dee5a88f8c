#include "Analyzer.h"

#include "CpuTime.h"
#include "DeclaredModels.h"
#include "ModelDump.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

namespace connsan {
namespace {

/// Whether a caller of a caller has to know.
bool matters(const Model &M) {
  return M.acquires() || M.Ends != Model::Ending::Returns ||
         llvm::any_of(M.Arguments, [&](const ArgumentModel &A) {
           return (A.What == ArgumentModel::Effect::Release || A.What == ArgumentModel::Effect::Transfer) &&
                  M.resourceOf(A) != MemoryResource;
         });
}

/// Whether a caller may come to owe a release, or to release twice.
bool changesOwnership(const Summary &S) {
  return llvm::any_of(S.Outcomes, [](const Outcome &O) {
    bool Acquires = O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull;
    return (Acquires && O.Resource != MemoryResource) || llvm::any_of(O.Effects, [](const Effect &E) {
             return (E.What == Effect::Kind::StoreOwned || E.What == Effect::Kind::Release) &&
                    E.Resource != MemoryResource;
           });
  });
}

} // namespace

class Analyzer::Implementation {
public:
  Implementation(Program &Unit, const ModelSet &Models, const Limits &Bounds)
      : Unit(Unit), Models(Models), Declared(Models), Bounds(Bounds),
        Lookup([this](const Callee &C) { return summaryOf(C); }) {}

  struct Entry {
    FunctionId Function = 0;
    bool IsBuiltin = false;
    std::optional<bool> Relevant;
    std::optional<bool> Root;
    bool Running = false;
    bool Done = false;
    FunctionResult Result;
    std::shared_ptr<const Summary> Effects;
  };

  Entry *find(FunctionId Function);
  const Model *modelOf(FunctionId Function);
  std::optional<FunctionFacts> factsOf(const Entry &E) { return Unit.facts(E.Function, Bounds.Blocks); }
  bool isRelevant(Entry &E);
  bool isRoot(Entry &E);
  void analyze(Entry &E);
  std::shared_ptr<const Summary> summaryOf(const Callee &C);
  std::shared_ptr<const Summary> summaryOf(Entry &E);

  Program &Unit;
  const ModelSet &Models;
  DeclaredModels Declared;
  Limits Bounds;
  SummaryLookup Lookup;
  std::vector<std::unique_ptr<Entry>> Entries;
  llvm::DenseMap<FunctionId, Entry *> ByFunction; ///< null where there is no body to look at
  llvm::StringMap<Entry *> ByUsr;
  llvm::StringMap<std::shared_ptr<const Summary>> ModelSummaries;
  unsigned Depth = 0;
  unsigned Bodies = 0;
  StageClock Clock;
};

/// The entry of a function that has a body here, outside of system headers.
Analyzer::Implementation::Entry *Analyzer::Implementation::find(FunctionId Function) {
  auto [It, New] = ByFunction.try_emplace(Function, nullptr);
  if (!New)
    return It->second;
  const FunctionDefinition *Definition = Unit.definition(Function);
  if (!Definition)
    return nullptr;
  Entry *E = Entries.emplace_back(std::make_unique<Entry>()).get();
  It->second = E;
  E->Function = Function;
  E->IsBuiltin = Definition->IsBuiltin;
  if (!Definition->Usr.empty())
    ByUsr[Definition->Usr] = E;
  return E;
}

/// What is said of the function, where that says who owns what.
const Model *Analyzer::Implementation::modelOf(FunctionId Function) {
  const FunctionDeclaration &D = Unit.declaration(Function);
  return Declared.findOwnership(D.Name, D.Annotations, D.HasBody);
}

/// Whether a caller that deals with resources has to know what this function does.
bool Analyzer::Implementation::isRelevant(Entry &E) {
  if (E.Relevant)
    return *E.Relevant;
  E.Relevant = false; // recursion adds nothing of its own
  bool Found = Unit.reachesRecord(
      E.Function, [&](llvm::StringRef Record) { return !Models.resourceOfType(Record).empty(); });
  for (FunctionId Used : Unit.references(E.Function)) {
    if (Found)
      break;
    if (const Model *M = modelOf(Used))
      Found = matters(*M);
    else if (Entry *Known = find(Used))
      Found = isRelevant(*Known);
  }
  E.Relevant = Found;
  return Found;
}

/// Whether there may be something to find in this function: it may come to owe a release, or releases itself.
bool Analyzer::Implementation::isRoot(Entry &E) {
  if (E.Root)
    return *E.Root;
  E.Root = false;
  bool Found = false;
  for (FunctionId Used : Unit.references(E.Function)) {
    if (Found)
      break;
    if (const Model *M = modelOf(Used))
      Found = M->acquires() || M->releases();
    else if (Entry *Known = find(Used); Known && isRoot(*Known))
      if (auto Effects = summaryOf(*Known))
        Found = changesOwnership(*Effects);
  }
  E.Root = Found;
  return Found;
}

void Analyzer::Implementation::analyze(Entry &E) {
  if (E.Done || E.Running)
    return;
  E.Running = true;
  ++Depth;
  StageClock::Stage Outer = Clock.enter(StageClock::Stage::Facts);
  std::optional<FunctionFacts> Facts = factsOf(E);
  Clock.enter(StageClock::Stage::Paths);
  if (Facts) {
    E.Result = explore(*Facts, Models, Lookup, Bounds);
  } else if (Unit.hasErrors()) {
    E.Result.GaveUp = GiveUp::Errors;
  } else {
    E.Result.GaveUp = GiveUp::Blocks;
    E.Result.GaveUpAfter = Bounds.Blocks;
  }
  Clock.enter(Outer);
  --Depth;
  E.Running = false;
  E.Done = true;
  if (Facts)
    E.Effects = std::make_shared<Summary>(E.Result.Effects);
}

std::shared_ptr<const Summary> Analyzer::Implementation::summaryOf(Entry &E) {
  constexpr unsigned Deepest = 64;
  if (E.IsBuiltin || !isRelevant(E)) {
    static const auto Harmless = [] {
      auto S = std::make_shared<Summary>();
      S->Outcomes.emplace_back();
      S->Complete = false;
      return S;
    }();
    return Harmless;
  }
  if (Depth < Deepest)
    analyze(E);
  return E.Effects;
}

std::shared_ptr<const Summary> Analyzer::Implementation::summaryOf(const Callee &C) {
  if (C.Name.empty())
    return nullptr;
  const std::string &Key = C.Annotations.empty() ? C.Name : C.Usr;
  if (auto It = ModelSummaries.find(Key); It != ModelSummaries.end())
    return It->second;
  if (const Model *M = Declared.findOwnership(C.Name, C.Annotations, C.HasBody))
    return ModelSummaries[Key] = std::make_shared<Summary>(summarize(*M, Models, C));
  if (!C.HasBody || C.IsVirtual)
    return nullptr;
  auto It = ByUsr.find(C.Usr);
  return It == ByUsr.end() ? nullptr : summaryOf(*It->second);
}

Analyzer::Analyzer(Program &Unit, const ModelSet &Models, const Limits &Bounds)
    : Impl(std::make_unique<Implementation>(Unit, Models, Bounds)) {}
Analyzer::~Analyzer() = default;

std::vector<Finding> Analyzer::findings() {
  llvm::SmallVector<Implementation::Entry *, 64> InScope;
  for (FunctionId Function : Impl->Unit.functionsInScope())
    if (Implementation::Entry *E = Impl->find(Function))
      InScope.push_back(E);
  Impl->Bodies = InScope.size();
  std::vector<Finding> All;
  for (Implementation::Entry *E : InScope)
    if (Impl->isRoot(*E))
      Impl->analyze(*E);
  for (const Implementation::Entry *E : InScope)
    for (const Finding &F : E->Result.Findings) {
      All.push_back(F);
      All.back().File = Impl->Unit.definition(E->Function)->File;
    }
  return All;
}

Statistics Analyzer::statistics() const {
  Statistics Sum;
  Sum.Bodies = Impl->Bodies;
  for (const auto &E : Impl->Entries) {
    const FunctionResult &Result = E->Result;
    Sum.WithResources += E->Done;
    Sum.Silenced += Result.Silenced && Result.GaveUp == GiveUp::No;
    if (Result.GaveUp != GiveUp::No)
      Sum.GivenUp.push_back({Impl->Unit.declaration(E->Function).Name, Impl->Unit.definition(E->Function)->At,
                             Result.GaveUp, Result.GaveUpAfter});
  }
  Sum.Facts = Impl->Clock.spentOn(StageClock::Stage::Facts);
  Sum.Paths = Impl->Clock.spentOn(StageClock::Stage::Paths);
  return Sum;
}

std::string Analyzer::dumpFacts() {
  std::string Text;
  for (const auto &E : Impl->Entries)
    if (E->Done)
      if (auto Facts = Impl->factsOf(*E))
        Text += dump(*Facts);
  return Text;
}

std::string Analyzer::dumpStates() {
  std::string Text;
  for (const auto &E : Impl->Entries)
    if (E->Done)
      if (auto Facts = Impl->factsOf(*E))
        Text += connsan::dumpStates(*Facts, Impl->Models, Impl->Lookup, Impl->Bounds);
  return Text;
}

std::string Analyzer::dumpSummaries() {
  std::string Text;
  for (const auto &E : Impl->Entries)
    if (E->Done)
      Text += dump(E->Result.Effects, Impl->Unit.declaration(E->Function).Name);
  return Text;
}

std::string Analyzer::dumpModels() {
  auto FactsOf = [this](const Callee &C) -> std::optional<FunctionFacts> {
    auto It = Impl->ByUsr.find(C.Usr);
    if (It == Impl->ByUsr.end())
      return std::nullopt;
    return Impl->factsOf(*It->second);
  };
  ModelDump Dump(Impl->Declared, FactsOf, Impl->Unit.isCxx());
  for (std::size_t I = 0; I < Impl->Entries.size(); ++I) { // the analysis of one may add others
    Implementation::Entry &E = *Impl->Entries[I];
    FunctionInterface Interface = Impl->Unit.interface(E.Function);
    if (!Interface.IsCallable || Impl->modelOf(E.Function) || !Impl->isRelevant(E))
      continue;
    Impl->analyze(E);
    const std::string &Name = Impl->Unit.declaration(E.Function).Name;
    Dump.add(Name, Interface, E.Result, [&] { return Impl->factsOf(E); });
  }
  return Dump.take();
}

} // namespace connsan
