#include "Transfer.h"

namespace connsan {

static_assert(ValueTable::NoField == Liveness::Whole);

static bool mentionsSymbol(const Memory::Cell &Cell) {
  return Cell.Held.mentionsSymbol();
}

std::optional<RegionId> Transfer::pointedTo(const Value &V) {
  if (V.isAddress())
    return V.Id;
  if (V.isSymbol())
    return Values.pointee(V.Id);
  return std::nullopt;
}

bool Transfer::outlivesFunction(const State &In, RegionId R) const {
  RegionId Root = Values.root(R);
  const Region &What = Values.regionAt(Root);
  if (What.What == Region::Kind::Variable)
    return Facts.Variables[What.Parent].Where == Variable::Storage::Global || In.isEscaped(Root);
  const Obligation *Heap = In.Obligations.find(What.Parent);
  return !Heap || Heap->Now != Obligation::Phase::Held || Resources[Heap->Resource] != MemoryResource;
}

/// How the source names a place; empty when it does not. `Pointee` names what has no name but for now.
std::string Transfer::nameOf(RegionId R, llvm::StringRef Pointee) const {
  const Region &What = Values.regionAt(R);
  switch (What.What) {
  case Region::Kind::Variable:
    return Facts.Variables[What.Parent].Name;
  case Region::Kind::Field: {
    const Region &Whole = Values.regionAt(What.Parent);
    if (Whole.What == Region::Kind::Variable)
      for (const Variable::Binding &B : Facts.Variables[Whole.Parent].Bindings)
        if (B.Field == Names[What.Index])
          return B.Name;
    std::string Of = nameOf(What.Parent, Pointee);
    if (Of.empty())
      return "";
    if (llvm::StringRef(Names[What.Index]).starts_with("*") || isHidden(R)) // what a smart pointer holds
      return Of;
    bool Through = Whole.What == Region::Kind::Pointee && Of.front() == '*';
    if (Through && Of == "*this")
      return Names[What.Index];
    return (Through ? Of.substr(1) + "->" : Of + ".") + Names[What.Index];
  }
  case Region::Kind::Element: {
    std::string Of = nameOf(What.Parent, Pointee);
    return Of.empty() ? Of : Of + "[" + std::to_string(What.Index) + "]";
  }
  case Region::Kind::Pointee: {
    const Symbol &Pointer = Values.symbolAt(What.Parent);
    if (Pointer.What != Symbol::Kind::Initial)
      return Pointee.str();
    std::string Of = nameOf(Pointer.A, Pointee);
    const Region &Where = Values.regionAt(Pointer.A);
    bool IsObject = Where.What == Region::Kind::Variable && Facts.Variables[Where.Parent].IsObject;
    return Of.empty() || IsObject ? Of : "*" + Of;
  }
  }
  return "";
}

/// The same, where the state tells what points there.
std::string Transfer::nameIn(const State &In, RegionId R) const {
  const Region &Root = Values.regionAt(Values.root(R));
  std::string Pointee;
  if (Root.What == Region::Kind::Pointee)
    for (const auto &[Where, Held] : In.Memory.cellsAbout(Root.Parent))
      if (std::string Name = nameOf(Where); Held.isSymbol() && Pointee.empty() && !Name.empty())
        Pointee = "*" + Name;
  return nameOf(R, Pointee);
}

/// The name of a place that holds the symbol, for messages.
std::string Transfer::holderOf(const State &In, SymbolId S) const {
  for (const auto &[Where, Held] : In.Memory.cellsAbout(S))
    if (Held.isSymbol())
      if (std::string Name = nameIn(In, Where); !Name.empty())
        return Name;
  const Symbol &What = Values.symbolAt(S);
  return What.What == Symbol::Kind::Initial && !In.Memory.find(What.A) ? nameOf(What.A) : "";
}

std::optional<AccessPath> Transfer::accessPath(RegionId R) const {
  const Region &What = Values.regionAt(R);
  constexpr std::size_t Longest = 6;
  switch (What.What) {
  case Region::Kind::Variable: {
    AccessPath Path;
    if (Facts.Variables[What.Parent].Where == Variable::Storage::Global) {
      Path.From = AccessPath::Root::Global;
      Path.Global = Facts.Variables[What.Parent].ProgramName;
      return Path;
    }
    auto Parameter = llvm::find(Facts.Parameters, What.Parent);
    if (Parameter == Facts.Parameters.end())
      return std::nullopt;
    Path.Argument = Parameter - Facts.Parameters.begin();
    return Path;
  }
  case Region::Kind::Field: {
    std::optional<AccessPath> Path = accessPath(What.Parent);
    if (!Path || Path->Hops.size() >= Longest)
      return std::nullopt;
    // A field of a parameter that was passed by value is the callee's own.
    if (Path->Hops.empty() && Path->From == AccessPath::Root::Argument)
      return std::nullopt;
    Path->Hops.push_back({Names[What.Index]});
    return Path;
  }
  case Region::Kind::Element:
    return std::nullopt;
  case Region::Kind::Pointee: {
    const Symbol &Pointer = Values.symbolAt(What.Parent);
    if (Pointer.What != Symbol::Kind::Initial)
      return std::nullopt;
    std::optional<AccessPath> Path = accessPath(Pointer.A);
    if (!Path || Path->Hops.size() >= Longest)
      return std::nullopt;
    Path->Hops.push_back({});
    return Path;
  }
  }
  return std::nullopt;
}

Value Transfer::load(State &In, RegionId R) {
  if (const Value *Known = In.Memory.find(R)) {
    if (Known->What != Value::Kind::Undefined)
      return *Known;
    Value Unknown = unknownIn(In, R, CurrentSite);
    In.Memory.set(R, Unknown);
    return Unknown;
  }
  const Region What = Values.regionAt(R);
  if (What.What == Region::Kind::Variable && !Facts.isParameter(What.Parent) &&
      !Live.isEverTested(What.Parent))
    return {};
  // A part of something that was written as a whole.
  if (What.What == Region::Kind::Field || What.What == Region::Kind::Element) {
    Value Whole = load(In, What.Parent);
    if (Whole.isNull() || Whole.What == Value::Kind::Undefined)
      return Whole;
    bool IsInitial = Whole.isSymbol() && Values.symbolAt(Whole.Id).What == Symbol::Kind::Initial;
    if (Whole.isSymbol() && !IsInitial)
      return Value::symbol(
          Values.symbol({Symbol::Kind::Derived, derivation::PartOf, 0, Whole, Value::integer(What.Index)}));
  }
  return Value::symbol(Values.symbol({Symbol::Kind::Initial, R, 0, {}, {}}));
}

void Transfer::store(Frame &In, RegionId R, const Value &V, Access What, SourcePoint Point) {
  State &Now = In.Now;
  bool Outlives = outlivesFunction(Now, R);
  const Value *Known = Now.Memory.find(R);
  const bool WasKnown = Known;
  Value Old = Known ? *Known : load(Now, R);
  bool StaysNull = V.isNull() && Old.isSymbol() && Now.rangeOf(Old.Id).single() == 0;
  if (Old == V || StaysNull)
    return;
  llvm::SmallVector<std::pair<RegionId, SymbolId>, 2> Gone;
  if (What == ObjectAccess) {
    for (const auto &[Where, Held] : Now.Memory.within(R)) {
      Now.Memory.erase(Where);
      if (Held.isSymbol())
        Gone.push_back({Where, Held.Id});
    }
  } else if (WasKnown && Old.isSymbol()) {
    Gone.push_back({R, Old.Id});
  }
  if (Outlives && Gone.empty() && Old.isSymbol())
    Gone.push_back({R, Old.Id});
  if (const Obligation *New = V.isSymbol() ? Now.Obligations.find(V.Id) : nullptr;
      Outlives && New && New->Acquired)
    noteLostTrack(Now, R, Old);
  Now.Memory.set(R, V);
  if (What == MovingAccess) {
    // What was somewhere else is in this function's hands again.
    for (const auto &[Where, Taken] : Gone)
      if (const Obligation *Owed = Now.Obligations.find(Taken);
          Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Stored && !Now.Memory.isStored(Taken))
        Now.Obligations.change(Taken)->Now = Obligation::Phase::Held;
    Gone.clear();
  }
  for (const auto &[Where, Lost] : Gone) {
    if (V.isSymbol() && (V.Id == Lost || isSame(Now, Lost, V.Id)))
      continue;
    const Obligation *Owed = Now.Obligations.find(Lost);
    bool Owned =
        Owed &&
        (Owed->Now == Obligation::Phase::Held ||
         (Outlives && (Owed->Now == Obligation::Phase::Stored || Owed->Now == Obligation::Phase::Used)));
    // The callee that overwrites it has used it before: that is its own finding.
    Owned = Owned && !(Owed->Now == Obligation::Phase::Used && Owed->At == CurrentSite);
    if (!Owned || Now.Memory.isStored(Lost) || llvm::is_contained(InHand, Lost))
      continue;
    // Two turns of a loop may mean two places where the place has no name.
    if (std::string Name = nameOf(Where); Owed->Now == Obligation::Phase::Held || !Name.empty())
      report(Now, Lost, FindingKind::Overwritten, Point, Name.empty() ? nameIn(Now, Where) : std::move(Name));
    else
      Now.Obligations.erase(Lost);
  }
  if (!Outlives)
    return;
  if (V.isSymbol()) {
    const bool WasOwed = Now.Obligations.find(V.Id);
    if (Obligation *Owed = Now.Obligations.change(V.Id)) {
      Out.transferred(*Owed, CurrentSite);
      bool WasHeld = Owed->Now == Obligation::Phase::Held;
      if (WasHeld)
        Owed->Now = Owed->Acquired ? Obligation::Phase::Stored : Obligation::Phase::Transferred;
      const bool IsHeap = WasHeld && Resources[Owed->Resource] == MemoryResource;
      if (IsHeap && accessPath(R))
        storeContents(Now, V.Id);
      if (IsHeap)
        escape(Now, Value::address(Values.pointee(V.Id)));
    }
    // The caller follows it there.
    if (isPointerParameter(V.Id) && accessPath(R)) {
      Obligation &Owed = Now.Obligations[V.Id];
      if (!WasOwed) {
        Owed.Resource = resource("");
        Owed.At = CurrentSite;
      }
      if (!WasOwed || Owed.Now == Obligation::Phase::Used)
        Owed.Now = Obligation::Phase::Stored;
      return;
    }
  }
  // A copy in a place that nobody knows: what the caller's object leads to has gone there with it.
  if (What == PointerAccess && V.isSymbol() && isOfCaller(V.Id) && !accessPath(R))
    takenByCallee(Now, V.Id, CurrentSite);
  else
    escape(Now, V);
}

/// What R held at entry went where nobody saw, when unknown code wrote there before.
void Transfer::noteLostTrack(State &In, RegionId R, const Value &Old) {
  if (Old.What != Value::Kind::Undefined && !Old.isSymbol())
    return;
  if (Old.isSymbol()) {
    Symbol::Kind Kind = Values.symbolAt(Old.Id).What;
    if (Kind != Symbol::Kind::Written && Kind != Symbol::Kind::Merged)
      return;
  }
  SymbolId AtEntry = Values.symbol({Symbol::Kind::Initial, R, 0, {}, {}});
  if (callerAsksFor(R) && !In.Obligations.find(AtEntry) && !In.Fates.find(R))
    In.Fates.set(R, {Obligation::Phase::Transferred, resource("")});
}

/// A symbol for the result of a fact, other than those of earlier visits that are still in use.
Value Transfer::freshResult(Frame &In, Site At) {
  State &Now = In.Now;
  constexpr std::uint32_t Most = 3;
  SymbolId S = 0;
  auto InUse = [&] {
    return Now.Obligations.find(S) || llvm::any_of(Values.dependents(S), [&](SymbolId D) {
             return Now.Memory.anyAbout(D, mentionsSymbol);
           });
  };
  std::uint32_t Generation = 0;
  do {
    SymbolId Next = Values.symbolCount();
    S = Values.symbol({Symbol::Kind::Result, At, Generation++, {}, {}});
    if (S == Next)
      return Value::symbol(S);
  } while (InUse() && Generation < Most);
  if (InUse()) {
    // Too many at once: the oldest are followed no longer.
    escape(Now, Value::symbol(S));
    for (SymbolId D : Values.dependents(S))
      for (const auto &[Where, Held] : Now.Memory.cellsAbout(D))
        if (Held.mentionsSymbol())
          Now.Memory.set(Where, unknownIn(Now, Where, At));
  }
  forgetSymbol(Now, S);
  const RegionId Object = Values.pointee(S);
  for (const auto &[Where, Held] : Now.Memory.within(Object))
    Now.Memory.erase(Where);
  Now.endLifetime(Object);
  return Value::symbol(S);
}

/// What was known of an earlier value of the same name holds for the new one no longer.
void Transfer::forgetSymbol(State &In, SymbolId S) const {
  for (SymbolId D : Values.dependents(S)) {
    In.Obligations.erase(D);
    In.Ranges.erase(D);
  }
}

/// What a place holds after something unknown was written to it.
Value Transfer::unknownIn(State &In, RegionId Where, Site At) {
  SymbolId Next = Values.symbolCount();
  SymbolId S = Values.symbol({Symbol::Kind::Written, At, Where, {}, {}});
  if (S == Next)
    return Value::symbol(S);
  // It was met before, in an earlier turn of a loop: what was behind it then is elsewhere now.
  forgetSymbol(In, S);
  for (SymbolId D : Values.dependents(S))
    if (std::optional<RegionId> Behind = Values.knownPointee(D))
      for (const auto &[Part, Held] : In.Memory.within(*Behind))
        In.Memory.erase(Part);
  return Value::symbol(S);
}

/// What was known of a resource's properties holds no longer; places that hold the old ones keep their
/// values.
void Transfer::mutate(State &In, SymbolId S, Site At) {
  for (SymbolId D : Values.derivations(S)) {
    // How a statement went stays so, whoever looks at its result.
    if (D == S || pureFunctionOf(Values.symbolAt(D)) == ResultStatusFunction)
      continue;
    for (auto [Where, Held] : In.Memory.cellsAbout(D))
      if (Held.mentionsSymbol()) {
        Range Known = In.rangeOf(D);
        Held.Id = unknownIn(In, Where, At).Id;
        In.Memory.set(Where, Held);
        if (!Known.isAny())
          In.Ranges.set(Held.Id, Known);
      }
    In.Ranges.erase(D);
  }
}

/// A callee was given the address of R and may have written anything there.
void Transfer::forgetContents(Frame &In, RegionId R, Site At, bool MayKeep) {
  State &Now = In.Now;
  bool KeepsAll = false;
  Memory::CellList Forgotten;
  for (const auto &[Where, Held] : Now.Memory.within(R)) {
    const Obligation *Owed = Held.isSymbol() ? Now.Obligations.find(Held.Id) : nullptr;
    if (isHidden(Where) && Owed) // a transaction
      continue;
    if (!Owed || Owed->Now != Obligation::Phase::Held) {
      Now.Memory.erase(Where);
      Forgotten.push_back({Where, Held});
      continue;
    }
    if (MayKeep)
      Now.Obligations.change(Held.Id)->handOver({At, Handover::Reading::LikelyKeep});
    KeepsAll |= Where == R;
  }
  if (!KeepsAll)
    Now.Memory.set(R, Value{});
  for (const auto &[Where, Held] : Forgotten)
    if (transactionOf(Now, Held))
      forgetPlace(Now, Where, Held, At);
}

/// Unknown code is given an object by somebody who was given it: it may release what that holds.
void Transfer::passOn(State &In, const Value &Object) {
  if (Object.isSymbol() && (isPointerParameter(Object.Id) || isThis(Object.Id))) {
    const std::uint32_t Variable = Values.regionAt(Values.symbolAt(Object.Id).A).Parent;
    Out.passedOn(llvm::find(Facts.Parameters, Variable) - Facts.Parameters.begin());
  }
  if (std::optional<RegionId> R = pointedTo(Object))
    for (const auto &[Where, Held] : In.Memory.within(*R))
      if (const Obligation *Owed = Held.isSymbol() ? In.Obligations.find(Held.Id) : nullptr;
          Owed && !Owed->isTransaction() &&
          (Owed->Now == Obligation::Phase::Held ||
           (Owed->Now == Obligation::Phase::Stored && Owed->Acquired)))
        giveAway(In, Held.Id);
}

/// What an out-parameter points to is most often a variable of the caller, which only those can reach who are
/// given the parameter.
bool Transfer::isOutParameter(RegionId R) const {
  const Region &Where = Values.regionAt(R);
  if (Where.What != Region::Kind::Pointee || !isPointerParameter(Where.Parent))
    return false;
  return Facts.Variables[Values.regionAt(Values.symbolAt(Where.Parent).A).Parent].PointsToPointer;
}

void Transfer::forgetGlobals(State &In) {
  auto Forget = [&](SymbolId Known) {
    const Symbol &S = Values.symbolAt(Known);
    if (S.What == Symbol::Kind::Initial && !In.Memory.find(S.A) && outlivesFunction(In, S.A) &&
        !isOutParameter(S.A))
      forgetPlace(In, S.A, Value::symbol(Known), CurrentSite);
  };
  for (const auto &[Known, Limits] : In.Ranges)
    Forget(Known);
  for (const auto &[Known, Owed] : In.Obligations)
    Forget(Known);
  for (const auto &[Where, Held] : In.Memory.outside())
    if (outlivesFunction(In, Where) && !isOutParameter(Where) && !isHidden(Where))
      forgetPlace(In, Where, Held, CurrentSite);
  for (RegionId Root : In.Escaped)
    for (const auto &[Where, Held] : In.Memory.within(Root))
      if (!isHidden(Where))
        forgetPlace(In, Where, Held, CurrentSite);
  llvm::SmallVector<SymbolId, 2> Kept; // that the function was given, and nobody knows where any more
  for (const auto &[S, Owed] : In.Obligations)
    if (Owed.Now == Obligation::Phase::Stored && !Owed.Acquired && !In.Memory.isStored(S))
      Kept.push_back(S);
  for (SymbolId S : Kept)
    In.Obligations.change(S)->Now = Obligation::Phase::Transferred;
  In.Obligations.eraseIf([&](const auto &Entry) {
    bool Elsewhere =
        Entry.second.Now == Obligation::Phase::Stored || Entry.second.Now == Obligation::Phase::Used;
    return Elsewhere && !In.Memory.isStored(Entry.first);
  });
}

/// Whether a place that the caller can name held it at entry, or holds it since unknown code ran.
bool Transfer::isOfCaller(SymbolId S) {
  const Symbol What = Values.symbolAt(S);
  if (What.What == Symbol::Kind::Initial)
    return callerAsksFor(What.A);
  return (What.What == Symbol::Kind::Written || What.What == Symbol::Kind::Merged) && callerAsksFor(What.B);
}

/// Nothing can reach the resource any more; the caller is told what became of it.
void Transfer::settle(State &In, SymbolId S, const Obligation &Owed) {
  const Symbol What = Values.symbolAt(S);
  bool WasThere = What.What == Symbol::Kind::Initial;
  RegionId Where = WasThere ? What.A : What.B;
  if (Owed.Now == Obligation::Phase::Stored && WasThere) {
    In.Fates.set(Where, {Obligation::Phase::Transferred, Owed.Resource});
    return;
  }
  if (Owed.At == Obligation::AtEntry && Owed.Now == Obligation::Phase::Used)
    return;
  if (Owed.Now == Obligation::Phase::Used && WasThere) {
    Out.borrowed(Where, Owed);
    return;
  }
  // Where a call may have changed the place, what was released there may be what was there before, or not.
  bool Released = Owed.Now == Obligation::Phase::Released;
  if (!Released && Owed.Now != Obligation::Phase::Transferred)
    return;
  bool Certain = Released && WasThere;
  if (const Fate *Known = In.Fates.find(Where); !Known || Certain)
    In.Fates.set(Where, {Certain ? Owed.Now : Obligation::Phase::Transferred, Owed.Resource});
}

/// Whether a caller may want to know what its outcome has to do with what this place held at entry.
bool Transfer::callerAsksFor(RegionId R) {
  if (R >= Audiences.size())
    Audiences.resize(R + 1, Audience::Unknown);
  if (Audiences[R] == Audience::Unknown) {
    // What a function does about a pointer outside depends on that pointer; on other things outside only by
    // chance. What an argument holds is the caller's choice.
    bool Asks = accessPath(R).has_value();
    if (const Region &Root = Values.regionAt(Values.root(R)); Asks && Root.What == Region::Kind::Variable)
      if (const Variable &V = Facts.Variables[Root.Parent]; V.Where == Variable::Storage::Global)
        Asks = V.IsPointer || Live.isOutsidePointer(Root.Parent, Values.fieldOf(R));
    Audiences[R] = Asks ? Audience::Caller : Audience::Nobody;
  }
  return Audiences[R] == Audience::Caller;
}

} // namespace connsan
