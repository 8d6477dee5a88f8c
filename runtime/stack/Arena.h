#pragma once

#include <cstddef>

namespace connsan::runtime {

/// Zeroed memory straight from the kernel, never given back: it works in any allocator, and what it holds can
/// be read at any time without fear that it is gone. Null when memory is out.
void *mapMemory(size_t Size);

} // namespace connsan::runtime
