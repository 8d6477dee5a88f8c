#include "Analyzer.h"

#include "CpuTime.h"
#include "DeclaredModels.h"
#include "ModelDump.h"
#include "OwnerClasses.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

#include <array>

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

std::shared_ptr<const Summary> withoutExceptions(const Summary &S) {
  auto Rest = std::make_shared<Summary>(S);
  llvm::erase_if(Rest->Outcomes, [](const Outcome &O) { return O.Ends == Model::Ending::Throws; });
  return Rest;
}

} // namespace

class Analyzer::Implementation {
public:
  Implementation(Program &Unit, const ModelSet &Models, const Limits &Bounds)
      : Unit(Unit), Models(Models), Declared(Models), Bounds(Bounds),
        Lookup([this](const Callee &C) { return summaryOf(C); }) {}

  struct Entry;
  /// What a body refers to.
  struct References {
    bool ModelMatters = false; ///< to a caller of a caller
    bool ModelOwns = false;    ///< a function that acquires or releases
    bool Throws = false;       ///< a model says so
    bool MayThrow = false;     ///< a function without a body here, of which nothing says that it does not
    llvm::SmallVector<Entry *, 4> Bodies;
  };
  using Question = std::optional<bool> Entry::*;

  struct Entry {
    FunctionId Function = 0;
    bool IsBuiltin = false;
    bool IsShort = false;
    std::optional<References> Refers;
    std::optional<bool> Relevant;
    std::optional<bool> Root;
    std::optional<bool> Throws;
    std::optional<bool> MayThrow;
    std::optional<bool> Broken;
    bool Running = false;
    bool Done = false;
    std::shared_ptr<const FunctionFacts> Facts; ///< while it runs
    std::vector<HeldMember> Held;               ///< at entry
    FunctionResult Result;
    std::shared_ptr<const Summary> Effects;
  };

  Entry *find(FunctionId Function);
  const Model *modelOf(FunctionId Function);
  std::shared_ptr<const FunctionFacts> factsOf(const Entry &E) {
    return Unit.facts(E.Function, Bounds.Blocks);
  }
  const References &references(Entry &E);
  bool ask(Entry &First, Question What, llvm::function_ref<bool(Entry &)> HasItself,
           llvm::function_ref<bool(Entry &)> HasFrom);
  bool isRelevant(Entry &E);
  bool isRoot(Entry &E);
  bool throws(Entry &E);
  bool mayThrow(Entry &E);
  bool isBroken(Entry &E);
  bool mattersToCallers(Entry &E);
  void analyze(Entry &First);
  void lower(Entry &E);
  void follow(Entry &E);
  const Summary *effectsOf(FunctionId Function);
  void learnHeldMembers(const OwnerClasses &Owners);
  Entry *bodyOf(const Callee &C);
  std::shared_ptr<const Summary> summaryOf(const Callee &C);
  std::shared_ptr<const Summary> foreign(const Callee &C);
  std::shared_ptr<const Summary> harmless(bool MayThrow);

  Program &Unit;
  const ModelSet &Models;
  DeclaredModels Declared;
  Limits Bounds;
  SummaryLookup Lookup;
  std::vector<std::unique_ptr<Entry>> Entries;
  llvm::DenseMap<FunctionId, Entry *> ByFunction; ///< null where there is no body to look at
  llvm::StringMap<Entry *> ByUsr;
  llvm::StringMap<std::shared_ptr<const Summary>> ModelSummaries;
  llvm::StringMap<std::shared_ptr<const Summary>> Foreign;
  std::array<std::shared_ptr<const Summary>, 2> Harmless; ///< by whether it may throw
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
  E->IsShort = Definition->IsShort;
  if (!Definition->Usr.empty())
    ByUsr[Definition->Usr] = E;
  return E;
}

/// What is said of the function, where that says who owns what.
const Model *Analyzer::Implementation::modelOf(FunctionId Function) {
  const FunctionDeclaration &D = Unit.declaration(Function);
  return Declared.findOwnership(D.Name, D.Annotations, D.HasBody);
}

const Analyzer::Implementation::References &Analyzer::Implementation::references(Entry &E) {
  if (E.Refers)
    return *E.Refers;
  References Found;
  for (FunctionId Used : Unit.references(E.Function)) {
    const FunctionDeclaration &D = Unit.declaration(Used);
    const Model *Said = D.MayThrow ? Declared.find(D.Name, D.Annotations) : nullptr;
    Found.Throws |= Said && Said->Throws == Model::Throwing::May;
    if (const Model *M = modelOf(Used)) {
      Found.ModelMatters |= matters(*M);
      Found.ModelOwns |= M->acquires() || M->releases();
    } else if (Entry *Body = find(Used)) {
      Found.Bodies.push_back(Body);
    } else {
      Found.MayThrow |= D.MayThrow && !(Said && Said->Throws == Model::Throwing::Never);
    }
  }
  return E.Refers.emplace(std::move(Found));
}

