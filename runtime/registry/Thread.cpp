#include "registry/Thread.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace connsan::runtime {

constinit thread_local int BusyDepth = 0;
constinit thread_local unsigned IgnoreDepth = 0;
constinit thread_local int ThreadId = 0;

int askThreadId() {
  ThreadId = static_cast<int>(syscall(SYS_gettid));
  return ThreadId;
}

} // namespace connsan::runtime
