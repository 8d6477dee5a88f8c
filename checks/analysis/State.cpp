#include "State.h"

namespace connsan {

bool State::operator==(const State &Other) const {
  return Leaving == Other.Leaving && Signalled == Other.Signalled && AfterFatalName == Other.AfterFatalName &&
         Memory == Other.Memory && Ranges == Other.Ranges && Obligations == Other.Obligations &&
         Fates == Other.Fates && Returned == Other.Returned && Escaped == Other.Escaped &&
         Exit == Other.Exit && ExitAt == Other.ExitAt;
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

/// Whether all, or those that were acquired here, are in the same phase. How they got there, by which
/// handovers, may differ.
static bool sameObligations(const State &A, const State &B, bool OnlyOwn) {
  auto Skip = [&](auto At, auto End) {
    while (OnlyOwn && At != End && !At->second.Acquired)
      ++At;
    return At;
  };
  auto L = A.Obligations.begin();
  auto R = B.Obligations.begin();
  while (true) {
    L = Skip(L, A.Obligations.end());
    R = Skip(R, B.Obligations.end());
    if (L == A.Obligations.end() || R == B.Obligations.end())
      return L == A.Obligations.end() && R == B.Obligations.end();
    const Obligation &Left = L->second;
    const Obligation &Right = R->second;
    if (L->first != R->first || Left.Now != Right.Now || Left.Resource != Right.Resource ||
        Left.Acquired != Right.Acquired || Left.At != Right.At)
      return false;
    ++L;
    ++R;
  }
}

/// Whether what is owed is in the same places.
static bool sameHolders(const State &A, const State &B, bool OnlyOwn) {
  auto HoldsSame = [&](const State &From, const State &To) {
    if (From.Obligations.empty())
      return true;
    auto Other = To.Memory.begin();
    for (const auto &[Where, Held] : From.Memory) {
      while (Other != To.Memory.end() && Other->first < Where)
        ++Other;
      if (!Held.isSymbol() || (Other != To.Memory.end() && Other->first == Where && Other->second == Held))
        continue;
      const Obligation *Owed = From.Obligations.find(Held.Id);
      if (Owed && !(OnlyOwn && !Owed->Acquired))
        return false;
    }
    return true;
  };
  return HoldsSame(A, B) && HoldsSame(B, A);
}

bool sameTypestate(const State &A, const State &B) {
  return A.Leaving == B.Leaving && A.AfterFatalName == B.AfterFatalName && A.ExitAt == B.ExitAt &&
         A.Fates == B.Fates && A.Escaped == B.Escaped && A.Returned == B.Returned &&
         sameObligations(A, B, false) && sameHolders(A, B, false);
}

bool sameOwnTypestate(const State &A, const State &B) {
  return sameWayOut(A, B) && A.Returned == B.Returned && sameObligations(A, B, true) &&
         sameHolders(A, B, true);
}

bool sameWayOut(const State &A, const State &B) {
  return A.Leaving == B.Leaving && A.Exit == B.Exit && A.ExitAt == B.ExitAt &&
         A.AfterFatalName == B.AfterFatalName;
}

static bool isHeldAlike(SymbolId S, const State &A, const State &B) {
  auto Contains = [&](const State &Outer, const State &Inner) {
    return llvm::all_of(Inner.Memory, [&](const auto &Entry) {
      const Value *There = Outer.Memory.find(Entry.first);
      return !(Entry.second == Value::symbol(S)) || (There && *There == Entry.second);
    });
  };
  return Contains(A, B) && Contains(B, A);
}

void silenceDifferences(State &A, State &B) {
  auto Silence = [&](State &From, State &Other) {
    for (auto &[S, Owed] : From.Obligations) {
      const Obligation *Same = Other.Obligations.find(S);
      if (Same && Same->Now == Owed.Now && Same->Acquired == Owed.Acquired && Same->At == Owed.At &&
          Same->Resource == Owed.Resource && isHeldAlike(S, From, Other))
        continue;
      Owed.Now = Obligation::Phase::Transferred;
      Other.Obligations[S] = Owed;
    }
  };
  Silence(A, B);
  Silence(B, A);
  for (auto [From, To] : {std::pair(&A, &B), std::pair(&B, &A)})
    for (auto &[Where, F] : From->Fates)
      if (const Fate *Same = To->Fates.find(Where); !Same || !(*Same == F)) {
        F.Final = Obligation::Phase::Transferred;
        To->Fates[Where] = F;
      }
  if (!(A.Returned == B.Returned))
    A.Returned = B.Returned = Value{};
  for (RegionId Root : B.Escaped)
    A.escape(Root);
  B.Escaped = A.Escaped;
}

bool knowsLess(const State &A, const State &B) {
  if (B.Signalled && !A.Signalled)
    return false;
  for (const auto &[Owed, What] : A.Obligations)
    for (const Handover &H : What.Handovers)
      if (!llvm::is_contained(B.Obligations.find(Owed)->Handovers, H))
        return false;
  auto Theirs = B.Memory.begin();
  for (const auto &[Where, Held] : A.Memory) {
    if (Theirs != B.Memory.end() && Theirs->first < Where)
      return false;
    bool Both = Theirs != B.Memory.end() && Theirs->first == Where;
    if (Held.What != Value::Kind::Undefined && !(Both && Theirs->second == Held))
      return false;
    Theirs += Both;
  }
  if (Theirs != B.Memory.end())
    return false;
  return llvm::all_of(A.Ranges,
                      [&](const auto &Entry) { return Entry.second.contains(B.rangeOf(Entry.first)); });
}

void join(State &Into, const State &From, ValueTable &Values, BlockId Block) {
  Into.Signalled |= From.Signalled;
  llvm::SmallVector<std::pair<SymbolId, Range>> Merged;
  auto RangeIn = [](const State &S, RegionId Where) {
    const Value *Held = S.Memory.find(Where);
    return Held ? S.rangeOf(*Held) : Range();
  };
  auto Differs = [&](RegionId Where) {
    Range Known = Range::hull(RangeIn(Into, Where), RangeIn(From, Where));
    if (Known.isAny())
      return Value{};
    SymbolId Either = Values.symbol({Symbol::Kind::Merged, Block, Where, {}, {}});
    Merged.push_back({Either, Known});
    return Value::symbol(Either);
  };
  for (auto &[Where, Held] : Into.Memory) {
    const Value *Other = From.Memory.find(Where);
    if (!Other || !(*Other == Held))
      Held = Differs(Where);
  }
  for (const auto &[Where, Held] : From.Memory)
    if (!Into.Memory.find(Where))
      Into.Memory[Where] = Differs(Where);
  for (auto &[Owed, What] : Into.Obligations)
    for (const Handover &H : From.Obligations.find(Owed)->Handovers)
      What.handOver(H);
  for (auto &[Known, Limits] : Into.Ranges)
    Limits = Range::hull(Limits, From.rangeOf(Known));
  for (const auto &[Either, Known] : Merged) {
    Into.Obligations.erase(Either); // of an earlier join in a loop
    Into.Ranges[Either] = Known;
  }
  Into.Ranges.eraseIf([](const auto &Entry) { return Entry.second.isAny(); });
}

} // namespace connsan
