#pragma once

#include "FindingCheck.h"

namespace connsan {

/// Finds results, cancel objects and the other allocations of libpq that are not released.
/// For users: docs/checks/connsan-result-leak.md
class ResultLeakCheck : public FindingCheck {
public:
  using FindingCheck::FindingCheck;

  /// The resources of libpq that are memory and no connection.
  static bool isAllocation(llvm::StringRef Resource);

protected:
  bool wants(const Finding &F) const override;
};

} // namespace connsan
