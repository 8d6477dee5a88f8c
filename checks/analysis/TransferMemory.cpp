#include "Transfer.h"

namespace connsan {

static_assert(ValueTable::NoField == Liveness::Whole);

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

std::string Transfer::nameOf(RegionId R) const {
  const Region &What = Values.regionAt(R);
  switch (What.What) {
  case Region::Kind::Variable:
    return Facts.Variables[What.Parent].Name;
  case Region::Kind::Field: {
    std::string Of = nameOf(What.Parent);
    if (Of.empty())
      return "";
    bool Through = Values.regionAt(What.Parent).What == Region::Kind::Pointee;
    if (Through && Of == "*this")
      return Names[What.Index];
    return (Through ? Of.substr(1) + "->" : Of + ".") + Names[What.Index];
  }
  case Region::Kind::Element: {
    std::string Of = nameOf(What.Parent);
    return Of.empty() ? Of : Of + "[" + std::to_string(What.Index) + "]";
  }
  case Region::Kind::Pointee: {
    const Symbol &Pointer = Values.symbolAt(What.Parent);
    if (Pointer.What != Symbol::Kind::Initial)
      return "";
    std::string Of = nameOf(Pointer.A);
    return Of.empty() ? Of : "*" + Of;
  }
  }
  return "";
}

/// The name of a place that holds the symbol, for messages.
std::string Transfer::holderOf(const State &In, SymbolId S) const {
  for (const auto &[Where, Held] : In.Memory)
    if (Held.isSymbol() && Held.Id == S)
      if (std::string Name = nameOf(Where); !Name.empty())
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
      Path.Global = Facts.Variables[What.Parent].Name;
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
    return In.Memory[R] = unknownIn(In, R, CurrentSite);
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
  Value Old = Known ? *Known : load(Now, R);
  bool StaysNull = V.isNull() && Old.isSymbol() && Now.rangeOf(Old.Id).single() == 0;
  if (Old == V || StaysNull)
    return;
  llvm::SmallVector<std::pair<RegionId, SymbolId>, 2> Gone;
  if (What == ObjectAccess)
    Now.Memory.eraseIf([&](const auto &Entry) {
      if (!Values.isWithin(Entry.first, R))
        return false;
      if (Entry.second.isSymbol())
        Gone.push_back({Entry.first, Entry.second.Id});
      return true;
    });
  else if (Known && Known->isSymbol())
    Gone.push_back({R, Known->Id});
  if (Outlives && Gone.empty() && Old.isSymbol())
    Gone.push_back({R, Old.Id});
  if (const Obligation *New = V.isSymbol() ? Now.Obligations.find(V.Id) : nullptr;
      Outlives && New && New->Acquired)
    noteLostTrack(Now, R, Old);
  Now.Memory[R] = V;
  for (const auto &[Where, Lost] : Gone) {
    if (V.isSymbol() && V.Id == Lost)
      continue;
    const Obligation *Owed = Now.Obligations.find(Lost);
    bool Owned =
        Owed &&
        (Owed->Now == Obligation::Phase::Held ||
         (Outlives && (Owed->Now == Obligation::Phase::Stored || Owed->Now == Obligation::Phase::Used)));
    if (!Owned || isReferenced(Now, Lost))
      continue;
    // Two turns of a loop may mean two places where the place has no name.
    if (std::string Name = nameOf(Where); Owed->Now == Obligation::Phase::Held || !Name.empty())
      report(Now, Lost, FindingKind::Overwritten, Point, std::move(Name));
    else
      Now.Obligations.erase(Lost);
  }
  if (!Outlives)
    return;
  if (V.isSymbol()) {
    if (Obligation *Owed = Now.Obligations.find(V.Id)) {
      Out.transferred(*Owed, CurrentSite);
      bool WasHeld = Owed->Now == Obligation::Phase::Held;
      if (WasHeld)
        Owed->Now = Owed->Acquired ? Obligation::Phase::Stored : Obligation::Phase::Transferred;
      if (WasHeld && Resources[Owed->Resource] == MemoryResource)
        escape(Now, Value::address(Values.pointee(V.Id)));
    }
  }
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
    In.Fates[R] = {Obligation::Phase::Transferred, resource("")};
}

bool Transfer::isReferenced(const State &In, SymbolId S) const {
  for (const auto &[Where, Held] : In.Memory)
    if (Held.isSymbol() && Held.Id == S)
      return true;
  return false;
}

/// A symbol for the result of a fact, other than those of earlier visits that are still in use.
Value Transfer::freshResult(Frame &In, Site At) {
  State &Now = In.Now;
  constexpr std::uint32_t Most = 3;
  SymbolId S = 0;
  auto InUse = [&] {
    return Now.Obligations.find(S) || llvm::any_of(Now.Memory, [&](const auto &Entry) {
             return Entry.second.mentionsSymbol() && Values.dependsOn(Entry.second.Id, S);
           });
  };
  std::uint32_t Generation = 0;
  do
    S = Values.symbol({Symbol::Kind::Result, At, Generation++, {}, {}});
  while (InUse() && Generation < Most);
  if (InUse()) {
    // Too many at once: the oldest are followed no longer.
    escape(Now, Value::symbol(S));
    for (auto &[Where, Held] : Now.Memory)
      if (Held.mentionsSymbol() && Values.dependsOn(Held.Id, S))
        Held = unknownIn(Now, Where, At);
  }
  forgetSymbol(Now, S);
  RegionId Behind = Values.pointee(S);
  Now.Memory.eraseIf([&](const auto &Entry) { return Values.root(Entry.first) == Behind; });
  return Value::symbol(S);
}

/// What was known of an earlier value of the same name holds for the new one no longer.
void Transfer::forgetSymbol(State &In, SymbolId S) const {
  In.Obligations.eraseIf([&](const auto &Entry) { return Values.dependsOn(Entry.first, S); });
  In.Ranges.eraseIf([&](const auto &Entry) { return Values.dependsOn(Entry.first, S); });
}

/// What a place holds after something unknown was written to it.
Value Transfer::unknownIn(State &In, RegionId Where, Site At) {
  SymbolId Next = Values.symbolCount();
  SymbolId S = Values.symbol({Symbol::Kind::Written, At, Where, {}, {}});
  if (S == Next)
    return Value::symbol(S);
  // It was met before, in an earlier turn of a loop: what was behind it then is elsewhere now.
  forgetSymbol(In, S);
  In.Memory.eraseIf([&](const auto &Entry) {
    const Region &Root = Values.regionAt(Values.root(Entry.first));
    return Root.What == Region::Kind::Pointee && Values.dependsOn(Root.Parent, S);
  });
  return Value::symbol(S);
}

/// What was known of a resource's properties holds no longer; places that hold the old ones keep their
/// values.
void Transfer::mutate(State &In, SymbolId S, Site At) {
  auto Depends = [&](SymbolId Other) { return Other != S && Values.derivesFrom(Other, S); };
  for (auto &[Where, Held] : In.Memory)
    if (Held.mentionsSymbol() && Depends(Held.Id)) {
      Range Known = In.rangeOf(Held.Id);
      Held.Id = unknownIn(In, Where, At).Id;
      if (!Known.isAny())
        In.Ranges[Held.Id] = Known;
    }
  In.Ranges.eraseIf([&](const auto &Entry) { return Depends(Entry.first); });
}

/// A callee was given the address of R and may have written anything there.
void Transfer::forgetContents(Frame &In, RegionId R, Site At, bool MayKeep) {
  State &Now = In.Now;
  bool KeepsAll = false;
  Now.Memory.eraseIf([&](auto &Entry) {
    if (!Values.isWithin(Entry.first, R))
      return false;
    Obligation *Owed = Entry.second.isSymbol() ? Now.Obligations.find(Entry.second.Id) : nullptr;
    if (!Owed || Owed->Now != Obligation::Phase::Held)
      return true;
    if (MayKeep)
      Owed->handOver({At, Handover::Reading::LikelyKeep});
    KeepsAll |= Entry.first == R;
    return false;
  });
  if (!KeepsAll)
    Now.Memory[R] = Value{};
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
      In.Memory[S.A] = Value{};
  };
  for (const auto &[Known, Limits] : In.Ranges)
    Forget(Known);
  for (const auto &[Known, Owed] : In.Obligations)
    Forget(Known);
  for (auto &[Where, Held] : In.Memory)
    if (outlivesFunction(In, Where) && !isOutParameter(Where))
      Held = Value{};
  In.Obligations.eraseIf([&](const auto &Entry) {
    bool Elsewhere =
        Entry.second.Now == Obligation::Phase::Stored || Entry.second.Now == Obligation::Phase::Used;
    return Elsewhere && !isReferenced(In, Entry.first);
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
    In.Fates[Where] = {Certain ? Owed.Now : Obligation::Phase::Transferred, Owed.Resource};
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

void Transfer::collectGarbage(State &In, const Liveness::Places &Here, const Value &Needed) {
  auto HoldsObligation = [&](const Value &V) { return V.isSymbol() && In.Obligations.find(V.Id); };
  In.Memory.eraseIf([&](auto &Entry) {
    const Region &Root = Values.regionAt(Values.root(Entry.first));
    if (Root.What != Region::Kind::Variable)
      return false;
    std::uint32_t Field = Values.fieldOf(Entry.first);
    if (Live.isTested(Here, Root.Parent, Field))
      return false;
    if (Live.isRead(Here, Root.Parent, Field)) {
      if (Entry.second.isAddress() || HoldsObligation(Entry.second) ||
          (Entry.second.isSymbol() && isOfCaller(Entry.second.Id)))
        return false;
      Entry.second = Value{};
      if (Facts.Variables[Root.Parent].Where == Variable::Storage::Global) {
        Out.written(Entry.first);
        return true;
      }
      return !Facts.isParameter(Root.Parent) && !Live.isEverTested(Root.Parent);
    }
    // A dead variable still holds what it has to release until its scope ends; a temporary does not.
    const Obligation *Owed = Entry.second.isSymbol() ? In.Obligations.find(Entry.second.Id) : nullptr;
    return Facts.Variables[Root.Parent].Where == Variable::Storage::Temporary || !Owed ||
           Owed->Now != Obligation::Phase::Held;
  });
  llvm::SmallVector<SymbolId, 16> Held;
  for (const auto &[Where, V] : In.Memory) {
    if (V.mentionsSymbol())
      Held.push_back(V.Id);
    else if (V.isAddress())
      if (const Region &Root = Values.regionAt(Values.root(V.Id)); Root.What == Region::Kind::Pointee)
        Held.push_back(Root.Parent);
  }
  for (const Value &V : {In.Returned, Needed})
    if (V.mentionsSymbol())
      Held.push_back(V.Id);
  if (Needed.mentionsSymbol())
    for (const Value &V : {Values.symbolAt(Needed.Id).Left, Values.symbolAt(Needed.Id).Right})
      if (V.mentionsSymbol())
        Held.push_back(V.Id);
  std::sort(Held.begin(), Held.end());
  // A symbol is live while a place holds it, or while evaluating something again can produce it.
  auto IsLive = [&](auto &Self, SymbolId S) -> bool {
    if (std::binary_search(Held.begin(), Held.end(), S) || In.Obligations.find(S))
      return true;
    const Symbol What = Values.symbolAt(S);
    if (What.What == Symbol::Kind::Initial) {
      if (callerAsksFor(What.A))
        return true;
      if (In.Memory.find(What.A))
        return false;
      const Region &Root = Values.regionAt(Values.root(What.A));
      return Root.What == Region::Kind::Variable ? Live.isTested(Here, Root.Parent, Values.fieldOf(What.A))
                                                 : Self(Self, Root.Parent);
    }
    if (What.What == Symbol::Kind::Derived)
      return (!What.Left.mentionsSymbol() || Self(Self, What.Left.Id)) &&
             (!What.Right.mentionsSymbol() || Self(Self, What.Right.Id));
    return false;
  };
  In.Obligations.eraseIf([&](const auto &Entry) {
    const auto &[S, Owed] = Entry;
    if (Owed.Now == Obligation::Phase::Held || std::binary_search(Held.begin(), Held.end(), S))
      return false;
    if (!Owed.Acquired && isOfCaller(S)) {
      const Symbol What = Values.symbolAt(S);
      if (What.What == Symbol::Kind::Initial && !In.Memory.find(What.A))
        return false;
      settle(In, S, Owed);
    }
    return true;
  });
  In.Ranges.eraseIf([&](const auto &Entry) { return !IsLive(IsLive, Entry.first); });
  In.Memory.eraseIf([&](const auto &Entry) {
    const Region &Root = Values.regionAt(Values.root(Entry.first));
    return Root.What == Region::Kind::Pointee && !IsLive(IsLive, Root.Parent) &&
           !HoldsObligation(Entry.second);
  });
}

} // namespace connsan
