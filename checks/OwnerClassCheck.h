#pragma once

#include "FindingCheck.h"

namespace connsan {

/// Finds classes that acquire into a member and have no destructor that releases it.
/// For users: docs/checks/connsan-owner-class.md
class OwnerClassCheck : public FindingCheck {
public:
  using FindingCheck::FindingCheck;

protected:
  bool wants(const Finding &F) const override;
};

} // namespace connsan
