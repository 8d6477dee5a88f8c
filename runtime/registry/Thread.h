#pragma once

#include <cerrno>
#include <cstdint>

/// What belongs to one thread of the program.
namespace connsan::runtime {

/// Depth of work of ours on this thread.
extern constinit thread_local int BusyDepth;

/// Set while this thread may hold a lock of ours: a signal handler that calls libpq then leaves the table
/// alone.
inline bool busy() {
  return BusyDepth > 0;
}

/// Around work of ours on a thread of the program, which shall not see that errno was used.
class BusyScope {
public:
  BusyScope() : Error(errno) { ++BusyDepth; }
  ~BusyScope() {
    --BusyDepth;
    errno = Error;
  }
  BusyScope(const BusyScope &) = delete;
  BusyScope &operator=(const BusyScope &) = delete;

private:
  int Error;
};

/// Depth of scopes in which the program wants its connections ignored.
extern constinit thread_local unsigned IgnoreDepth;
inline bool acquisitionsIgnored() {
  return IgnoreDepth > 0;
}

/// 0 until it is asked for, and again in the child of a fork.
extern constinit thread_local int ThreadId;
int askThreadId();

/// The calling thread's id as the system shows it.
inline int threadId() {
  return ThreadId ? ThreadId : askThreadId();
}

} // namespace connsan::runtime
