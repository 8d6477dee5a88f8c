#pragma once

#include "llvm/ADT/StringRef.h"

#include <chrono>
#include <optional>

namespace connsan {

/// "500ms", "10s", "5m" or "0"; nothing for what is none.
std::optional<std::chrono::milliseconds> parseDuration(llvm::StringRef Text);

} // namespace connsan
