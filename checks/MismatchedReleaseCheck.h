#pragma once

#include "FindingCheck.h"

namespace connsan {

/// Finds resources that are released by the function for another kind.
/// For users: docs/checks/connsan-mismatched-release.md
class MismatchedReleaseCheck : public FindingCheck {
public:
  using FindingCheck::FindingCheck;

protected:
  bool wants(const Finding &F) const override;
};

} // namespace connsan
