#pragma once

#include "Finding.h"
#include "Sites.h"

#include <map>
#include <set>

namespace connsan {

/// Picks, of all decisions on a path, those that a reader needs to believe in the leak.
class Witness {
public:
  /// What was done to the resources that were acquired at a site: where, and in which block.
  using DeedMap = std::map<Site, std::set<std::pair<SourcePoint, BlockId>>>;
  Witness(const FunctionFacts &Facts, const Sites &Numbers, const DeedMap &Releases,
          const DeedMap &Transfers);

  /// The decisions after the acquisition that lead to the block, or past a release or transfer.
  std::vector<Decision> decisions(const Violation &Of, BlockId In) const;

private:
  bool reaches(BlockId From, const std::set<BlockId> &Targets, BlockId Without) const;
  Decision describeThrow(const Step &S) const;
  Decision describe(const Step &S) const;

  const FunctionFacts &Facts;
  const Sites &Numbers;
  const DeedMap &Releases;
  const DeedMap &Transfers;
};

} // namespace connsan
