#pragma once

#include "Facts.h"
#include "Values.h"

#include <algorithm>

namespace connsan {

/// Counts the facts of a function over all blocks, and finds them again.
class Sites {
public:
  explicit Sites(const FunctionFacts &Facts) : Facts(Facts) {
    Site Next = 0;
    for (const Block &B : Facts.Blocks) {
      First.push_back(Next);
      Next += B.Facts.size();
    }
  }
  Site firstOf(BlockId Block) const { return First[Block]; }
  BlockId blockOf(Site At) const {
    return std::upper_bound(First.begin(), First.end(), At) - First.begin() - 1;
  }
  const Fact &factAt(Site At) const {
    BlockId Block = blockOf(At);
    return Facts.Blocks[Block].Facts[At - First[Block]];
  }

private:
  const FunctionFacts &Facts;
  std::vector<Site> First; ///< of each block
};

} // namespace connsan
