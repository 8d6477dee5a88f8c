#pragma once

namespace connsan::runtime {

/// dlclose of the C library, for handles of our own.
void closeHandle(void *Handle);

} // namespace connsan::runtime
