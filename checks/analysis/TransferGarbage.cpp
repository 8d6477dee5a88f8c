#include "Transfer.h"

#include "llvm/Support/ErrorHandling.h"

namespace connsan {

/// Forgets what nothing can ask for any more. What was known when the block was entered is clean but for what
/// has changed or died since, so only that is looked at, and what depends on it.
class Transfer::GarbageCollector {
public:
  GarbageCollector(Transfer &Step, State &In, const Liveness::Places &Here)
      : Step(Step), Values(Step.Values), In(In), Here(Here) {}

  void addChanges(const State &Before);
  void addDeaths(BlockId From, BlockId To);
  /// Something that kept S may have gone.
  void loosen(SymbolId S) {
    if (Values.hasDependents(S) || In.Ranges.find(S) || In.Obligations.find(S))
      Loose.push_back(S);
  }
  void collect();
  /// The symbols of which something may have gone.
  llvm::ArrayRef<SymbolId> visited() const { return Visited.getArrayRef(); }

private:
  void loosen(const Value &V);
  bool isHeld(SymbolId S) const;
  bool isLive(SymbolId S) const;
  bool holdsObligation(const Value &V) const { return V.isSymbol() && In.Obligations.find(V.Id); }
  /// What becomes of the content of a place.
  enum class Verdict : std::uint8_t { Keep, Forget, Erase };
  Verdict judge(RegionId R, const Value &Held) const;
  void visitPlace(RegionId R);
  void visitSymbol(SymbolId S);
  void bury(SymbolId S);

