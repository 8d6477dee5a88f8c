#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

namespace connsan::runtime {

constexpr unsigned MaxFrames = 64;

struct Tally;

/// One distinct stack, kept once and forever. As the place where connections were acquired it is a site, so
/// what is known of a site is kept here too.
struct Stack {
  std::atomic<Stack *> Next;
  uint32_t Hash;
  uint16_t Depth;
  /// Some connection of this site was used again after lying idle: the site is a pool's.
  std::atomic<bool> Reused;
  /// Kinds of report already printed in full; the watcher's alone.
  uint8_t PrintedKinds;
  /// Connections of this site that are open past the threshold now.
  std::atomic<uint32_t> Past;
  /// The number past the threshold that was last spoken of; the watcher's alone.
  uint32_t Said;

  /// What is counted of the site, when that is asked for.
  std::atomic<Tally *> Counts;

  /// What the thread ran of a script, if any; part of what tells stacks apart.
  const std::string *Script;

  /// Return addresses, innermost first; they follow the header.
  const uintptr_t *frames() const { return reinterpret_cast<const uintptr_t *>(this + 1); }
  uintptr_t *frames() { return reinterpret_cast<uintptr_t *>(this + 1); }
};

/// Loads what unwinding needs, which the first capture would otherwise do at a worse time.
void primeCapture();

/// The calling thread's stack from the frame that `Caller` returns to outwards; of a script its frames too.
/// Null only when memory is out.
Stack *captureStack(const void *Caller, unsigned Depth);

/// Nothing was said of any site yet: in the child of a fork, before its watcher starts.
void forgetSites();

/// Guards the table of stacks; for fork only.
std::mutex &stackMutex();

} // namespace connsan::runtime
