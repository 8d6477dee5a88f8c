#include "MismatchedReleaseCheck.h"

namespace connsan {

bool MismatchedReleaseCheck::wants(const Finding &F) const {
  return F.Kind == FindingKind::ReleasedWrongly;
}

} // namespace connsan
