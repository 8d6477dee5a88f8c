#include "CpuTime.h"

#include <ctime>
#include <utility>

namespace connsan {

std::chrono::nanoseconds cpuTime() {
  timespec Now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &Now);
  return std::chrono::seconds(Now.tv_sec) + std::chrono::nanoseconds(Now.tv_nsec);
}

StageClock::Stage StageClock::enter(Stage Next) {
  std::chrono::nanoseconds Time = cpuTime();
  Spent[static_cast<std::size_t>(Now)] += Time - Since;
  Since = Time;
  return std::exchange(Now, Next);
}

} // namespace connsan