/// Answers a question of a function: yes when it has something itself, or from one that it refers to and for
/// which the answer is yes. Recursion adds nothing. Calls may be nested as deep as the source likes, so the
/// stack is one of our own.
bool Analyzer::Implementation::ask(Entry &First, Question What, llvm::function_ref<bool(Entry &)> HasItself,
                                   llvm::function_ref<bool(Entry &)> HasFrom) {
  llvm::SmallVector<std::pair<Entry *, std::size_t>, 32> Stack; // and how many bodies were asked
  auto Begin = [&](Entry &E) {
    if (!(E.*What = HasItself(E)).value())
      Stack.push_back({&E, 0});
  };
  if (!(First.*What))
    Begin(First);
  while (!Stack.empty()) {
    auto &[E, Next] = Stack.back();
    llvm::ArrayRef<Entry *> Bodies = references(*E).Bodies;
    if (Next == Bodies.size() || (E->*What).value()) {
      Stack.pop_back();
    } else if (Entry &Body = *Bodies[Next]; !(Body.*What)) {
      Begin(Body);
    } else {
      ++Next;
      E->*What = (Body.*What).value() && HasFrom(Body);
    }
  }
  return (First.*What).value();
}

/// Whether a caller that deals with resources has to know what this function does.
bool Analyzer::Implementation::isRelevant(Entry &E) {
  return ask(
      E, &Entry::Relevant,
      [this](Entry &Asked) {
        return references(Asked).ModelMatters ||
               Unit.reachesRecord(Asked.Function, [&](llvm::StringRef Record) {
                 return !Models.resourceOfType(Record).empty();
               });
      },
      [](Entry &) { return true; });
}

/// Whether there may be something to find in this function: it may come to owe a release, or releases itself.
bool Analyzer::Implementation::isRoot(Entry &E) {
  return ask(
      E, &Entry::Root, [this](Entry &Asked) { return references(Asked).ModelOwns; },
      [this](Entry &Body) {
        if (Body.IsBuiltin || !isRelevant(Body))
          return false;
        analyze(Body);
        return Body.Effects && changesOwnership(*Body.Effects);
      });
}

/// Whether the body is seen to throw, or to call what does; some of that may be caught.
bool Analyzer::Implementation::throws(Entry &E) {
  return ask(
      E, &Entry::Throws,
      [this](Entry &Asked) { return Unit.throws(Asked.Function) || references(Asked).Throws; },
      [](Entry &) { return true; });
}

/// Whether it may throw otherwise.
bool Analyzer::Implementation::mayThrow(Entry &E) {
  return ask(
      E, &Entry::MayThrow, [this](Entry &Asked) { return references(Asked).MayThrow; },
      [](Entry &) { return true; });
}

/// Whether what is missing in a body, or in one that it leads to, may be what keeps a finding away: a
/// release, or that it does not return.
bool Analyzer::Implementation::isBroken(Entry &E) {
  return Unit.hasErrors() &&
         ask(
             E, &Entry::Broken, [this](Entry &Asked) { return !Unit.isWhole(Asked.Function); },
             [](Entry &) { return true; });
}

/// A function after those that it calls, on a stack as in `ask`. In a circle of calls the last one knows
/// nothing of the first.
void Analyzer::Implementation::analyze(Entry &First) {
  llvm::SmallVector<Entry *, 32> Stack{&First};
  while (!Stack.empty()) {
    Entry &E = *Stack.back();
    if (!E.Done && !E.Running) {
      lower(E);
      if (E.Facts)
        for (const Callee &C : llvm::reverse(E.Facts->Callees))
          if (Entry *Body = bodyOf(C); Body && !Body->Running && mattersToCallers(*Body))
            Stack.push_back(Body);
      continue;
    }
    if (!E.Done)
      follow(E);
    Stack.pop_back();
  }
}

void Analyzer::Implementation::lower(Entry &E) {
  E.Running = true;
  StageClock::Stage Outer = Clock.enter(StageClock::Stage::Facts);
  E.Facts = factsOf(E);
  Clock.enter(Outer);
}

void Analyzer::Implementation::follow(Entry &E) {
  StageClock::Stage Outer = Clock.enter(StageClock::Stage::Paths);
  if (E.Facts) {
    E.Result = explore(*E.Facts, Models, Lookup, Bounds, E.Held);
    E.Effects = std::make_shared<Summary>(E.Result.Effects);
  } else if (Unit.hasErrors()) {
    E.Result.GaveUp = GiveUp::Errors;
  } else {
    E.Result.GaveUp = GiveUp::Blocks;
    E.Result.GaveUpAfter = Bounds.Blocks;
  }
  Clock.enter(Outer);
  E.Facts.reset();
  E.Running = false;
  E.Done = true;
}

