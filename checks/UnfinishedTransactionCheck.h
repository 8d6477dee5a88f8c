#pragma once

#include "FindingCheck.h"

namespace connsan {

/// Finds transactions that are open at some exit while another one ends them, or that go back to a pool open.
/// For users: docs/checks/connsan-unfinished-transaction.md
class UnfinishedTransactionCheck : public FindingCheck {
public:
  using FindingCheck::FindingCheck;

protected:
  bool wants(const Finding &F) const override;
};

} // namespace connsan
