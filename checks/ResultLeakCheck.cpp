#include "ResultLeakCheck.h"

namespace connsan {

bool ResultLeakCheck::isAllocation(llvm::StringRef Resource) {
  constexpr llvm::StringLiteral Allocations[] = {"result",   "cancel",       "cancel-connection",
                                                 "conninfo", "libpq-memory", "expandable-buffer"};
  return llvm::is_contained(Allocations, Resource);
}

bool ResultLeakCheck::wants(const Finding &F) const {
  return isLeak(F.Kind) && isAllocation(F.Resource);
}

} // namespace connsan
