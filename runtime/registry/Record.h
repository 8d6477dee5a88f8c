#pragma once

#include "registry/Api.h"
#include "registry/Identity.h"
#include "stack/Stack.h"

#include <libpq-fe.h>

namespace connsan::runtime {

/// A loaded libpq.
struct Library {
  char Name[64] = {}; // of its file, without directories
  uintptr_t Begin = 0, End = 0;

  bool holds(const void *Address) const {
    auto At = reinterpret_cast<uintptr_t>(Address);
    return At >= Begin && At < End;
  }
};

/// What a connection is doing.
enum class State : uint8_t { Free, Connecting, Failed, Idle, Active, IdleInTransaction };

/// State and the time since when, in one word so that both are read at once.
struct StateWord {
  uint64_t Bits = 0;

  StateWord() = default;
  explicit StateWord(uint64_t Raw) : Bits(Raw) {}
  StateWord(State S, int64_t Since) : Bits(static_cast<uint64_t>(Since) << 3 | static_cast<uint64_t>(S)) {}

  State state() const { return static_cast<State>(Bits & 7); }
  int64_t since() const { return static_cast<int64_t>(Bits >> 3); }
};

/// What has happened to a record beside being used.
enum Flag : uint64_t {
  Inherited = 1,   // open when this process was forked; the parent's business
  PastHeld = 2,    // counted as held too long
  PrintedFull = 4, // named in a report, so its release is told too
  Misused = 8,     // inherited, and said to be used nevertheless
};
constexpr unsigned FlagBits = 8;
constexpr uint64_t FlagMask = (1u << FlagBits) - 1;

/// A place that uses a connection, with the stack of its first call.
struct UsePlace {
  std::atomic<const void *> Caller;
  std::atomic<Stack *> At;
};

/// One open connection. Records are never unmapped, so a stale pointer can be read safely and is told by
/// `Tag`. All is atomic since the watcher reads while the program's threads write.
struct Record {
  /// Number of the connection, unique in the process, above the flags; 0 in the number for a free record.
  std::atomic<uint64_t> Tag;
  std::atomic<const PGconn *> Conn;
  std::atomic<const Library *> Lib;

  std::atomic<Stack *> AcquiredAt;
  std::atomic<const Identity *> Who;
  std::atomic<uint64_t> SocketInode;
  std::atomic<int32_t> Socket;     // -1: unknown, or lost with the connection
  std::atomic<int32_t> AcquiredBy; // thread id
  std::atomic<int32_t> BackendPid;
  std::atomic<uint32_t> Resets;

  std::atomic<int64_t> LastUse; // 0: never
  std::atomic<Stack *> LastAt;
  std::atomic<int32_t> LastBy;
  std::atomic<Api> AcquiredWith;
  std::atomic<Api> LastWith;
  std::atomic<uint8_t> NextPlace;
  std::atomic<uint8_t> IdleReturns; // how often it was used again after lying idle
  UsePlace Places[4];

  /// The state word that was last reported; a new state may be reported again.
  std::atomic<uint64_t> ReportedState;

  /// Next in the hash chain or in the free list; guarded by the lock of either.
  uint32_t Next;

  uint64_t id() const { return Tag.load(std::memory_order_acquire) >> FlagBits; }
};

} // namespace connsan::runtime
