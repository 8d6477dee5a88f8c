#include "OwnerClassCheck.h"

namespace connsan {

bool OwnerClassCheck::wants(const Finding &F) const {
  return F.Kind == FindingKind::OwnerKeeps || F.Kind == FindingKind::OwnerCopied;
}

} // namespace connsan