/// Whether the effects of a call are those of this body. Short ones tell what other members go by.
bool Analyzer::Implementation::mattersToCallers(Entry &E) {
  return !E.IsBuiltin && (E.IsShort || isRelevant(E) || throws(E));
}

/// Of a function with a body that deals with resources; else null.
const Summary *Analyzer::Implementation::effectsOf(FunctionId Function) {
  Entry *E = find(Function);
  if (!E || E->IsBuiltin || !isRelevant(*E) || isBroken(*E))
    return nullptr;
  analyze(*E);
  return E->Result.GaveUp == GiveUp::No ? E->Effects.get() : nullptr;
}

/// Constructors and destructors tell what other members can count on. Those are looked at once more with it.
void Analyzer::Implementation::learnHeldMembers(const OwnerClasses &Owners) {
  llvm::SmallVector<Entry *, 8> Again;
  for (const ClassDescription &Class : Unit.classes())
    for (const std::vector<FunctionId> *Members : {&Class.Assignments, &Class.Methods})
      for (FunctionId Member : *Members)
        if (Entry *E = find(Member)) {
          E->Held = Owners.heldAtEntry(Class, Member);
          if (!E->Held.empty())
            Again.push_back(E);
        }
  for (Entry *E : Again)
    E->Done = false;
}

/// The body that a call is known to reach, where no model says what the call does.
Analyzer::Implementation::Entry *Analyzer::Implementation::bodyOf(const Callee &C) {
  if (C.Name.empty() || !C.HasBody || Declared.findOwnership(C.Name, C.Annotations, C.HasBody))
    return nullptr;
  return ByUsr.lookup(C.Usr);
}

std::shared_ptr<const Summary> Analyzer::Implementation::summaryOf(const Callee &C) {
  if (C.Name.empty())
    return nullptr;
  const std::string &Key = C.Annotations.empty() ? C.Name : C.Usr;
  if (auto It = ModelSummaries.find(Key); It != ModelSummaries.end())
    return It->second;
  if (const Model *M = Declared.findOwnership(C.Name, C.Annotations, C.HasBody))
    return ModelSummaries[Key] = std::make_shared<Summary>(summarize(*M, Models, C));
  Entry *Body = bodyOf(C);
  if (Body && C.IsVirtual && !(mattersToCallers(*Body) && Body->Effects && takesArguments(*Body->Effects)))
    Body = nullptr;
  if (!Body)
    return foreign(C);
  const Model *Said = C.MayThrow ? Declared.find(C.Name, C.Annotations) : nullptr;
  const bool Never = Said && Said->Throws == Model::Throwing::Never;
  if (mattersToCallers(*Body))
    return Never && Body->Effects ? withoutExceptions(*Body->Effects) : Body->Effects;
  return harmless(!Never && C.MayThrow && mayThrow(*Body));
}

/// What is known of a function when neither a body nor a model says what it does to resources.
std::shared_ptr<const Summary> Analyzer::Implementation::foreign(const Callee &C) {
  auto [It, New] = Foreign.try_emplace(C.Usr);
  if (New) {
    auto S = std::make_shared<Summary>();
    S->IsForeign = true;
    if (C.MayThrow)
      if (auto Thrown = thrownBy(Declared.find(C.Name, C.Annotations), C))
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
  const OwnerClasses Owners(Impl->Unit, [this](FunctionId Function) { return Impl->effectsOf(Function); });
  Impl->learnHeldMembers(Owners);
  for (Implementation::Entry *E : InScope)
    if (!E->Held.empty() || Impl->isRoot(*E))
      Impl->analyze(*E);
  llvm::erase_if(InScope, [&](Implementation::Entry *E) { return Impl->isBroken(*E); });
  std::set<std::string> Borrowers;
  for (const auto &E : Impl->Entries)
    Borrowers.insert(E->Result.Borrowers.begin(), E->Result.Borrowers.end());
  for (const Implementation::Entry *E : InScope)
    for (const Finding &F : E->Result.Findings) {
      All.push_back(F);
      if (!F.Awaits.empty() &&
          llvm::all_of(F.Awaits, [&](const auto &Usr) { return Borrowers.contains(Usr); }))
        All.back().Trust = Confidence::High;
      All.back().File = Impl->Unit.definition(E->Function)->File;
    }
  for (const ClassDescription &Class : Impl->Unit.classes())
    llvm::append_range(All, Owners.findings(Class));
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
  auto FactsOf = [this](const Callee &C) -> std::shared_ptr<const FunctionFacts> {
    auto It = Impl->ByUsr.find(C.Usr);
    if (It == Impl->ByUsr.end())
      return nullptr;
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
