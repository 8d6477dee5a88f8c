#pragma once

#include "registry/Api.h"
#include "registry/Identity.h"
#include "registry/Libraries.h"
#include "stack/Stack.h"

#include <string>

namespace connsan::runtime {

/// What a connection is doing.
enum class State : uint8_t {
  Free,
  Connecting,
  Failed, // to connect
  Idle,
  Active,
  IdleInTransaction,
  ActiveInTransaction,
  IdleInFailedTransaction,
};
constexpr bool isActive(State S) {
  return S == State::Active || S == State::ActiveInTransaction;
}
constexpr bool isIdle(State S) {
  return S == State::Idle || S == State::IdleInTransaction || S == State::IdleInFailedTransaction;
}
constexpr bool isInTransaction(State S) {
  return S >= State::IdleInTransaction;
}

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
  Lease = 16,      // not a connection, but that one is checked out of a pool
  Ignored = 32,    // nothing is said of it: the program asked for that
  Listened = 64,   // libpq tells us itself of its end and its resets
  Checked = 128,   // told by a check that the program asked for
};
constexpr unsigned FlagBits = 8;
constexpr uint64_t FlagMask = (1u << FlagBits) - 1;

/// What a record is found by: the address of a connection, or of a lease, told apart by `leaseKey`.
using Key = const void *;

/// User space has no such addresses, so that a pool may use the connection itself as the lease.
inline Key leaseKey(const void *Lease) {
  return reinterpret_cast<Key>(reinterpret_cast<uintptr_t>(Lease) ^ (uintptr_t(1) << 63));
}

/// A place that uses a connection, with the stack of its first call. Functions that all go through one helper
/// are told apart by how deep the stack is there.
struct UsePlace {
  std::atomic<const void *> Caller;
  std::atomic<uintptr_t> Depth;
  std::atomic<Stack *> At;
};

/// One open connection or lease. Records are never unmapped, so a stale pointer can be read safely and is
/// told by `Tag`. All is atomic since the watcher reads while the program's threads write.
struct Record {
  /// Number of the connection, unique in the process, above the flags; 0 in the number for a free record.
  std::atomic<uint64_t> Tag;
  std::atomic<Key> Of;
  std::atomic<const Library *> Lib;      // null of a lease
  std::atomic<Key> Partner;              // of a lease its connection, of a connection its lease; or null
  std::atomic<const std::string *> Pool; // empty of one without a name; null where no pool is known of

  std::atomic<Stack *> AcquiredAt;
  std::atomic<const Identity *> Who;
  std::atomic<uint64_t> SocketInode;
  std::atomic<int32_t> Socket;     // -1: unknown, or lost with the connection
  std::atomic<int32_t> AcquiredBy; // thread id
  std::atomic<int32_t> BackendPid;
  std::atomic<uint32_t> Resets;
  std::atomic<uint32_t> Uses; // calls that started something

  std::atomic<int64_t> LastUse;   // 0: never
  std::atomic<int64_t> StackRead; // when the stack was walked last for a use
  std::atomic<Stack *> LastAt;
  std::atomic<int32_t> LastBy;
  std::atomic<Api> AcquiredWith;
  std::atomic<Api> LastWith;
  std::atomic<uint8_t> NextPlace;
  std::atomic<uint8_t> IdleReturns; // how often it was used again after lying idle
  std::atomic<uint16_t> LocalPort;  // 0: unknown, or a Unix socket
  UsePlace Places[4];

  /// Next in the hash chain or in the free list; guarded by the lock of either.
  uint32_t Next;

  uint64_t id() const { return Tag.load(std::memory_order_acquire) >> FlagBits; }
};

} // namespace connsan::runtime
