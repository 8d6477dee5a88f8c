#pragma once

#include "FindingCheck.h"

namespace connsan {

/// Finds connections and pool leases that are not released on some exit, overwritten or discarded.
/// For users: docs/checks/connsan-connection-leak.md
class ConnectionLeakCheck : public FindingCheck {
public:
  using FindingCheck::FindingCheck;

protected:
  bool wants(const Finding &F) const override;
};

} // namespace connsan
