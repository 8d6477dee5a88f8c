#pragma once

#include "Finding.h"
#include "Sites.h"

#include <map>
#include <set>

namespace connsan {

/// Picks, of all decisions on a path, those that a reader needs to believe in the leak.
class Witness {
public:
  using ReleaseMap = std::map<Site, std::set<std::pair<SourcePoint, BlockId>>>;
  Witness(const FunctionFacts &Facts, const Sites &Numbers, const ReleaseMap &Releases);

  /// The decisions after the acquisition that lead to the block, or past a release.
  std::vector<Decision> decisions(const Violation &Of, BlockId In) const;

private:
  bool reaches(BlockId From, const std::set<BlockId> &Targets, BlockId Without) const;
  Decision describe(const Step &S) const;

  const FunctionFacts &Facts;
  const Sites &Numbers;
  const ReleaseMap &Releases;
};

} // namespace connsan
