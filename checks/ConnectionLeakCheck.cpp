#include "ConnectionLeakCheck.h"

#include "ResultLeakCheck.h"

namespace connsan {

bool ConnectionLeakCheck::wants(const Finding &F) const {
  return isLeak(F.Kind) && !F.isTransaction() && !ResultLeakCheck::isAllocation(F.Resource);
}

} // namespace connsan
