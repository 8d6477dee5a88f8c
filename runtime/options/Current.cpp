#include "options/Current.h"

#include <atomic>

namespace connsan::runtime {

namespace {
std::atomic<const Options *> Current;
std::atomic<const char *> Default;
} // namespace

const Options &options() {
  if (const Options *Set = Current.load(std::memory_order_acquire))
    return *Set;
  static const auto *Defaults = new Options;
  return *Defaults;
}

void setOptions(const Options *Forever) {
  // Those of a fork's parent may still be read, and a leak checker shall not find them lost.
  static auto *Kept = new std::vector<const Options *>;
  Kept->push_back(Forever);
  Current.store(Forever, std::memory_order_release);
}

const char *defaultOptions() {
  return Default.load(std::memory_order_acquire);
}

void setDefaultOptions(const char *Forever) {
  Default.store(Forever, std::memory_order_release);
}

} // namespace connsan::runtime
