#include "Witness.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>

namespace connsan {

Witness::Witness(const FunctionFacts &Facts, const Sites &Numbers, const DeedMap &Releases,
                 const DeedMap &Transfers)
    : Facts(Facts), Numbers(Numbers), Releases(Releases), Transfers(Transfers) {}

bool Witness::reaches(BlockId From, const std::set<BlockId> &Targets, BlockId Without) const {
  llvm::BitVector Seen(Facts.Blocks.size());
  llvm::SmallVector<BlockId, 16> Work{From};
  while (!Work.empty()) {
    BlockId Id = Work.pop_back_val();
    if (Id == Without || Seen.test(Id))
      continue;
    Seen.set(Id);
    if (Targets.contains(Id))
      return true;
    for (const Edge &E : Facts.Blocks[Id].Edges)
      if (E.Reachable)
        Work.push_back(E.To);
    llvm::append_range(Work, Facts.Blocks[Id].Landings);
  }
  return false;
}

Decision Witness::describe(const Step &S) const {
  const Block &B = Facts.Blocks[S.Where];
  Decision D;
  D.At = B.ConditionAt;
  D.Condition = Facts.Strings[B.ConditionText];
  if (B.Ends == Block::Ending::Branch) {
    D.Took = S.Edge == 0 ? Decision::Outcome::True : Decision::Outcome::False;
  } else if (const Edge &E = B.Edges[S.Edge]; E.Cases.size() == 1 && !E.IsDefault) {
    D.Took = Decision::Outcome::Case;
    D.CaseValue = E.Cases.front();
  } else {
    D.Took = Decision::Outcome::NoCase;
  }
  return D;
}

Decision Witness::describeThrow(const Step &S) const {
  const Fact &F = Numbers.factAt(S.Where);
  Decision D;
  D.At = F.At;
  D.Took = Decision::Outcome::Throws;
  if (F.What == Fact::Kind::Call || F.What == Fact::Kind::IndirectCall)
    D.Condition = Facts.Callees[F.Index].Name;
  return D;
}

std::vector<Decision> Witness::decisions(const Violation &Of, BlockId In) const {
  std::set<BlockId> EndedIn; // where the duty of this function ends
  if (isLeak(Of.Kind) && Of.Owed.Acquired)
    for (const DeedMap *Deeds : {&Releases, &Transfers})
      if (auto Done = Deeds->find(acquisition(Of.Owed)); Done != Deeds->end())
        for (const auto &[At, Block] : Done->second)
          EndedIn.insert(Block);
  const std::set<BlockId> End{Facts.Exit};

  std::vector<Decision> Chosen;
  BlockId Target = In;
  // Those far back are seldom what a reader needs, and each costs a walk over the graph.
  constexpr unsigned MostLookedAt = 64;
  unsigned LookedAt = 0;
  for (const Step *S = Of.Path; S && LookedAt < MostLookedAt; S = S->Before, ++LookedAt) {
    if (S->What == Step::Kind::Acquire) {
      if (S->Where == Of.Owed.At)
        break;
      continue;
    }
    if (S->What == Step::Kind::Jump)
      continue;
    if (S->What == Step::Kind::Throw) {
      Chosen.push_back(describeThrow(*S));
      Target = Numbers.blockOf(S->Where);
      continue;
    }
    if (S->What == Step::Kind::Release) {
      // From here on it matters what led to the release that came too early.
      if (!isLeak(Of.Kind) && S->Edge == Of.Resource)
        Target = Numbers.blockOf(S->Where);
      continue;
    }
    const Block &B = Facts.Blocks[S->Where];
    BlockId Taken = B.Edges[S->Edge].To;
    bool Leads = false;  // Target depends on this decision
    bool Misses = false; // the way not taken ends the duty, and the way taken does not
    for (std::uint32_t I = 0; I < B.Edges.size(); ++I) {
      BlockId Other = B.Edges[I].To;
      if (I == S->Edge || !B.Edges[I].Reachable || Other == Taken)
        continue;
      Leads |= (Taken == Target || !reaches(Taken, End, Target)) && reaches(Other, End, Target);
      Misses |= reaches(Other, EndedIn, Taken) && !reaches(Taken, EndedIn, Other);
    }
    if (Leads)
      Target = S->Where;
    if (Leads || Misses)
      Chosen.push_back(describe(*S));
  }
  std::reverse(Chosen.begin(), Chosen.end());
  constexpr std::size_t Most = 6;
  if (Chosen.size() > Most)
    Chosen.erase(Chosen.begin(), Chosen.end() - Most);
  return Chosen;
}

} // namespace connsan
