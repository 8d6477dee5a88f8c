#pragma once

#include "FindingCheck.h"

namespace connsan {

/// Finds resources that are used, or released again, after they were released.
/// For users: docs/checks/connsan-use-after-release.md
class UseAfterReleaseCheck : public FindingCheck {
public:
  using FindingCheck::FindingCheck;

protected:
  bool wants(const Finding &F) const override;
};

} // namespace connsan
