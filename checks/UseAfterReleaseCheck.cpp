#include "UseAfterReleaseCheck.h"

namespace connsan {

bool UseAfterReleaseCheck::wants(const Finding &F) const {
  return !F.isTransaction() &&
         (F.Kind == FindingKind::UsedAfterRelease || F.Kind == FindingKind::ReleasedTwice);
}

} // namespace connsan
