#pragma once

#include "Finding.h"
#include "Sites.h"

#include <map>
#include <set>

namespace connsan {

/// Picks, of all decisions on a path, those that a reader needs to believe in the leak.
class Witness {
public:
  /// What was acquired by one call, or the transaction that it began.
  using Acquisition = std::pair<Site, bool>;
  static Acquisition acquisition(const Obligation &Owed) { return {Owed.At, Owed.isTransaction()}; }
  /// What was done to it: where, and in which block.
  using DeedMap = std::map<Acquisition, std::set<std::pair<SourcePoint, BlockId>>>;
  Witness(const FunctionFacts &Facts, const Sites &Numbers, const DeedMap &Releases,
          const DeedMap &Transfers);

  /// The decisions after the acquisition that lead to the block, or past a release or transfer.
  std::vector<Decision> decisions(const Violation &Of, BlockId In) const;

  /// Whether a path leads from a block to one of the targets that does not pass through `Without`.
  bool reaches(BlockId From, const std::set<BlockId> &Targets, BlockId Without) const;

private:
  Decision describeThrow(const Step &S) const;
  Decision describe(const Step &S) const;

  const FunctionFacts &Facts;
  const Sites &Numbers;
  const DeedMap &Releases;
  const DeedMap &Transfers;
};

} // namespace connsan
