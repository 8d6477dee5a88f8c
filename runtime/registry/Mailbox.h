#pragma once

#include "registry/Registry.h"

/// What the program's threads tell the watcher. Nothing here waits.
namespace connsan::runtime {

struct Mail {
  enum Kind : uint8_t { ReleasedAfterReport, Refused } What;
  Released Of;
};

/// Leaves a message and wakes the watcher; a full box drops it.
void post(const Mail &M);

/// The oldest message.
bool takeMail(Mail &Out);

/// Safe in a signal handler.
void wakeWatcher();

/// Sleeps until woken or until `Deadline` of the monotonic clock.
void sleepUntil(int64_t Deadline);

/// An empty box, at the start and in the child of a fork.
void clearMail();
/// For fork only.
std::mutex &mailMutex();

} // namespace connsan::runtime
