#include "SummaryBuilder.h"

namespace connsan {

void SummaryBuilder::addExit(const State &S) {
  Outcome O;
  const Value &Returned = S.Returned;
  if (Returned.isInteger()) {
    O.Returned.restrict(CompareOp::Equal, Returned.Number, true);
  } else if (Returned.What == Value::Kind::Predicate) {
    std::optional<bool> Known = S.rangeOf(Returned.Id).decide(Returned.Op, Returned.Number);
    O.Returned.restrict(CompareOp::GreaterEqual, Known.value_or(false), true);
    O.Returned.restrict(CompareOp::LessEqual, Known.value_or(true), true);
  } else if (Returned.isSymbol()) {
    O.Returned = S.rangeOf(Returned.Id);
    const Symbol &What = Values.symbolAt(Returned.Id);
    const Obligation *Owed = S.Obligations.find(Returned.Id);
    bool Stored = llvm::any_of(S.Memory, [&](const auto &Entry) {
      return Entry.second == Returned && Step.outlivesFunction(S, Entry.first);
    });
    if (Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Transferred && !Stored) {
      O.Result = Model::Result::AcquireOrNull;
      O.Resource = Step.resourceName(Owed->Resource);
    } else if (What.What == Symbol::Kind::Initial) {
      auto Path = Step.accessPath(What.A);
      if (Path && Path->Hops.empty() && Path->Global.empty()) {
        O.Result = Model::Result::Argument;
        O.ResultArgument = Path->Argument;
      }
    }
  }
  for (const auto &[Known, Owed] : S.Obligations) {
    const Symbol &What = Values.symbolAt(Known);
    if (Owed.Acquired)
      continue;
    // After a call that may have changed it, or on one path only, what a place holds is taken for what it
    // held.
    std::optional<AccessPath> Path;
    if (What.What == Symbol::Kind::Initial)
      Path = Step.accessPath(What.A);
    else if ((What.What == Symbol::Kind::Written || What.What == Symbol::Kind::Merged) &&
             Owed.Now == Obligation::Phase::Released)
      Path = Step.accessPath(What.B);
    if (!Path)
      continue;
    bool ReturnedIt = O.Result == Model::Result::Argument && Returned.Id == Known;
    Effect Release{*Path, Effect::Kind::Release, Step.resourceName(Owed.Resource)};
    if (Owed.Now == Obligation::Phase::Released && !llvm::is_contained(O.Effects, Release))
      O.Effects.push_back(std::move(Release));
    else if (Owed.Now == Obligation::Phase::Transferred && !ReturnedIt)
      O.Effects.push_back({*Path, Effect::Kind::Transfer, ""});
    else if (Borrow B{*Path, Step.resourceName(Owed.Resource)};
             Owed.Now == Obligation::Phase::Used && !llvm::is_contained(Result.Borrows, B))
      Result.Borrows.push_back(std::move(B));
  }
  for (const auto &[Where, Held] : S.Memory) {
    if (!Step.outlivesFunction(S, Where))
      continue;
    std::optional<AccessPath> Path = Step.accessPath(Where);
    if (!Path || (Path->Hops.empty() && Path->Global.empty()))
      continue;
    if (Held.isSymbol() && Values.symbolAt(Held.Id) == Symbol{Symbol::Kind::Initial, Where, 0, {}, {}})
      continue;
    Effect E{*Path, Effect::Kind::StoreOther, ""};
    const Obligation *Owed = Held.isSymbol() ? S.Obligations.find(Held.Id) : nullptr;
    if (Held.isNull())
      E.What = Effect::Kind::StoreNull;
    if (Owed && Owed->Acquired && Owed->Now == Obligation::Phase::Stored) {
      E.What = Effect::Kind::StoreOwned;
      E.Resource = Step.resourceName(Owed->Resource);
    }
    O.Effects.push_back(std::move(E));
  }
  for (const auto &[Known, Limits] : S.Ranges) {
    const Symbol &What = Values.symbolAt(Known);
    if (What.What == Symbol::Kind::Initial)
      if (std::optional<AccessPath> Path = Step.accessPath(What.A))
        O.Requires.push_back({*Path, Limits});
  }
  addOutcome(std::move(O));
}

/// Keeps of A what B requires too.
static void widen(std::vector<Requirement> &A, const std::vector<Requirement> &B) {
  for (Requirement &R : A) {
    auto Same = llvm::find_if(B, [&](const Requirement &Other) { return Other.Where == R.Where; });
    R.Holds = Same == B.end() ? Range() : Range::hull(R.Holds, Same->Holds);
  }
  llvm::erase_if(A, [](const Requirement &R) { return R.Holds.isAny(); });
}

void SummaryBuilder::addOutcome(Outcome O) {
  constexpr std::size_t Few = 6;
  for (Outcome &Known : Result.Outcomes) {
    // What differs in nothing but what was required, or returned when there are many, is one outcome to a
    // caller.
    Outcome Like = Known;
    Like.Requires = O.Requires;
    if (Result.Outcomes.size() >= Few)
      Like.Returned = O.Returned;
    if (!(Like == O))
      continue;
    widen(Known.Requires, O.Requires);
    Known.Returned = Range::hull(Known.Returned, O.Returned);
    return;
  }
  Result.Outcomes.push_back(std::move(O));
}

Summary SummaryBuilder::take() {
  constexpr std::size_t Most = 12;
  if (Result.Outcomes.size() > Most) {
    Summary Unknown;
    Unknown.Outcomes.emplace_back();
    Unknown.Complete = false;
    for (const Outcome &O : Result.Outcomes)
      for (const Effect &E : O.Effects)
        if (E.What == Effect::Kind::Release || E.What == Effect::Kind::Transfer) {
          Effect Kept{E.Where, Effect::Kind::Transfer, ""};
          if (!llvm::is_contained(Unknown.Outcomes.front().Effects, Kept))
            Unknown.Outcomes.front().Effects.push_back(Kept);
        }
    return Unknown;
  }
  return std::move(Result);
}

} // namespace connsan
