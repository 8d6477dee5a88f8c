#include "Transfer.h"

#include "model/Names.h"

namespace connsan {
namespace {

/// Function numbers of derived symbols: comparisons and negation first, then what `Fact::Immediate` names,
/// then pure functions by name, then loads of a part of something loaded whole.
enum : std::uint32_t { LessThan = 1, EqualTo, FirstArithmetic = 16, FirstPure = 1 << 12, PartOf = 1 << 30 };

CompareOp mirror(CompareOp Op) {
  switch (Op) {
  case CompareOp::Less:
    return CompareOp::Greater;
  case CompareOp::LessEqual:
    return CompareOp::GreaterEqual;
  case CompareOp::Greater:
    return CompareOp::Less;
  case CompareOp::GreaterEqual:
    return CompareOp::LessEqual;
  default:
    return Op;
  }
}

bool mentionsSymbol(const Value &V) {
  return V.What == Value::Kind::Symbol || V.What == Value::Kind::Predicate;
}

} // namespace

Transfer::Transfer(const FunctionFacts &Facts, ValueTable &Values, const ModelSet &Models,
                   const SummaryLookup &Lookup, Observer &Out)
    : Facts(Facts), Values(Values), Models(Models), Lookup(Lookup), Out(Out) {}

void Transfer::enterBlock(BlockId Block) {
  CurrentBlock = Block;
}

Value Transfer::valueOf(const Frame &In, Reg R) const {
  return R < In.Registers.size() ? In.Registers[R] : Value{};
}

void Transfer::set(Frame &In, Reg R, const Value &V) {
  In.Registers.resize(std::max<std::size_t>(In.Registers.size(), R + 1));
  In.Registers[R] = V;
}

std::uint16_t Transfer::resource(llvm::StringRef Name) {
  auto Known = llvm::find(Resources, Name);
  if (Known == Resources.end())
    Known = Resources.insert(Known, Name.str());
  return Known - Resources.begin();
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
      return Facts.Strings[What.Index];
    return (Through ? Of.substr(1) + "->" : Of + ".") + Facts.Strings[What.Index];
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

Value Transfer::load(State &In, RegionId R) {
  if (const Value *Known = In.Memory.find(R))
    return *Known;
  // A part of something that was written as a whole.
  const Region &What = Values.regionAt(R);
  if (What.What == Region::Kind::Field || What.What == Region::Kind::Element) {
    Value Whole = load(In, What.Parent);
    if (Whole.isNull())
      return Whole;
    bool IsInitial = Whole.isSymbol() && Values.symbolAt(Whole.Id).What == Symbol::Kind::Initial;
    if (Whole.isSymbol() && !IsInitial)
      return Value::symbol(
          Values.symbol({Symbol::Kind::Derived, PartOf, 0, Whole, Value::integer(What.Index)}));
  }
  return Value::symbol(Values.symbol({Symbol::Kind::Initial, R, 0, {}, {}}));
}

bool Transfer::isReferenced(const State &In, SymbolId S) const {
  for (const auto &[Where, Held] : In.Memory)
    if (Held.isSymbol() && Held.Id == S)
      return true;
  return false;
}

void Transfer::report(State &In, SymbolId S, FindingKind Kind, SourcePoint At, std::string Holder,
                      std::string By) {
  Obligation *Owed = In.Obligations.find(S);
  if (Resources[Owed->Resource] != MemoryResource) {
    Violation V;
    V.Kind = Kind;
    V.Resource = S;
    V.Owed = *Owed;
    V.Exit = In.Exit;
    V.At = At;
    V.Holder = std::move(Holder);
    V.By = std::move(By);
    V.AfterFatalName = In.AfterFatalName;
    V.Path = In.Path;
    Out.violated(V);
  }
  In.Obligations.erase(S);
}

/// False when the resource was released before, which is then reported.
bool Transfer::checkUsable(State &In, SymbolId S, SourcePoint At, llvm::StringRef By) {
  const Obligation *Owed = In.Obligations.find(S);
  if (!Owed || Owed->Now != Obligation::Phase::Released)
    return true;
  report(In, S, FindingKind::UsedAfterRelease, At, holderOf(In, S), By.str());
  return false;
}

void Transfer::checkLost(Frame &In, SymbolId S, FindingKind Kind, SourcePoint At, std::string Holder) {
  const Obligation *Owed = In.Now.Obligations.find(S);
  if (Owed && Owed->Now == Obligation::Phase::Held && !isReferenced(In.Now, S))
    report(In.Now, S, Kind, At, std::move(Holder));
}

void Transfer::store(Frame &In, RegionId R, const Value &V, Site At, SourcePoint Point) {
  State &Now = In.Now;
  bool Outlives = outlivesFunction(Now, R);
  Value Old = load(Now, R);
  if (Old == V)
    return;
  llvm::SmallVector<std::pair<RegionId, SymbolId>, 2> Gone;
  Now.Memory.eraseIf([&](const auto &Entry) {
    if (!Values.isWithin(Entry.first, R))
      return false;
    if (Entry.second.isSymbol())
      Gone.push_back({Entry.first, Entry.second.Id});
    return true;
  });
  if (Outlives && Gone.empty() && Old.isSymbol())
    Gone.push_back({R, Old.Id});
  Now.Memory[R] = V;
  for (const auto &[Where, Lost] : Gone) {
    if (V.isSymbol() && V.Id == Lost)
      continue;
    const Obligation *Owed = Now.Obligations.find(Lost);
    bool Owned =
        Owed &&
        (Owed->Now == Obligation::Phase::Held ||
         (Outlives && (Owed->Now == Obligation::Phase::Stored || Owed->Now == Obligation::Phase::Used)));
    if (Owned && !isReferenced(Now, Lost))
      report(Now, Lost, FindingKind::Overwritten, Point, nameOf(Where));
  }
  if (!Outlives)
    return;
  if (V.isSymbol()) {
    if (Obligation *Owed = Now.Obligations.find(V.Id)) {
      Out.transferred(*Owed);
      if (Owed->Now == Obligation::Phase::Held)
        Owed->Now = Owed->Acquired ? Obligation::Phase::Stored : Obligation::Phase::Transferred;
    }
    const Symbol &Source = Values.symbolAt(V.Id);
    bool IsParameter =
        Source.What == Symbol::Kind::Initial && Values.regionAt(Source.A).What == Region::Kind::Variable;
    if (IsParameter && !(Old == V)) {
      Obligation &Given = Now.Obligations[V.Id];
      if (Given.Now == Obligation::Phase::Held || Given.Now == Obligation::Phase::Used) {
        Given.Now = Obligation::Phase::Transferred;
        Given.Resource = resource("");
        Given.At = At;
      }
    }
  }
  escape(Now, V);
}

void Transfer::giveAway(State &In, SymbolId S) {
  Obligation *Owed = In.Obligations.find(S);
  if (!Owed || Owed->Now == Obligation::Phase::Released || Owed->Now == Obligation::Phase::Transferred)
    return;
  Out.transferred(*Owed);
  bool WasHeap = Owed->Now == Obligation::Phase::Held && Resources[Owed->Resource] == MemoryResource;
  Owed->Now = Obligation::Phase::Transferred;
  if (WasHeap)
    escape(In, Value::address(Values.pointee(S)));
}

/// What V leads to gets an owner that the analysis does not follow, or one that outlives the function.
void Transfer::escape(State &In, const Value &V) {
  if (V.isSymbol()) {
    const Obligation *Owed = In.Obligations.find(V.Id);
    if (Owed && Owed->Now != Obligation::Phase::Stored && Owed->Now != Obligation::Phase::Used)
      giveAway(In, V.Id);
    return;
  }
  if (!V.isAddress())
    return;
  RegionId Root = Values.root(V.Id);
  if (In.isEscaped(Root))
    return;
  In.escape(Root);
  llvm::SmallVector<Value, 4> Contents;
  for (const auto &[Where, Held] : In.Memory)
    if (Values.root(Where) == Root)
      Contents.push_back(Held);
  for (const Value &Held : Contents)
    escape(In, Held);
}

void Transfer::use(State &In, SymbolId S, Site At) {
  Obligation *Owed = In.Obligations.find(S);
  if (!Owed)
    return;
  for (const Handover &H : Owed->Handovers)
    if (H.At != At)
      Out.proven(H);
}

/// What was known of an earlier value of the same name holds for the new one no longer.
void Transfer::forgetSymbol(State &In, SymbolId S) const {
  In.Obligations.eraseIf([&](const auto &Entry) { return Values.dependsOn(Entry.first, S); });
  In.Ranges.eraseIf([&](const auto &Entry) { return Values.dependsOn(Entry.first, S); });
}

/// What a place holds after something unknown was written to it.
Value Transfer::unknownIn(State &In, RegionId Where, Site At) {
  SymbolId S = Values.symbol({Symbol::Kind::Written, At, Where, {}, {}});
  forgetSymbol(In, S);
  return Value::symbol(S);
}

/// What was known of a resource's properties holds no longer; places that hold the old ones keep their
/// values.
void Transfer::mutate(State &In, SymbolId S, Site At) {
  auto Depends = [&](SymbolId Other) { return Other != S && Values.derivesFrom(Other, S); };
  for (auto &[Where, Held] : In.Memory)
    if (mentionsSymbol(Held) && Depends(Held.Id)) {
      Range Known = In.rangeOf(Held.Id);
      Held.Id = unknownIn(In, Where, At).Id;
      if (!Known.isAny())
        In.Ranges[Held.Id] = Known;
    }
  In.Ranges.eraseIf([&](const auto &Entry) { return Depends(Entry.first); });
}

/// A symbol for the result of a fact, other than those of earlier visits that are still in use.
Value Transfer::freshResult(Frame &In, Site At) {
  State &Now = In.Now;
  constexpr std::uint32_t Most = 3;
  SymbolId S = 0;
  auto InUse = [&] {
    return Now.Obligations.find(S) || llvm::any_of(Now.Memory, [&](const auto &Entry) {
             return mentionsSymbol(Entry.second) && Values.dependsOn(Entry.second.Id, S);
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
      if (mentionsSymbol(Held) && Values.dependsOn(Held.Id, S))
        Held = unknownIn(Now, Where, At);
  }
  forgetSymbol(Now, S);
  RegionId Behind = Values.pointee(S);
  Now.Memory.eraseIf([&](const auto &Entry) { return Values.root(Entry.first) == Behind; });
  return Value::symbol(S);
}

Value Transfer::logicalNot(const Value &V) {
  switch (V.What) {
  case Value::Kind::Integer:
    return Value::integer(V.Number == 0);
  case Value::Kind::Symbol:
    return Value::predicate(V.Id, CompareOp::Equal, 0);
  case Value::Kind::Predicate:
    return Value::predicate(V.Id, opposite(V.Op), V.Number);
  case Value::Kind::Address:
  case Value::Kind::Text:
  case Value::Kind::Function:
    return Value::integer(0);
  case Value::Kind::Undefined:
    return V;
  }
  return V;
}

/// What was acquired here and is still open is neither another open resource nor anything that was there
/// before.
bool Transfer::isDistinct(const State &In, SymbolId A, SymbolId B) const {
  auto IsOpen = [&](SymbolId S) {
    const Obligation *Owed = In.Obligations.find(S);
    return Owed && Owed->Acquired &&
           (Owed->Now == Obligation::Phase::Held || Owed->Now == Obligation::Phase::Stored);
  };
  auto WasBefore = [&](SymbolId S) { return Values.symbolAt(S).What == Symbol::Kind::Initial; };
  return (IsOpen(A) && (IsOpen(B) || WasBefore(B))) || (IsOpen(B) && WasBefore(A));
}

Value Transfer::compare(const State &In, CompareOp Op, Value Left, Value Right) {
  if (Left.isInteger() && Right.isInteger()) {
    Range Exact;
    Exact.restrict(CompareOp::Equal, Left.Number, true);
    return Value::integer(*Exact.decide(Op, Right.Number));
  }
  if (Left.isInteger()) {
    std::swap(Left, Right);
    Op = mirror(Op);
  }
  bool IsObject = Left.isAddress() || Left.What == Value::Kind::Text || Left.What == Value::Kind::Function;
  if (IsObject && Right.isNull() && (Op == CompareOp::Equal || Op == CompareOp::NotEqual))
    return Value::integer(Op == CompareOp::NotEqual);
  if (Left.isSymbol() && Right.isInteger())
    return Value::predicate(Left.Id, Op, Right.Number);
  if (Left.What == Value::Kind::Predicate && Right.isInteger()) {
    // A truth value: only 0 and 1 can match.
    bool WhenTrue = Value::integer(1) == compare(In, Op, Value::integer(1), Right);
    bool WhenFalse = Value::integer(1) == compare(In, Op, Value::integer(0), Right);
    if (WhenTrue == WhenFalse)
      return Value::integer(WhenTrue);
    return WhenTrue ? Left : logicalNot(Left);
  }
  if (Left == Right && Left.What != Value::Kind::Undefined)
    return Value::integer(Op == CompareOp::Equal || Op == CompareOp::LessEqual ||
                          Op == CompareOp::GreaterEqual);
  if (Left.isSymbol() && Right.isSymbol() && isDistinct(In, Left.Id, Right.Id) &&
      (Op == CompareOp::Equal || Op == CompareOp::NotEqual))
    return Value::integer(Op == CompareOp::NotEqual);
  // Two unknowns: one symbol for each of a < b and a == b, so that the same question has the same answer.
  bool Negated = Op == CompareOp::NotEqual || Op == CompareOp::GreaterEqual || Op == CompareOp::LessEqual;
  if (Op == CompareOp::Greater || Op == CompareOp::LessEqual)
    std::swap(Left, Right);
  bool Equality = Op == CompareOp::Equal || Op == CompareOp::NotEqual;
  if (Equality && std::tie(Right.What, Right.Id) < std::tie(Left.What, Left.Id))
    std::swap(Left, Right);
  SymbolId Answer = Values.symbol({Symbol::Kind::Derived, Equality ? EqualTo : LessThan, 0, Left, Right});
  return Value::predicate(Answer, Negated ? CompareOp::Equal : CompareOp::NotEqual, 0);
}

bool Transfer::assume(State &In, const Value &V, CompareOp Op, std::int64_t N, bool Truth) {
  if (V.isInteger()) {
    Range Exact;
    return Exact.restrict(CompareOp::Equal, V.Number, true) && Exact.restrict(Op, N, Truth);
  }
  if (!V.isSymbol())
    return true;
  Range Known = In.rangeOf(V.Id);
  if (!Known.restrict(Op, N, Truth))
    return false;
  In.Ranges[V.Id] = Known;
  if (Known.single() == 0)
    In.Obligations.erase(V.Id); // NULL owes nothing
  return true;
}

bool Transfer::assume(State &In, const Value &V, const Range &Holds) {
  Range Known = Holds;
  switch (V.What) {
  case Value::Kind::Undefined:
  case Value::Kind::Predicate:
    return true;
  case Value::Kind::Integer:
    return Holds.admits(V.Number);
  case Value::Kind::Address:
  case Value::Kind::Text:
  case Value::Kind::Function:
    return Known.restrict(CompareOp::NotEqual, 0, true);
  case Value::Kind::Symbol:
    if (!Known.intersect(In.rangeOf(V.Id)))
      return false;
    In.Ranges[V.Id] = Known;
    if (Known.single() == 0)
      In.Obligations.erase(V.Id);
    return true;
  }
  return true;
}

bool Transfer::assume(State &In, const Value &V, bool Truth) {
  switch (V.What) {
  case Value::Kind::Undefined:
    return true;
  case Value::Kind::Integer:
    return (V.Number != 0) == Truth;
  case Value::Kind::Symbol:
    return assume(In, V, CompareOp::NotEqual, 0, Truth);
  case Value::Kind::Predicate:
    return assume(In, Value::symbol(V.Id), V.Op, V.Number, Truth);
  case Value::Kind::Address:
  case Value::Kind::Text:
  case Value::Kind::Function:
    return Truth;
  }
  return true;
}

Value Transfer::acquire(Frame &In, llvm::StringRef Resource, Site At, SourcePoint) {
  Value Owned = freshResult(In, At);
  Obligation &Owed = In.Now.Obligations[Owned.Id];
  Owed = {};
  Owed.Resource = resource(Resource);
  Owed.Acquired = true;
  Owed.At = At;
  In.Now.Path = Out.extend(In.Now.Path, Step::Kind::Acquire, At, 0);
  return Owned;
}

void Transfer::release(Frame &In, const Value &V, llvm::StringRef Resource, SourcePoint At, Site Where,
                       llvm::StringRef By) {
  if (Resource == MemoryResource) {
    // Freeing an object ends the places in it.
    if (std::optional<RegionId> Object = pointedTo(V)) {
      RegionId Root = Values.root(*Object);
      bool Owned = !outlivesFunction(In.Now, Root);
      llvm::SmallVector<std::pair<SymbolId, std::string>, 2> Gone;
      In.Now.Memory.eraseIf([&](const auto &Entry) {
        if (Values.root(Entry.first) != Root)
          return false;
        if (Entry.second.isSymbol())
          Gone.push_back({Entry.second.Id, nameOf(Entry.first)});
        return true;
      });
      if (Owned)
        for (auto &[Lost, Name] : Gone)
          checkLost(In, Lost, FindingKind::Freed, At, Name);
    }
  }
  if (!V.isSymbol())
    return;
  State &Now = In.Now;
  use(Now, V.Id, Where);
  if (const Obligation *Before = Now.Obligations.find(V.Id)) {
    llvm::StringRef Acquired = Resources[Before->Resource];
    if (Before->Now == Obligation::Phase::Released) {
      report(Now, V.Id, FindingKind::ReleasedTwice, At, holderOf(Now, V.Id), By.str());
    } else if (Before->Acquired && Acquired != Resource && Acquired != MemoryResource) {
      // A connection may be given to a pool that hands it out as a lease; a lease is not to be finished.
      if (Models.isBuiltin(Acquired) && !Models.isBuiltin(Resource)) {
        giveAway(Now, V.Id);
        return;
      }
      // libpq's plain allocations are freed with free() where libpq and the program share an allocator.
      if (Models.hasType(Acquired) || !Models.isBuiltin(Acquired))
        report(Now, V.Id, FindingKind::ReleasedWrongly, At, holderOf(Now, V.Id), By.str());
    }
  }
  bool New = !Now.Obligations.find(V.Id);
  Obligation &Owed = Now.Obligations[V.Id];
  if (New) {
    Owed.Resource = resource(Resource);
    Owed.At = Where;
  }
  if (Owed.Acquired)
    Out.released(Owed, At, CurrentBlock);
  Owed.Now = Obligation::Phase::Released;
  Owed.Handovers.clear();
  Now.Path = Out.extend(Now.Path, Step::Kind::Release, Where, V.Id);
}

void Transfer::forgetGlobals(State &In, Site At) {
  auto Materialize = [&](SymbolId Known) {
    const Symbol &S = Values.symbolAt(Known);
    if (S.What == Symbol::Kind::Initial && !In.Memory.find(S.A) && outlivesFunction(In, S.A))
      In.Memory[S.A] = Value::symbol(Known);
  };
  for (const auto &[Known, Limits] : In.Ranges)
    Materialize(Known);
  for (const auto &[Known, Owed] : In.Obligations)
    Materialize(Known);
  for (auto &[Where, Held] : In.Memory)
    if (outlivesFunction(In, Where))
      Held = unknownIn(In, Where, At);
  In.Obligations.eraseIf([&](const auto &Entry) {
    bool Elsewhere =
        Entry.second.Now == Obligation::Phase::Stored || Entry.second.Now == Obligation::Phase::Used;
    return Elsewhere && !isReferenced(In, Entry.first);
  });
}

static void handOver(Obligation &Owed, const Handover &H) {
  if (!llvm::is_contained(Owed.Handovers, H))
    Owed.Handovers.push_back(H);
}

/// A callee was given the address of R and may have written anything there.
void Transfer::forgetContents(Frame &In, RegionId R, Site At, bool MayKeep) {
  State &Now = In.Now;
  bool Any = false;
  for (auto &[Where, Held] : Now.Memory) {
    if (!Values.isWithin(Where, R))
      continue;
    Any = true;
    Obligation *Owed = Held.isSymbol() ? Now.Obligations.find(Held.Id) : nullptr;
    if (Owed && Owed->Now == Obligation::Phase::Held) {
      if (MayKeep)
        handOver(*Owed, {At, Handover::Reading::LikelyKeep});
      continue;
    }
    Held = unknownIn(Now, Where, At);
  }
  if (!Any)
    Now.Memory[R] = unknownIn(Now, R, At);
}

void Transfer::foreignCall(const Fact &F, const Callee &C, llvm::ArrayRef<Value> Arguments, Site At,
                           Frame &In) {
  State &Now = In.Now;
  NameHint Hint = hintOf(C.Name);
  bool GivesCallback =
      llvm::any_of(Arguments, [](const Value &V) { return V.What == Value::Kind::Function; });
  for (std::size_t I = 0; I < Arguments.size(); ++I) {
    const Value &V = Arguments[I];
    Callee::Parameter P{.IsPointer = true};
    if (I < C.Parameters.size())
      P = C.Parameters[I];
    if (V.isSymbol()) {
      bool IsResource = !Models.resourceOfType(P.Pointee).empty() && !P.PointsToPointer;
      if (IsResource && Hint != NameHint::Release && !checkUsable(Now, V.Id, F.At, C.Name))
        continue;
      use(Now, V.Id, At);
      Obligation *Owed = Now.Obligations.find(V.Id);
      if (!P.PointsToConst)
        mutate(Now, V.Id, At);
      if (!Owed || P.PointsToConst)
        continue;
      bool IsHeap = Resources[Owed->Resource] == MemoryResource;
      bool Keeps = Hint == NameHint::Release || GivesCallback || C.InCxxLibrary ||
                   (P.IsVoidPointer && !C.WritesOnlyArguments) || C.Name.empty() || IsHeap;
      if (Keeps && !(IsHeap && C.WritesOnlyArguments)) {
        giveAway(Now, V.Id);
      } else if (Owed->Now == Obligation::Phase::Held && !C.WritesOnlyArguments) {
        bool LikelyKeep = Hint == NameHint::Store || C.ReturnsParameterType || C.HasBody;
        handOver(*Owed, {At, LikelyKeep ? Handover::Reading::LikelyKeep : Handover::Reading::LikelyBorrow});
      }
    } else if (V.isAddress() && C.InCxxLibrary) {
      // A container that is given a reference to a pointer keeps the pointer.
      if (Value Held = load(Now, V.Id); Held.isSymbol())
        giveAway(Now, Held.Id);
      if (!P.PointsToConst)
        forgetContents(In, V.Id, At, true);
    } else if (V.isAddress() && !P.PointsToConst) {
      bool Local = !outlivesFunction(Now, V.Id);
      if (Local && (GivesCallback || Hint == NameHint::Store || C.Name.empty()))
        escape(Now, V);
      forgetContents(In, V.Id, At, true);
    }
  }
  if (!C.WritesOnlyArguments)
    forgetGlobals(Now, At);
  Now.AfterFatalName = Hint == NameHint::Fatal;
  if (F.Result != NoReg)
    set(In, F.Result, freshResult(In, At));
}

bool Transfer::apply(const Outcome &O, const Summary &S, const Fact &F, const Callee &C,
                     llvm::ArrayRef<Value> Arguments, Site At, Frame &In) {
  State &Now = In.Now;
  auto Resolve = [&](const AccessPath &Path) -> std::pair<std::optional<RegionId>, Value> {
    std::optional<RegionId> Place;
    Value V;
    if (!Path.Global.empty()) {
      for (std::uint32_t I = 0; I < Facts.Variables.size(); ++I)
        if (Facts.Variables[I].Where == Variable::Storage::Global && Facts.Variables[I].Name == Path.Global)
          Place = Values.variable(I);
      if (!Place)
        return {std::nullopt, {}};
    } else if (Path.Argument < Arguments.size()) {
      V = Arguments[Path.Argument];
    }
    for (const AccessPath::Hop &Hop : Path.Hops) {
      if (Hop.Field.empty()) {
        if (Place)
          V = load(Now, *Place);
        Place = pointedTo(V);
      } else if (Place) {
        auto Name = llvm::find(Facts.Strings, Hop.Field);
        if (Name == Facts.Strings.end())
          return {std::nullopt, {}};
        Place = Values.field(*Place, Name - Facts.Strings.begin());
      }
      if (!Place)
        return {std::nullopt, {}};
    }
    return {Place, Place ? load(Now, *Place) : V};
  };

  for (const Requirement &R : O.Requires) {
    Value V = Resolve(R.Where).second;
    if (!assume(Now, V, R.Holds))
      return false;
  }
  if (O.StatusOf && *O.StatusOf < Arguments.size()) {
    std::uint32_t Function = FirstPure + llvm::hash_value(llvm::StringRef(O.StatusFunction)) % PartOf / 2;
    SymbolId Status = Values.symbol({Symbol::Kind::Derived, Function, 0, Arguments[*O.StatusOf], Value{}});
    if (!assume(Now, Value::symbol(Status), CompareOp::Equal, O.StatusOk, O.StatusGood))
      return false;
  }

  for (const Borrow &B : S.Borrows) {
    const AccessPath &Path = B.Where;
    Value V = Resolve(Path).second;
    if (!V.isSymbol() || !checkUsable(Now, V.Id, F.At, C.Name))
      continue;
    use(Now, V.Id, At);
    bool Const =
        Path.Hops.empty() && Path.Argument < C.Parameters.size() && C.Parameters[Path.Argument].PointsToConst;
    if (!Const)
      mutate(Now, V.Id, At);
    if (!B.Resource.empty() && !Now.Obligations.find(V.Id) &&
        Values.symbolAt(V.Id).What == Symbol::Kind::Initial) {
      Obligation &Used = Now.Obligations[V.Id];
      Used.Now = Obligation::Phase::Used;
      Used.Resource = resource(B.Resource);
      Used.At = At;
    }
  }

  // Places are resolved before anything is written.
  std::vector<std::pair<std::optional<RegionId>, Value>> Resolved;
  for (const Effect &E : O.Effects)
    Resolved.push_back(Resolve(E.Where));
  for (std::size_t I = 0; I < O.Effects.size(); ++I) {
    const Effect &E = O.Effects[I];
    if (E.What == Effect::Kind::Release)
      release(In, Resolved[I].second, E.Resource, F.At, At, C.Name);
    else if (E.What == Effect::Kind::Transfer)
      escape(Now, Resolved[I].second);
  }
  for (std::size_t I = 0; I < O.Effects.size(); ++I) {
    const Effect &E = O.Effects[I];
    std::optional<RegionId> Place = Resolved[I].first;
    if (!Place)
      continue;
    if (E.What == Effect::Kind::StoreOwned)
      store(In, *Place, acquire(In, E.Resource, At, F.At), At, F.At);
    else if (E.What == Effect::Kind::StoreNull)
      store(In, *Place, Value::integer(0), At, F.At);
    else if (E.What == Effect::Kind::StoreOther)
      forgetContents(In, *Place, At, true);
  }
  if (!S.Complete) {
    for (std::size_t I = 0; I < Arguments.size(); ++I)
      if (Arguments[I].isAddress() && (I >= C.Parameters.size() || !C.Parameters[I].PointsToConst))
        forgetContents(In, Arguments[I].Id, At, false);
    if (!C.WritesOnlyArguments)
      forgetGlobals(Now, At);
  }

  switch (O.Ends) {
  case Model::Ending::Returns:
    break;
  case Model::Ending::Exits:
    return false;
  case Model::Ending::Unwinds:
    while (true) {
      auto Owed = llvm::find_if(
          Now.Obligations, [](const auto &Entry) { return Entry.second.Now == Obligation::Phase::Held; });
      if (Owed == Now.Obligations.end())
        return false;
      report(Now, Owed->first, FindingKind::Unwound, F.At, holderOf(Now, Owed->first));
    }
  }

  if (F.Result == NoReg)
    return true;
  Value Result;
  if (O.Result == Model::Result::Argument && O.ResultArgument < Arguments.size()) {
    Result = Arguments[O.ResultArgument];
  } else if (O.Result == Model::Result::Acquire || O.Result == Model::Result::AcquireOrNull) {
    Result = acquire(In, O.Resource, At, F.At);
  } else if (S.Pure && Arguments.size() <= 2 && !Arguments.empty()) {
    std::uint32_t Function = FirstPure + llvm::hash_value(llvm::StringRef(C.Name)) % PartOf / 2;
    Result = Value::symbol(Values.symbol(
        {Symbol::Kind::Derived, Function, 0, Arguments[0], Arguments.size() == 2 ? Arguments[1] : Value{}}));
    if (S.StatusOk && Arguments[0].isNull() && !assume(Now, Result, CompareOp::Equal, *S.StatusOk, false))
      return false;
  } else {
    Result = freshResult(In, At);
  }
  if (Result.isSymbol() && !O.Returned.isAny()) {
    Range Known = O.Returned;
    if (Known.single()) {
      Result = Value::integer(*Known.single());
    } else {
      Now.Ranges[Result.Id] = Known;
    }
  }
  set(In, F.Result, Result);
  return true;
}

bool Transfer::call(const Fact &F, Site At, Frame &In, std::vector<Frame> &Others) {
  const Callee &C = Facts.Callees[F.Index];
  llvm::SmallVector<Value, 8> Arguments;
  for (Reg Operand : F.Operands)
    Arguments.push_back(valueOf(In, Operand));
  const Callee *Target = &C;
  if (F.What == Fact::Kind::IndirectCall) {
    if (Arguments.front().What == Value::Kind::Function)
      Target = &Facts.Callees[Arguments.front().Id];
    Arguments.erase(Arguments.begin());
  }
  std::shared_ptr<const Summary> Known = Lookup(*Target);
  if (!Known) {
    foreignCall(F, *Target, Arguments, At, In);
    return !Target->NoReturn;
  }
  In.Now.AfterFatalName = false;
  for (std::size_t I = 1; I < Known->Outcomes.size(); ++I) {
    Frame Other = In;
    if (apply(Known->Outcomes[I], *Known, F, *Target, Arguments, At, Other) && !Target->NoReturn)
      Others.push_back(std::move(Other));
  }
  if (Known->Outcomes.empty())
    return false;
  return apply(Known->Outcomes.front(), *Known, F, *Target, Arguments, At, In) && !Target->NoReturn;
}

bool Transfer::execute(const Fact &F, Site At, Frame &In, std::vector<Frame> &Others) {
  State &Now = In.Now;
  switch (F.What) {
  case Fact::Kind::Constant:
    set(In, F.Result, Value::integer(F.Immediate));
    break;
  case Fact::Kind::String:
    set(In, F.Result, Value::text(F.Index));
    break;
  case Fact::Kind::FunctionAddress:
    set(In, F.Result, Value::function(F.Index));
    break;
  case Fact::Kind::VariableAddress:
    set(In, F.Result, Value::address(Values.variable(F.Index)));
    break;
  case Fact::Kind::FieldAddress:
    if (std::optional<RegionId> Base = pointedTo(valueOf(In, F.Operands[0])))
      set(In, F.Result, Value::address(Values.field(*Base, F.Index)));
    else
      set(In, F.Result, freshResult(In, At));
    break;
  case Fact::Kind::ElementAddress:
    if (std::optional<RegionId> Base = pointedTo(valueOf(In, F.Operands[0])); Base && F.Index != 0)
      set(In, F.Result, Value::address(Values.element(*Base, F.Immediate)));
    else
      set(In, F.Result, freshResult(In, At));
    break;
  case Fact::Kind::Load: {
    std::optional<RegionId> From = pointedTo(valueOf(In, F.Operands[0]));
    if (!From) {
      set(In, F.Result, freshResult(In, At));
      break;
    }
    // Reading an object as a whole copies what it holds to where it is not followed.
    llvm::SmallVector<Value, 2> Parts;
    for (const auto &[Where, Held] : Now.Memory)
      if (Where != *From && Values.isWithin(Where, *From))
        Parts.push_back(Held);
    for (const Value &Part : Parts)
      escape(Now, Part);
    set(In, F.Result, load(Now, *From));
    break;
  }
  case Fact::Kind::Store:
    if (std::optional<RegionId> To = pointedTo(valueOf(In, F.Operands[0])))
      store(In, *To, valueOf(In, F.Operands[1]), At, F.At);
    else
      escape(Now, valueOf(In, F.Operands[1]));
    break;
  case Fact::Kind::Compare:
    set(In, F.Result, compare(Now, F.Op, valueOf(In, F.Operands[0]), valueOf(In, F.Operands[1])));
    break;
  case Fact::Kind::Not:
    set(In, F.Result, logicalNot(valueOf(In, F.Operands[0])));
    break;
  case Fact::Kind::Arithmetic: {
    auto IsPlain = [&](const Value &V) {
      return V.isInteger() || (V.isSymbol() && Values.symbolAt(V.Id).What != Symbol::Kind::Derived);
    };
    Value Left = F.Operands.empty() ? Value{} : valueOf(In, F.Operands[0]);
    Value Right = F.Operands.size() > 1 ? valueOf(In, F.Operands[1]) : Value{};
    if (!F.Operands.empty() && IsPlain(Left) && (F.Operands.size() == 1 || IsPlain(Right)))
      set(In, F.Result,
          Value::symbol(
              Values.symbol({Symbol::Kind::Derived, FirstArithmetic + static_cast<std::uint32_t>(F.Immediate),
                             0, Left, Right})));
    else
      set(In, F.Result, freshResult(In, At));
    break;
  }
  case Fact::Kind::Opaque:
    for (Reg Operand : F.Operands)
      escape(Now, valueOf(In, Operand));
    if (F.Result != NoReg)
      set(In, F.Result, freshResult(In, At));
    break;
  case Fact::Kind::Call:
  case Fact::Kind::IndirectCall:
    return call(F, At, In, Others);
  case Fact::Kind::Return:
    if (!F.Operands.empty()) {
      Value Returned = valueOf(In, F.Operands[0]);
      Now.Returned = Returned;
      if (Returned.isSymbol())
        giveAway(Now, Returned.Id);
      escape(Now, Returned);
    }
    [[fallthrough]];
  case Fact::Kind::Leave:
    Now.Leaving = true;
    Now.Exit = F.Exit;
    Now.ExitAt = F.At;
    break;
  case Fact::Kind::EndLifetime: {
    RegionId Dead = Values.variable(F.Index);
    llvm::SmallVector<std::pair<SymbolId, std::string>, 2> Gone;
    Now.Memory.eraseIf([&](const auto &Entry) {
      if (!Values.isWithin(Entry.first, Dead))
        return false;
      if (Entry.second.isSymbol())
        Gone.push_back({Entry.second.Id, nameOf(Entry.first)});
      return true;
    });
    if (!Now.Leaving)
      Now.Exit = F.Exit;
    bool EndsProcess = Facts.IsMain && (Now.Exit == ExitKind::Return || Now.Exit == ExitKind::FunctionEnd);
    SourcePoint Where = Now.Leaving ? Now.ExitAt : F.At;
    for (auto &[Lost, Name] : Gone)
      if (EndsProcess)
        giveAway(Now, Lost);
      else
        checkLost(In, Lost, FindingKind::Exit, Where, Name);
    break;
  }
  case Fact::Kind::Throw:
    return false;
  }
  return true;
}

void Transfer::checkDiscarded(State &In) {
  llvm::SmallVector<SymbolId, 2> Gone;
  for (const auto &[S, Owed] : In.Obligations)
    if (Owed.Now == Obligation::Phase::Held && Owed.Acquired && !isReferenced(In, S))
      Gone.push_back(S);
  for (SymbolId S : Gone)
    report(In, S, FindingKind::Discarded, {}, "");
}

void Transfer::exitFunction(State &In) {
  if (Facts.IsMain)
    return;
  if (!In.Leaving || In.Exit != ExitKind::Return) {
    In.Exit = ExitKind::FunctionEnd;
    In.ExitAt = Facts.End;
  }
  llvm::SmallVector<SymbolId, 4> Owed;
  for (const auto &[S, What] : In.Obligations)
    if (What.Now == Obligation::Phase::Held && What.Acquired)
      Owed.push_back(S);
  for (SymbolId S : Owed)
    report(In, S, FindingKind::Exit, In.ExitAt, holderOf(In, S));
}

void Transfer::collectGarbage(State &In, const std::function<bool(std::uint32_t)> &LiveVariable) const {
  auto HoldsObligation = [&](const Value &V) { return V.isSymbol() && In.Obligations.find(V.Id); };
  In.Memory.eraseIf([&](const auto &Entry) {
    const Region &Root = Values.regionAt(Values.root(Entry.first));
    if (Root.What != Region::Kind::Variable || LiveVariable(Root.Parent))
      return false;
    // A dead variable still holds what it has to release until its scope ends; a temporary does not.
    return Facts.Variables[Root.Parent].Where == Variable::Storage::Temporary ||
           !HoldsObligation(Entry.second);
  });
  llvm::SmallVector<SymbolId, 16> Held;
  for (const auto &[Where, V] : In.Memory) {
    if (mentionsSymbol(V))
      Held.push_back(V.Id);
    else if (V.isAddress())
      if (const Region &Root = Values.regionAt(Values.root(V.Id)); Root.What == Region::Kind::Pointee)
        Held.push_back(Root.Parent);
  }
  if (mentionsSymbol(In.Returned))
    Held.push_back(In.Returned.Id);
  llvm::sort(Held);
  // A symbol is live while a place holds it, or while evaluating something again can produce it.
  std::function<bool(SymbolId)> Live = [&](SymbolId S) {
    if (std::binary_search(Held.begin(), Held.end(), S) || In.Obligations.find(S))
      return true;
    const Symbol &What = Values.symbolAt(S);
    if (What.What == Symbol::Kind::Initial) {
      if (accessPath(What.A)) // callers want to know what it depended on
        return true;
      if (In.Memory.find(What.A))
        return false;
      const Region &Root = Values.regionAt(Values.root(What.A));
      return Root.What == Region::Kind::Variable ? LiveVariable(Root.Parent) : Live(Root.Parent);
    }
    if (What.What == Symbol::Kind::Derived)
      return (!mentionsSymbol(What.Left) || Live(What.Left.Id)) &&
             (!mentionsSymbol(What.Right) || Live(What.Right.Id));
    return false;
  };
  In.Obligations.eraseIf([&](const auto &Entry) {
    const Obligation &Owed = Entry.second;
    bool Matters = Owed.Now == Obligation::Phase::Held || !Owed.Acquired;
    return !Matters && !std::binary_search(Held.begin(), Held.end(), Entry.first);
  });
  In.Ranges.eraseIf([&](const auto &Entry) { return !Live(Entry.first); });
  In.Memory.eraseIf([&](const auto &Entry) {
    const Region &Root = Values.regionAt(Values.root(Entry.first));
    return Root.What == Region::Kind::Pointee && !Live(Root.Parent) && !HoldsObligation(Entry.second);
  });
}

std::optional<AccessPath> Transfer::accessPath(RegionId R) const {
  const Region &What = Values.regionAt(R);
  constexpr std::size_t Longest = 6;
  switch (What.What) {
  case Region::Kind::Variable: {
    AccessPath Path;
    if (Facts.Variables[What.Parent].Where == Variable::Storage::Global) {
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
    if (Path->Hops.empty() && Path->Global.empty())
      return std::nullopt;
    Path->Hops.push_back({Facts.Strings[What.Index]});
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

} // namespace connsan
