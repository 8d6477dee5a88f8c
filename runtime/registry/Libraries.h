#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

namespace connsan::runtime {

/// A loaded libpq.
struct Library {
  char Name[64] = {}; // of its file, without directories
  char Path[512] = {};
  uintptr_t Begin = 0, End = 0;
  /// Unloaded: its functions cannot be called any more.
  std::atomic<bool> Gone = false;
  Library *Next = nullptr;

  bool holds(const void *Address) const {
    auto At = reinterpret_cast<uintptr_t>(Address);
    return At >= Begin && At < End;
  }
};

/// Every libpq that was used so far, the latest first. They are never freed: records point to them.
Library *libraries();
/// With the mutex held.
void addLibrary(Library *L);
/// Held while one is looked for and added.
std::mutex &librariesMutex();

/// Marks those that have been unloaded since. True when there was one.
bool noteUnloadedLibraries();

} // namespace connsan::runtime
