#include "report/Process.h"

#include "registry/Clock.h"
#include "registry/Registry.h"

#include <atomic>
#include <unistd.h>

namespace connsan::runtime {

namespace {

std::atomic<int64_t> Started;

} // namespace

void noteStart() {
  Started.store(readClock(CLOCK_REALTIME) / 1'000'000, std::memory_order_relaxed);
}

int64_t startedAt() {
  return Started.load(std::memory_order_relaxed);
}

int parentProcess() {
  int Observed = forkedFrom();
  return Observed ? Observed : getppid();
}

std::string hostName() {
  char Name[256] = "";
  gethostname(Name, sizeof Name - 1);
  return Name;
}

} // namespace connsan::runtime
