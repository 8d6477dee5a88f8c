#pragma once

#include "registry/Mailbox.h"

/// The thread that watches, and the beginning and end of everything.
namespace connsan::runtime {

/// Reads the options, opens the log and starts the watcher, once in a process and again in the child of a
/// fork. Called by every connect; false when the runtime must stay out of the way (a setuid program).
bool ensureStarted();

/// Has what is about to go wrong reported before it does: waits for that, in bounded time.
void reportAhead(const Mail &M);

/// Has what is open reported as leaked. Returns how many that are, or -1 when no answer came.
int checkOpen();

/// Has the last report written, waiting no longer than `Patience` for it. Returns the number of leaked
/// connections. Does nothing in a process that never connected.
unsigned finish(int64_t Patience);

/// Before the program unloads a library.
void beforeUnload();

/// The end of a process that never connected: says so when that is only how it looks.
void finishUnconnected();

} // namespace connsan::runtime
