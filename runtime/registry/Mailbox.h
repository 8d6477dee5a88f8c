#pragma once

#include "registry/Registry.h"

/// What the program's threads tell the watcher. Nothing here waits.
namespace connsan::runtime {

/// A misuse and where it happens.
struct Mistake {
  Misuse Kind{};
  Finished Of; // of an inherited connection only how it was acquired
  Stack *At = nullptr;
  Api With{};
  int By = 0;
};

struct Mail {
  enum Kind : uint8_t { ReleasedAfterReport, Refused, Misused, Unloaded, SecondLibrary, Check } What;
  Released Of{};
  Mistake Wrong{};
  const Library *Libraries[2] = {};
  uint64_t Number = 0; // given when it is posted
};

/// Leaves a message and wakes the watcher. Returns the number of the message, or 0 when the box is full.
uint64_t post(const Mail &M);

/// The oldest message.
bool takeMail(Mail &Out);

/// To be called when a message has been dealt with.
void mailWasRead();
/// How many have been.
uint64_t mailsRead();

/// Safe in a signal handler.
void wakeWatcher();

/// Sleeps until woken or until `Deadline` of the monotonic clock.
void sleepUntil(int64_t Deadline);

/// An empty box, at the start and in the child of a fork.
void clearMail();
/// For fork only.
std::mutex &mailMutex();

} // namespace connsan::runtime
