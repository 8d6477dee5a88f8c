#pragma once

#include "Leak.h"

#include <map>
#include <set>

namespace connsan {

/// Picks, of all decisions on a path, those that a reader needs to believe in the leak.
class Witness {
public:
  using ReleaseMap = std::map<Site, std::set<std::pair<SourcePoint, BlockId>>>;
  Witness(const FunctionFacts &Facts, const ReleaseMap &Releases);

  /// The decisions after the acquisition that keep the path off a release, or off the way around the exit.
  std::vector<Decision> decisions(const Step *Path, Site Acquired, BlockId LostIn) const;

private:
  bool reaches(BlockId From, const std::set<BlockId> &Targets, BlockId Without) const;
  Decision describe(const Step &S) const;

  const FunctionFacts &Facts;
  const ReleaseMap &Releases;
};

} // namespace connsan