  Transfer &Step;
  const ValueTable &Values;
  State &In;
  const Liveness::Places &Here;
  llvm::SmallVector<RegionId, 16> Touched;
  llvm::SmallVector<SymbolId, 16> Loose;
  llvm::SmallSetVector<SymbolId, 16> Visited;
  llvm::SmallDenseSet<SymbolId, 16> Dead;
};

void Transfer::GarbageCollector::loosen(const Value &V) {
  if (V.mentionsSymbol())
    loosen(V.Id);
  else if (V.isAddress())
    if (const Region &Root = Values.regionAt(Values.root(V.Id)); Root.What == Region::Kind::Pointee)
      loosen(Root.Parent);
}

void Transfer::GarbageCollector::addChanges(const State &Before) {
  Memory::allDifferences(Before.Memory, In.Memory, [&](RegionId R, const Value *Old, const Value *New) {
    for (const Value *V : {Old, New})
      if (V)
        loosen(*V);
    Touched.push_back(R);
    return true;
  });
  SharedMap<SymbolId, Range>::eachDifference(Before.Ranges, In.Ranges,
                                             [&](SymbolId S, const Range *, const Range *) { loosen(S); });
  SharedMap<SymbolId, Obligation>::eachDifference(Before.Obligations, In.Obligations,
                                                  [&](SymbolId S, const Obligation *, const Obligation *) {
                                                    loosen(S);
                                                    for (const Memory::Cell &Cell : In.Memory.cellsAbout(S))
                                                      Touched.push_back(Cell.Where);
                                                  });
  if (!(Before.Returned == In.Returned))
    loosen(Before.Returned);
}

void Transfer::GarbageCollector::addDeaths(BlockId From, BlockId To) {
  for (const auto &[Variable, Field] : Step.Live.deathsBetween(From, To)) {
    RegionId Root = Step.Values.variable(Variable);
    Memory::CellList Cells =
        Field == Liveness::Whole ? In.Memory.within(Root) : In.Memory.inField(Root, Field);
    for (const Memory::Cell &Cell : Cells)
      Touched.push_back(Cell.Where);
    for (SymbolId S : Values.initialsIn(Root, Field))
      loosen(S);
  }
}

bool Transfer::GarbageCollector::isHeld(SymbolId S) const {
  return In.Memory.isAnyAbout(S) || (In.Returned.mentionsSymbol() && In.Returned.Id == S);
}

/// A symbol is live while a place holds it, or while evaluating something again can produce it.
bool Transfer::GarbageCollector::isLive(SymbolId S) const {
  if (isHeld(S) || In.Obligations.find(S))
    return true;
  const Symbol &What = Values.symbolAt(S);
  if (What.What == Symbol::Kind::Initial) {
    if (Step.callerAsksFor(What.A))
      return true;
    if (In.Memory.find(What.A))
      return false;
    const Region &Root = Values.regionAt(Values.root(What.A));
    return Root.What == Region::Kind::Variable ? Step.Live.isTested(Here, Root.Parent, Values.fieldOf(What.A))
                                               : isLive(Root.Parent);
  }
  if (What.What == Symbol::Kind::Derived)
    return (!What.Left.mentionsSymbol() || isLive(What.Left.Id)) &&
           (!What.Right.mentionsSymbol() || isLive(What.Right.Id));
  return false;
}

auto Transfer::GarbageCollector::judge(RegionId R, const Value &Held) const -> Verdict {
  const Region &Root = Values.regionAt(Values.root(R));
  if (Root.What == Region::Kind::Pointee) {
    // What was done on the callers' connection, which may be gone by now.
    const bool IsDeed = Step.isHidden(R) && Step.isOfCaller(Root.Parent);
    return IsDeed || holdsObligation(Held) || isLive(Root.Parent) ? Verdict::Keep : Verdict::Erase;
  }
  const Variable &V = Step.Facts.Variables[Root.Parent];
  std::uint32_t Field = Values.fieldOf(R);
  if (Step.Live.isTested(Here, Root.Parent, Field))
    return Verdict::Keep;
  if (Step.Live.isRead(Here, Root.Parent, Field)) {
    if (Held.isAddress() || holdsObligation(Held) || (Held.isSymbol() && Step.isOfCaller(Held.Id)))
      return Verdict::Keep;
    if (V.Where == Variable::Storage::Global) {
      Step.Out.written(R);
      return Verdict::Erase;
    }
    bool MayHaveChanged = Step.Facts.isParameter(Root.Parent) || Step.Live.isEverTested(Root.Parent);
    return MayHaveChanged ? Verdict::Forget : Verdict::Erase;
  }
  // A dead variable still holds what it has to release until its scope ends; a temporary does not.
  const Obligation *Owed = Held.isSymbol() ? In.Obligations.find(Held.Id) : nullptr;
  bool Holds = V.Where != Variable::Storage::Temporary && Owed && Owed->Now == Obligation::Phase::Held;
  return Holds ? Verdict::Keep : Verdict::Erase;
}

void Transfer::GarbageCollector::visitPlace(RegionId R) {
  if (std::optional<SymbolId> AtEntry = Values.initialOf(R))
    loosen(*AtEntry);
  const Value *Known = In.Memory.find(R);
  if (!Known)
    return;
  const Value Held = *Known;
  switch (judge(R, Held)) {
  case Verdict::Keep:
    return;
  case Verdict::Forget:
    In.Memory.set(R, Value{});
    break;
  case Verdict::Erase:
    In.Memory.erase(R);
    break;
  }
  loosen(Held);
}

void Transfer::GarbageCollector::visitSymbol(SymbolId S) {
  Visited.insert(S);
  if (const Obligation *Owed = In.Obligations.find(S);
      Owed && Owed->Now != Obligation::Phase::Held && !isHeld(S)) {
    const Symbol &What = Values.symbolAt(S);
    bool IsOfCaller = !Owed->Acquired && Step.isOfCaller(S);
    bool IsInPlace = IsOfCaller && What.What == Symbol::Kind::Initial && !In.Memory.find(What.A);
    if (!IsInPlace) {
      if (IsOfCaller)
        Step.settle(In, S, *Owed);
      In.Obligations.erase(S);
    }
  }
  if (!isLive(S))
    bury(S);
}

/// What is known of a dead symbol goes, and all that depended on it may be dead too.
void Transfer::GarbageCollector::bury(SymbolId S) {
  if (!Dead.insert(S).second)
    return;
  In.Ranges.erase(S);
  for (SymbolId Derived : Values.derivedFrom(S))
    loosen(Derived);
  if (std::optional<RegionId> Behind = Values.knownPointee(S)) {
    for (SymbolId Initial : Values.initialsIn(*Behind))
      loosen(Initial);
    for (const Memory::Cell &Cell : In.Memory.within(*Behind))
      Touched.push_back(Cell.Where);
  }
}

void Transfer::GarbageCollector::collect() {
  while (!Touched.empty() || !Loose.empty()) {
    // Places first: what they let go of is then judged once.
    while (!Touched.empty())
      visitPlace(Touched.pop_back_val());
    if (!Loose.empty())
      visitSymbol(Loose.pop_back_val());
  }
}

/// Dies when a collector that looks at everything would find more.
void Transfer::checkClean(const State &In, BlockId At) {
#ifdef CONNSAN_EXPENSIVE_CHECKS
  State Again = In;
  GarbageCollector Collector(*this, Again, Live.atStart(At));
  Collector.addChanges(State(Values));
  Collector.collect();
  if (!(Again == In))
    llvm::report_fatal_error("garbage was left in a state");
#else
  (void)In;
  (void)At;
#endif
}

void Transfer::collectGarbage(State &In, const State &Before, BlockId At) {
  GarbageCollector Collector(*this, In, Live.atStart(At));
  Collector.addChanges(Before);
  Collector.collect();
  checkClean(In, At);
}

void Transfer::leaveBlock(State &In, const State &Before, BlockId From, BlockId To) {
  GarbageCollector Collector(*this, In, Live.atStart(To));
  Collector.addChanges(Before);
  Collector.addDeaths(From, To);
  Collector.collect();
  llvm::SmallVector<SymbolId, 2> Lost;
  for (SymbolId S : Collector.visited())
    if (const Obligation *Owed = In.Obligations.find(S);
        Owed && Owed->Now == Obligation::Phase::Held && Owed->Acquired && !In.Memory.isStored(S))
      Lost.push_back(S);
  llvm::sort(Lost);
  for (SymbolId S : Lost) {
    // When a call throws, what was made for its arguments may be in its hands.
    const bool CallThrows = In.isThrown() && In.Exit == ExitKind::Call;
    if (In.Obligations.find(S)->isTransaction())
      In.Obligations.erase(S);
    else if (CallThrows && In.Thrown.Why != Ground::Seen)
      giveAway(In, S);
    else if (CallThrows)
      report(In, S, FindingKind::Exit, In.ExitAt, "");
    else
      report(In, S, FindingKind::Discarded, {}, "");
    Collector.loosen(S);
  }
  Collector.collect();
  checkClean(In, To);
}

} // namespace connsan
