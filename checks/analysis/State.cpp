#include "State.h"

namespace connsan {

bool State::operator==(const State &Other) const {
  return Leaving == Other.Leaving && Signalled == Other.Signalled && AfterFatalName == Other.AfterFatalName &&
         Memory == Other.Memory && Ranges == Other.Ranges && Obligations == Other.Obligations &&
         Fates == Other.Fates && Returned == Other.Returned && Escaped == Other.Escaped &&
         Exit == Other.Exit && ExitAt == Other.ExitAt && Thrown == Other.Thrown && Caught == Other.Caught;
}

bool State::isEscaped(RegionId Root) const {
  return std::binary_search(Escaped.begin(), Escaped.end(), Root);
}

void State::escape(RegionId Root) {
  auto At = std::lower_bound(Escaped.begin(), Escaped.end(), Root);
  if (At == Escaped.end() || *At != Root)
    Escaped.insert(At, Root);
}

const Range &State::rangeOf(SymbolId S) const {
  static const Range Any;
  const Range *Known = Ranges.find(S);
  return Known ? *Known : Any;
}

void State::setRange(SymbolId S, const Range &Known) {
  if (Known.isAny())
    Ranges.erase(S);
  else
    Ranges.set(S, Known);
}

Range State::rangeOf(const Value &V) const {
  Range Known;
  if (V.isInteger()) {
    Known.restrict(CompareOp::Equal, V.Number, true);
  } else if (V.isSymbol()) {
    Known = rangeOf(V.Id);
  } else if (V.What == Value::Kind::Predicate) {
    std::optional<bool> Decided = rangeOf(V.Id).decide(V.Op, V.Number);
    Known.restrict(CompareOp::GreaterEqual, Decided.value_or(false), true);
    Known.restrict(CompareOp::LessEqual, Decided.value_or(true), true);
  }
  return Known;
}

/// Whether this function or its caller has to see to it. What is in the hands of the rest of the program is
/// theirs, whoever acquired it.
static bool isOwn(const State &In, SymbolId S, const Obligation &Owed) {
  if (!Owed.Acquired || Owed.Now != Obligation::Phase::Stored)
    return Owed.Acquired;
  return In.Memory.anyAbout(
      S, [&](const Memory::Cell &Cell) { return !In.Memory.values().isOfOthers(Cell.Where); });
}

/// Whether all, or those that are its own, are in the same phase. How they got there, by which
/// handovers, may differ.
static bool sameObligations(const State &A, const State &B, bool OnlyOwn) {
  return SharedMap<SymbolId, Obligation>::allDifferences(
      A.Obligations, B.Obligations, [&](SymbolId S, const Obligation *Left, const Obligation *Right) {
        bool HasLeft = Left && (!OnlyOwn || isOwn(A, S, *Left));
        bool HasRight = Right && (!OnlyOwn || isOwn(B, S, *Right));
        if (!HasLeft || !HasRight)
          return HasLeft == HasRight;
        return Left->Now == Right->Now && Left->Resource == Right->Resource &&
               Left->Acquired == Right->Acquired && Left->At == Right->At;
      });
}

/// Whether what is owed is in the same places.
static bool sameHolders(const State &A, const State &B, bool OnlyOwn) {
  auto IsOwed = [&](const State &In, SymbolId S) {
    const Obligation *Owed = In.Obligations.find(S);
    return Owed && (!OnlyOwn || isOwn(In, S, *Owed));
  };
  return Memory::allStoredElsewhere(A.Memory, B.Memory,
                                    [&](SymbolId S) { return !IsOwed(A, S) && !IsOwed(B, S); });
}

bool sameTypestate(const State &A, const State &B) {
  return A.ExitAt == B.ExitAt && A.Thrown == B.Thrown && sameTypestateThrown(A, B);
}

bool sameTypestateThrown(const State &A, const State &B) {
  return A.Leaving == B.Leaving && A.AfterFatalName == B.AfterFatalName && A.Thrown.Type == B.Thrown.Type &&
         A.Thrown.Why == B.Thrown.Why && A.Fates == B.Fates && A.Escaped == B.Escaped &&
         A.Returned == B.Returned && sameObligations(A, B, false) && sameHolders(A, B, false);
}

bool sameOwnTypestate(const State &A, const State &B) {
  return sameWayOut(A, B) && A.Returned == B.Returned && sameObligations(A, B, true) &&
         sameHolders(A, B, true);
}

bool sameWayOut(const State &A, const State &B) {
  return A.Leaving == B.Leaving && A.Exit == B.Exit && A.ExitAt == B.ExitAt && A.Thrown == B.Thrown &&
         A.AfterFatalName == B.AfterFatalName;
}

static bool isHeldAlike(SymbolId S, const State &A, const State &B) {
  auto Contains = [&](const State &Outer, const State &Inner) {
    return !Inner.Memory.anyAbout(S, [&](const Memory::Cell &Cell) {
      const Value *There = Outer.Memory.find(Cell.Where);
      return Cell.Held.isSymbol() && !(There && *There == Cell.Held);
    });
  };
  return Contains(A, B) && Contains(B, A);
}

void silenceDifferences(State &A, State &B) {
  auto Silence = [&](State &From, State &Other) {
    llvm::SmallVector<SymbolId, 8> Different;
    for (const auto &[S, Owed] : From.Obligations) {
      const Obligation *Same = Other.Obligations.find(S);
      bool IsSame = Same && Same->Now == Owed.Now && Same->Acquired == Owed.Acquired && Same->At == Owed.At &&
                    Same->Resource == Owed.Resource && isHeldAlike(S, From, Other);
      if (!IsSame)
        Different.push_back(S);
    }
    for (SymbolId S : Different) {
      From.Obligations.change(S)->Now = Obligation::Phase::Transferred;
      Other.Obligations.set(S, *From.Obligations.find(S));
    }
  };
  Silence(A, B);
  Silence(B, A);
  SharedMap<RegionId, Fate>::eachDifference(
      SharedMap(A.Fates), SharedMap(B.Fates), [&](RegionId Where, const Fate *Left, const Fate *Right) {
        Fate Either{Obligation::Phase::Transferred, (Left ? Left : Right)->Resource};
        A.Fates.set(Where, Either);
        B.Fates.set(Where, Either);
      });
  if (!(A.Returned == B.Returned))
    A.Returned = B.Returned = Value{};
  for (RegionId Root : B.Escaped)
    A.escape(Root);
  B.Escaped = A.Escaped;
}

bool knowsLess(const State &A, const State &B) {
  if ((B.Signalled && !A.Signalled) || (A.Caught != 0 && A.Caught != B.Caught))
    return false;
  using Obligations = SharedMap<SymbolId, Obligation>;
  using Ranges = SharedMap<SymbolId, Range>;
  auto HandsOverLess = [](SymbolId, const Obligation *Less, const Obligation *More) {
    return !Less || llvm::all_of(Less->Handovers, [&](const Handover &H) {
      return More && llvm::is_contained(More->Handovers, H);
    });
  };
  auto HoldsLess = [&](RegionId Where, const Value *Less, const Value *) {
    return Less ? Less->What == Value::Kind::Undefined : A.Memory.isPartOfUnknown(Where);
  };
  auto IsWider = [](SymbolId, const Range *Less, const Range *More) {
    return !Less || Less->contains(More ? *More : Range());
  };
  return Obligations::allDifferences(A.Obligations, B.Obligations, HandsOverLess) &&
         Memory::allDifferences(A.Memory, B.Memory, HoldsLess) &&
         Ranges::allDifferences(A.Ranges, B.Ranges, IsWider);
}

void join(State &Into, const State &From, ValueTable &Values, BlockId Block) {
  Into.Signalled |= From.Signalled;
  if (Into.Caught != From.Caught)
    Into.Caught = 0;
  llvm::SmallVector<std::pair<SymbolId, Range>> Merged;
  auto RangeIn = [](const State &S, const Value *Held) { return Held ? S.rangeOf(*Held) : Range(); };
  llvm::SmallVector<Memory::Cell, 8> Changed;
  Memory::allDifferences(
      Into.Memory, From.Memory, [&](RegionId Where, const Value *Here, const Value *There) {
        Range Known = Range::hull(RangeIn(Into, Here), RangeIn(From, There));
        Value Either;
        if (!Known.isAny()) {
          Either = Value::symbol(Values.symbol({Symbol::Kind::Merged, Block, Where, {}, {}}));
          Merged.push_back({Either.Id, Known});
        }
        Changed.push_back({Where, Either});
        return true;
      });
  for (const auto &[Where, Either] : Changed)
    Into.Memory.set(Where, Either);
  for (const auto &[Where, Either] : Changed)
    if (Either.What == Value::Kind::Undefined && Into.Memory.isPartOfUnknown(Where))
      Into.Memory.erase(Where);
  llvm::SmallVector<std::pair<SymbolId, const Obligation *>, 4> Handed;
  SharedMap<SymbolId, Obligation>::eachDifference(
      Into.Obligations, From.Obligations, [&](SymbolId S, const Obligation *Here, const Obligation *There) {
        if (Here && There)
          Handed.push_back({S, There});
      });
  for (const auto &[S, There] : Handed)
    for (const Handover &H : There->Handovers)
      Into.Obligations.change(S)->handOver(H);
  llvm::SmallVector<std::pair<SymbolId, Range>> Wider;
  SharedMap<SymbolId, Range>::eachDifference(
      Into.Ranges, From.Ranges, [&](SymbolId S, const Range *Here, const Range *There) {
        if (Here)
          Wider.push_back({S, There ? Range::hull(*Here, *There) : Range()});
      });
  for (const auto &[S, Known] : Wider)
    Into.setRange(S, Known);
  for (const auto &[Either, Known] : Merged) {
    Into.Obligations.erase(Either); // of an earlier join in a loop
    Into.setRange(Either, Known);
  }
}

} // namespace connsan
