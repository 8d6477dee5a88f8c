#pragma once

#include <link.h>
#include <mutex>

namespace connsan::runtime {

/// dl_iterate_phdr under a lock of ours: a fork in the middle would leave the loader's own lock taken in the
/// child for ever, so forking waits for ours. The callback must be short.
void iterateModules(int (*Callback)(dl_phdr_info *, size_t, void *), void *Data);

/// How many modules have been loaded and unloaded so far.
struct ModuleCounts {
  unsigned long long Loads = 0, Unloads = 0;
};
ModuleCounts moduleCounts();

/// dlclose of the C library, for handles of our own.
void closeHandle(void *Handle);

/// For fork only.
std::mutex &loaderMutex();

} // namespace connsan::runtime
