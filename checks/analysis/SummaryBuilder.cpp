#include "SummaryBuilder.h"

#include "Hidden.h"

#include "llvm/Support/SaveAndRestore.h"

namespace connsan {

Origin SummaryBuilder::originOf(const Obligation &Owed) const {
  if (const Origin *Deeper = Step.originOf(Owed))
    return *Deeper;
  const Fact &Call = Numbers.factAt(Owed.At);
  return {Facts.Callees[Call.Index].Name, Call.At};
}

/// The place, as the caller can name it, whose content at the end is S.
std::optional<AccessPath> SummaryBuilder::placeOf(const State &In, SymbolId S) const {
  const Symbol &What = Values.symbolAt(S);
  if (What.What == Symbol::Kind::Initial)
    if (std::optional<AccessPath> Path = Step.accessPath(What.A)) {
      bool IsArgument = Path->Hops.empty() && Path->From == AccessPath::Root::Argument;
      if (IsArgument || !In.Memory.find(What.A)) // the caller has its own copy of an argument
        return Path;
    }
  for (const auto &[Where, Held] : In.Memory.cellsAbout(S))
    if (Held == Value::symbol(S))
      if (std::optional<AccessPath> Path = Step.accessPath(Where); Path && !Path->Hops.empty())
        return Path;
  return std::nullopt;
}

/// The path to a place in a new object; `Objects` are the ways to those that the caller can reach.
std::optional<AccessPath> SummaryBuilder::pathIntoNew(RegionId Where, const NewObjects &Objects) const {
  const Region &What = Values.regionAt(Where);
  const bool IsObject = What.What == Region::Kind::Pointee;
  if (!IsObject && What.What != Region::Kind::Field)
    return std::nullopt;
  std::optional<AccessPath> Outer;
  if (!IsObject)
    Outer = pathIntoNew(What.Parent, Objects);
  else if (auto Known = Objects.find(What.Parent); Known != Objects.end())
    Outer = Known->second;
  if (Outer)
    Outer->Hops.push_back({IsObject ? "" : Step.fieldNames()[What.Index]});
  return Outer;
}

/// What this function made and the caller can reach: what it returns, and what it stored in places that it
/// was given.
SummaryBuilder::NewObjects SummaryBuilder::newObjects(const State &S, const Outcome &O) const {
  NewObjects Found;
  if (O.Result == Model::Result::AcquireOrNull)
    Found[S.Returned.Id].From = AccessPath::Root::Result;
  for (const auto &[Known, Owed] : S.Obligations) {
    if (!Owed.Acquired || Owed.Now != Obligation::Phase::Stored)
      continue;
    for (const auto &[Where, Held] : S.Memory.cellsAbout(Known))
      if (std::optional<AccessPath> Path = Step.accessPath(Where);
          Path && Held == Value::symbol(Known) && Step.outlivesFunction(S, Where)) {
        Found.try_emplace(Known, *Path);
        break;
      }
  }
  return Found;
}

/// Whether the caller can name a place that holds it.
bool SummaryBuilder::keptIn(const State &In, SymbolId S) const {
  return In.Memory.anyAbout(S, [&](const Memory::Cell &Cell) {
    if (!(Cell.Held == Value::symbol(S)) || !Step.outlivesFunction(In, Cell.Where))
      return false;
    std::optional<AccessPath> Path = Step.accessPath(Cell.Where);
    return Path && !Path->Hops.empty();
  });
}

/// The condition of two values at entry, when a symbol stands for one and its value is known.
std::optional<Equality> SummaryBuilder::equality(const Symbol &Question, const Range &Answer) const {
  auto PathOf = [&](const Value &V) -> std::optional<AccessPath> {
    if (!V.isSymbol() || Values.symbolAt(V.Id).What != Symbol::Kind::Initial)
      return std::nullopt;
    return Step.accessPath(Values.symbolAt(V.Id).A);
  };
  std::optional<AccessPath> Left = PathOf(Question.Left), Right = PathOf(Question.Right);
  bool IsKnown = Answer.single() == 0 || !Answer.admits(0);
  if (!Left || !Right || !IsKnown)
    return std::nullopt;
  return Equality{*Left, *Right, !Answer.admits(0)};
}

/// Whether it leads into the object that the function makes, which there is not when it throws.
bool SummaryBuilder::isOfNewObject(const AccessPath &Path) const {
  return (Facts.IsConstructor && Path.isAbout(0)) ||
         (Facts.ReturnsObject && Path.isAbout(Facts.Parameters.size() - 1));
}

/// The result of the caller of which the symbol tells how the statement went.
std::optional<AccessPath> SummaryBuilder::pathOfStatus(SymbolId S) const {
  const Symbol &What = Values.symbolAt(S);
  if (Step.pureFunctionOf(What) != ResultStatusFunction || !What.Left.isSymbol())
    return std::nullopt;
  const Symbol &Of = Values.symbolAt(What.Left.Id);
  return Of.What == Symbol::Kind::Initial ? Step.accessPath(Of.A) : std::nullopt;
}

/// Whether the caller can tell beforehand what the symbol will be.
bool SummaryBuilder::isKnownToCaller(SymbolId S) const {
  const Symbol &What = Values.symbolAt(S);
  if (What.What == Symbol::Kind::Initial)
    return Step.accessPath(What.A).has_value();
  if (pathOfStatus(S))
    return true;
  Range No;
  No.restrict(CompareOp::Equal, 0, true);
  return What.What == Symbol::Kind::Derived && What.A == derivation::EqualTo && equality(What, No);
}

void SummaryBuilder::addExit(const State &S) {
  if (S.Returned.What != Value::Kind::Predicate || S.isThrown() || !isKnownToCaller(S.Returned.Id)) {
    addOneExit(S);
    return;
  }
  for (bool Truth : {true, false})
    if (State Part = S; Step.assume(Part, S.Returned, Truth)) {
      Part.Returned = Value::integer(Truth);
      addOneExit(Part);
    }
}

void SummaryBuilder::addOneExit(const State &S) {
  Outcome O;
  const bool Throws = S.isThrown();
  const Value Returned = Throws ? Value{} : S.Returned;
  O.Returned = S.rangeOf(Returned);
  if (Throws) {
    O.Ends = Model::Ending::Throws;
    O.Thrown = Step.exceptionType(S.Thrown.Type);
    O.Why = S.Thrown.Why;
  }
  if (Returned.isSymbol()) {
    const Obligation *Owed = S.Obligations.find(Returned.Id);
    bool Stored = S.Memory.anyAbout(Returned.Id, [&](const Memory::Cell &Cell) {
      return Cell.Held == Returned && Step.outlivesFunction(S, Cell.Where);
    });
    if (Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Transferred && !Stored) {
      O.Result = Model::Result::AcquireOrNull;
      O.Resource = Step.resourceName(Owed->Resource);
      O.From = originOf(*Owed);
    } else if (std::optional<AccessPath> Path = placeOf(S, Returned.Id)) {
      O.Result = Model::Result::Argument;
      O.ResultPlace = *Path;
    } else if (const Symbol &What = Values.symbolAt(Returned.Id); What.What == Symbol::Kind::Initial) {
      if (std::optional<AccessPath> Place = Step.accessPath(What.A)) {
        O.Result = Model::Result::Argument;
        O.ResultPlace = *Place;
        O.FromEntry = true;
      }
    }
  }
  if (std::optional<AccessPath> Of = Returned.isSymbol() ? pathOfStatus(Returned.Id) : std::nullopt) {
    O.ResultFunction = ResultStatusFunction;
    O.ResultPlace = *Of;
  }
  if (Returned.isAddress())
    if (std::optional<AccessPath> Place = Step.accessPath(Returned.Id); Place && !Place->Hops.empty()) {
      O.Result = Model::Result::Argument;
      O.ResultPlace = *Place;
      O.ReturnsAddress = true;
    }
  if (Returned.isSymbol())
    for (const auto &[Known, Limits] : S.Ranges) {
      const Symbol &What = Values.symbolAt(Known);
      if (llvm::StringRef Function = Step.pureFunctionOf(What); !Function.empty() && What.Left == Returned)
        O.Properties.push_back({Function.str(), Limits});
    }
  auto AddFate = [&](RegionId Where, const Fate &F) {
    std::optional<AccessPath> Path = Step.accessPath(Where);
    if (!Path)
      return;
    bool Released = F.Final == Obligation::Phase::Released;
    Effect E{*Path, Released ? Effect::Kind::Release : Effect::Kind::Transfer,
             Released ? Step.resourceName(F.Resource) : ""};
    if (!llvm::is_contained(O.Effects, E))
      O.Effects.push_back(std::move(E));
  };
  for (const auto &[Where, F] : S.Fates)
    AddFate(Where, F);
  for (const auto &[Known, Owed] : S.Obligations) {
    const Symbol &What = Values.symbolAt(Known);
    bool WasThere = What.What == Symbol::Kind::Initial;
    if (WasThere && Owed.Now == Obligation::Phase::Stored && !keptIn(S, Known))
      AddFate(What.A, {Obligation::Phase::Transferred, Owed.Resource});
    if (Owed.Acquired || What.What == Symbol::Kind::Result || What.What == Symbol::Kind::Derived)
      continue;
    bool ReturnedIt = O.Result == Model::Result::Argument && Returned == Value::symbol(Known);
    bool Gone = Owed.Now == Obligation::Phase::Released ||
                (Owed.Now == Obligation::Phase::Transferred && !ReturnedIt);
    if (Gone)
      AddFate(WasThere ? What.A : What.B,
              {WasThere ? Owed.Now : Obligation::Phase::Transferred, Owed.Resource});
    else if (Owed.Now == Obligation::Phase::Used && WasThere && Owed.At != Obligation::AtEntry)
      addBorrow(What.A, Owed);
  }
  // What an object holds is released before the object.
  llvm::stable_sort(
      O.Effects, [](const Effect &A, const Effect &B) { return A.Where.Hops.size() > B.Where.Hops.size(); });
  std::map<SymbolId, AccessPath> Owned;
  std::vector<std::pair<SymbolId, Effect>> InNew;
  const NewObjects Objects = newObjects(S, O);
  addActs(S, O);
  if (Returned.What == Value::Kind::Text && Returned.Number == 0)
    O.ReturnedText = Step.fieldNames()[Returned.Id];
  for (const auto &[Where, Held] : S.Memory.all()) {
    if (Step.isHidden(Where) || !Step.outlivesFunction(S, Where))
      continue;
    std::optional<AccessPath> Path = Step.accessPath(Where);
    const bool IsInNew = !Path;
    if (IsInNew)
      Path = pathIntoNew(Where, Objects);
    if (!Path || (Path->Hops.empty() && Path->From == AccessPath::Root::Argument))
      continue;
    if (Throws && isOfNewObject(*Path))
      continue;
    if (Held.isSymbol() && Values.symbolAt(Held.Id) == Symbol{Symbol::Kind::Initial, Where, 0, {}, {}})
      continue;
    Effect E{*Path, Effect::Kind::StoreOther, ""};
    const Obligation *Owed = Held.isSymbol() ? S.Obligations.find(Held.Id) : nullptr;
    if (IsInNew && Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Stored) {
      E = {*Path, Effect::Kind::StoreOwned, Step.resourceName(Owed->Resource)};
      E.From = originOf(*Owed);
      E.IsInNew = true;
      InNew.emplace_back(Held.Id, std::move(E));
      continue;
    }
    if (IsInNew && Path->From != AccessPath::Root::Result)
      continue;
    // What others wrote stays unknown to the caller: NULL may be what they left of a resource.
    if (Held.isSymbol() && Values.symbolAt(Held.Id).What == Symbol::Kind::Initial)
      if (std::optional<AccessPath> From = Step.accessPath(Values.symbolAt(Held.Id).A)) {
        E.What = Effect::Kind::StoreInitial;
        E.Of = *From;
        E.Keeps = Owed && Owed->Now == Obligation::Phase::Stored;
        O.Effects.push_back(std::move(E));
        continue;
      }
    bool IsOurs = !Held.isSymbol() || Values.symbolAt(Held.Id).What == Symbol::Kind::Result;
    if (std::optional<std::int64_t> Number = S.rangeOf(Held).single(); Number && IsOurs) {
      E.What = Effect::Kind::StoreNumber;
      E.Number = *Number;
    }
    if (Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Stored) {
      auto [First, IsFirst] = Owned.try_emplace(Held.Id, *Path);
      E.What = IsFirst ? Effect::Kind::StoreOwned : Effect::Kind::StoreCopy;
      E.Resource = Step.resourceName(Owed->Resource);
      if (IsFirst)
        E.From = originOf(*Owed);
      else
        E.Of = First->second;
    }
    O.Effects.push_back(std::move(E));
  }
  // What is in an object comes after the object.
  llvm::stable_sort(InNew, [](const auto &A, const auto &B) {
    return A.second.Where.Hops.size() < B.second.Where.Hops.size();
  });
  for (auto &[Held, E] : InNew)
    if (Owned.try_emplace(Held, E.Where).second)
      O.Effects.push_back(std::move(E));
  for (const auto &[Known, Limits] : S.Ranges) {
    const Symbol &What = Values.symbolAt(Known);
    if (What.What == Symbol::Kind::Initial)
      if (std::optional<AccessPath> Path = Step.accessPath(What.A))
        O.Requires.push_back({*Path, Limits});
    if (std::optional<AccessPath> Path = pathOfStatus(Known))
      O.Requires.push_back({*Path, Limits, ResultStatusFunction.str()});
    if (What.What == Symbol::Kind::Derived && What.A == derivation::EqualTo)
      if (std::optional<Equality> E = equality(What, Limits))
        O.RequiresEqual.push_back(std::move(*E));
  }
  addOutcome(std::move(O));
}

/// How the caller reaches a connection, of which the hidden parts are known.
std::optional<AccessPath> SummaryBuilder::pathOfConnection(const State &S, RegionId Session) const {
  const Region &What = Values.regionAt(Session);
  if (What.What != Region::Kind::Pointee)
    return Step.accessPath(Session);
  const Symbol &Connection = Values.symbolAt(What.Parent);
  if (Connection.What == Symbol::Kind::Initial)
    return Step.accessPath(Connection.A);
  AccessPath Path;
  Path.From = AccessPath::Root::Result;
  if (S.Returned == Value::symbol(What.Parent) && !S.isThrown())
    return Path;
  for (const auto &[Where, Held] : S.Memory.cellsAbout(What.Parent))
    if (Held == Value::symbol(What.Parent) && Step.outlivesFunction(S, Where))
      if (std::optional<AccessPath> Known = Step.accessPath(Where))
        return Known;
  if (Connection.What == Symbol::Kind::Written || Connection.What == Symbol::Kind::Merged)
    return Step.accessPath(Connection.B);
  return std::nullopt;
}

void SummaryBuilder::addRun(const State &S, RegionId Session, SymbolId Statement) {
  std::optional<AccessPath> On = pathOfConnection(S, Session);
  const Symbol &What = Values.symbolAt(Statement);
  std::optional<AccessPath> Sql = What.What == Symbol::Kind::Initial ? Step.accessPath(What.A) : std::nullopt;
  if (!On || !Sql || On->From == AccessPath::Root::Result)
    return;
  if (!Runs.Sql) {
    Runs.Connection = *On;
    Runs.Statement = *Sql;
    Runs.Sql.emplace();
  }
  HasSeveral |= !(Runs.Connection == *On) || !(Runs.Statement == *Sql);
}

/// What the function did on connections that the caller knows.
void SummaryBuilder::addActs(const State &S, Outcome &O) {
  auto Add = [&](SessionAct Act) {
    if (!llvm::is_contained(O.Acts, Act))
      O.Acts.push_back(std::move(Act));
  };
  llvm::SmallSetVector<RegionId, 4> Sessions;
  for (const auto &[Where, Held] : S.Memory.all())
    if (Step.isHidden(Where))
      Sessions.insert(Values.regionAt(Where).Parent);
  for (RegionId Session : Sessions) {
    std::optional<AccessPath> On = pathOfConnection(S, Session);
    if (!On)
      continue;
    auto Part = [&](llvm::StringRef Name) { return S.Memory.find(Step.hiddenPart(Session, Name)); };
    for (unsigned I = 0; I < std::size(hidden::Ran); ++I)
      if (const Value *Sql = Part(hidden::Ran[I]); Sql && Sql->isSymbol())
        if (const Symbol &What = Values.symbolAt(Sql->Id); What.What == Symbol::Kind::Initial)
          if (std::optional<AccessPath> Statement = Step.accessPath(What.A))
            Add({.What = SessionAct::Kind::Runs,
                 .On = *On,
                 .Statement = *Statement,
                 .Went = static_cast<SessionAct::Success>(I)});
    const Value *Ended = Part(hidden::Ended);
    if (Ended && Ended->isInteger())
      Add({.What = static_cast<SessionAct::Kind>(Ended->Number), .On = *On});
    const Value *Transaction = Part(hidden::Transaction);
    const Obligation *Owed =
        Transaction && Transaction->isSymbol() ? S.Obligations.find(Transaction->Id) : nullptr;
    if (Owed && Owed->Now == Obligation::Phase::Held)
      Add({.What = SessionAct::Kind::Begins, .On = *On, .From = originOf(*Owed)});
    else if (Transaction && Transaction->isNull() && !Ended)
      Add({.What = SessionAct::Kind::Settles, .On = *On});
    else if (Transaction && !Transaction->isNull())
      Add({.What = SessionAct::Kind::Forgets, .On = *On});
    for (const auto &[Where, Held] : S.Memory.within(Session))
      if (llvm::StringRef Name = Step.fieldNames()[Values.regionAt(Where).Index];
          Step.isHidden(Where) && Name.consume_front(hidden::Prepared) && Held.What == Value::Kind::Text)
        Add({.What = SessionAct::Kind::Prepares,
             .On = *On,
             .Text = Step.fieldNames()[Held.Id],
             .Name = Name.str()});
  }
}

void SummaryBuilder::addBorrow(RegionId Where, const Obligation &Owed) {
  std::optional<AccessPath> Path = Step.accessPath(Where);
  if (!Path)
    return;
  if (Borrow B{*Path, Step.resourceName(Owed.Resource)}; !llvm::is_contained(Result.Borrows, B))
    Result.Borrows.push_back(std::move(B));
}

/// Keeps of A what B requires too.
static void widen(std::vector<Requirement> &A, const std::vector<Requirement> &B) {
  for (Requirement &R : A) {
    auto Same = llvm::find_if(B, [&](const Requirement &Other) { return Other.isOfSame(R); });
    R.Holds = Same == B.end() ? Range() : Range::hull(R.Holds, Same->Holds);
  }
  llvm::erase_if(A, [](const Requirement &R) { return R.Holds.isAny(); });
}

static bool isOfResource(const Effect &E) {
  return E.What == Effect::Kind::Release || E.What == Effect::Kind::Transfer || E.Keeps ||
         E.What == Effect::Kind::StoreOwned || E.What == Effect::Kind::StoreCopy;
}

/// Whether two outcomes do the same to resources and answer alike, true or false.
static bool sameToResources(const Outcome &A, const Outcome &B) {
  auto IsZero = [](const Range &R) { return R.single() == 0; };
  if (A.Returned.admits(0) != B.Returned.admits(0) || IsZero(A.Returned) != IsZero(B.Returned))
    return false;
  auto Covers = [](const Outcome &Outer, const Outcome &Inner) {
    return llvm::all_of(Inner.Effects, [&](const Effect &E) {
      return !isOfResource(E) || llvm::is_contained(Outer.Effects, E);
    });
  };
  return A.Ends == B.Ends && A.Why == B.Why && A.Acts == B.Acts && A.ReturnedText == B.ReturnedText &&
         A.Result == B.Result && A.ResultPlace == B.ResultPlace && A.ResultFunction == B.ResultFunction &&
         A.FromEntry == B.FromEntry && A.ReturnsAddress == B.ReturnsAddress && A.Resource == B.Resource &&
         Covers(A, B) && Covers(B, A);
}

/// What else they write is unknown where they differ in it.
static void merge(Outcome &Into, const Outcome &From) {
  for (Effect &E : Into.Effects)
    if (!isOfResource(E) && !llvm::is_contained(From.Effects, E))
      E = {E.Where, Effect::Kind::StoreOther, ""};
  for (const Effect &E : From.Effects)
    if (isStore(E) && llvm::none_of(Into.Effects, [&](const Effect &Known) {
          return Known.Where == E.Where && isStore(Known);
        }))
      Into.Effects.push_back({E.Where, Effect::Kind::StoreOther, ""});
  widen(Into.Requires, From.Requires);
  llvm::erase_if(Into.RequiresEqual,
                 [&](const Equality &E) { return !llvm::is_contained(From.RequiresEqual, E); });
  if (!(Into.Thrown == From.Thrown))
    Into.Thrown = {};
  llvm::erase_if(Into.Properties, [&](const Property &P) { return !llvm::is_contained(From.Properties, P); });
  Into.Returned = Range::hull(Into.Returned, From.Returned);
}

/// Whether one range for each place holds little more than what A and B require: where they differ in several
/// places, it would hold what neither does.
static bool areAlike(const std::vector<Requirement> &A, const std::vector<Requirement> &B) {
  auto CountDifferent = [](const std::vector<Requirement> &From, const std::vector<Requirement> &In,
                           bool CountChanged) {
    return llvm::count_if(From, [&](const Requirement &R) {
      auto Same = llvm::find_if(In, [&](const Requirement &Other) { return Other.isOfSame(R); });
      return Same == In.end() || (CountChanged && !(Same->Holds == R.Holds));
    });
  };
  return CountDifferent(A, B, true) + CountDifferent(B, A, false) <= 1;
}

void SummaryBuilder::addOutcome(Outcome O) {
  constexpr std::size_t Few = 8;
  // What differs in nothing but what was required is one outcome to a caller.
  auto IsOtherwiseSame = [&](Outcome &Known) {
    const llvm::SaveAndRestore Same(Known.Requires, O.Requires);
    return Known == O;
  };
  for (Outcome &Known : Result.Outcomes)
    if (areAlike(Known.Requires, O.Requires) && IsOtherwiseSame(Known)) {
      widen(Known.Requires, O.Requires);
      return;
    }
  // Of what may only be, the ways are many and do not differ in much.
  if (O.Ends == Model::Ending::Throws && O.Why != Ground::Seen)
    for (Outcome &Known : Result.Outcomes)
      if (sameToResources(Known, O)) {
        merge(Known, O);
        return;
      }
  Result.Outcomes.push_back(std::move(O));
  if (Result.Outcomes.size() <= Few)
    return;
  std::vector<Outcome> Different;
  for (Outcome &Each : Result.Outcomes) {
    auto Same = llvm::find_if(Different, [&](const Outcome &Known) { return sameToResources(Known, Each); });
    if (Same == Different.end())
      Different.push_back(std::move(Each));
    else
      merge(*Same, Each);
  }
  Result.Outcomes = std::move(Different);
}

Summary SummaryBuilder::take() {
  Result.PassedOn.assign(PassedOn.begin(), PassedOn.end());
  const bool IsTold = llvm::any_of(Result.Outcomes, [](const Outcome &O) { return !O.Acts.empty(); });
  if (!IsTold && !HasSeveral)
    Result.Declared = Runs;
  if (MayThrow && llvm::none_of(Result.Outcomes, [](const Outcome &O) { return O.Why == Ground::Foreign; })) {
    Outcome &O = Result.Outcomes.emplace_back();
    O.Ends = Model::Ending::Throws;
    O.Why = Ground::Foreign;
  }
  for (RegionId Where : Written)
    if (std::optional<AccessPath> Path = Step.accessPath(Where))
      for (Outcome &O : Result.Outcomes)
        if (llvm::none_of(O.Effects, [&](const Effect &E) { return E.Where == *Path && isStore(E); }))
          O.Effects.push_back({*Path, Effect::Kind::StoreOther, ""});
  constexpr std::size_t Most = 12;
  if (Result.Outcomes.size() > Most) {
    Summary Unknown;
    Unknown.Outcomes.emplace_back();
    Unknown.Complete = false;
    Unknown.PassedOn = Result.PassedOn;
    Unknown.Declared = Result.Declared;
    for (const Outcome &O : Result.Outcomes)
      for (const Effect &E : O.Effects)
        if (E.What == Effect::Kind::Release || E.What == Effect::Kind::Transfer || E.Keeps) {
          Effect Kept{E.Keeps ? E.Of : E.Where, Effect::Kind::Transfer, ""};
          if (!llvm::is_contained(Unknown.Outcomes.front().Effects, Kept))
            Unknown.Outcomes.front().Effects.push_back(Kept);
        }
    for (const Outcome &O : Result.Outcomes)
      for (const SessionAct &Act : O.Acts)
        if (SessionAct Kept{.What = SessionAct::Kind::Forgets, .On = Act.On};
            !llvm::is_contained(Unknown.Outcomes.front().Acts, Kept))
          Unknown.Outcomes.front().Acts.push_back(Kept);
    return Unknown;
  }
  return std::move(Result);
}

} // namespace connsan
