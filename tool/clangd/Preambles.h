#pragma once

#include <atomic>
#include <cstdint>

namespace connsan::editor {

/// In this process so far. Any thread may count.
inline std::atomic<std::uint64_t> PreamblesBuilt{0};

} // namespace connsan::editor
