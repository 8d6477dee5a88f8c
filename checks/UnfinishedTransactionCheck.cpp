#include "UnfinishedTransactionCheck.h"

namespace connsan {

bool UnfinishedTransactionCheck::wants(const Finding &F) const {
  return F.isTransaction();
}

} // namespace connsan
