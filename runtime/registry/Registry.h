#pragma once

#include "registry/Record.h"

#include <cstdint>
#include <functional>

/// The table of open connections, keyed by pointer and number. The program's threads come here; no lock is
/// held for longer than a few pointer moves and none while calling out.
namespace connsan::runtime {

constexpr uint32_t NoRecord = UINT32_MAX;

/// A thread's grip on a record: the number tells whether the record is still that connection's.
struct RecordRef {
  Record *R = nullptr;
  uint32_t Index = NoRecord;
  uint64_t Id = 0;

  explicit operator bool() const { return R && R->id() == Id; }
};

struct Acquisition {
  const PGconn *Conn;
  const Library *Lib;
  Stack *At;
  Api With;
  State Now;
};

/// What is left of a connection that was released.
struct Released {
  uint64_t Id = 0;
  uint64_t Flags = 0;
  int64_t Held = 0; // ns
};

/// Set while a lock may be held by this thread: a signal handler that calls libpq then leaves the table
/// alone.
bool busy();

/// The calling thread's id as the system shows it.
int threadId();

RecordRef findRecord(const PGconn *Conn);
RecordRef addRecord(const Acquisition &A);
/// Forgets the connection. False when it was not known.
bool removeRecord(const PGconn *Conn, Released &Out);

StateWord stateOf(uint32_t Index);
void setState(uint32_t Index, StateWord Word);
/// Sets flags of the connection; false when it is gone.
bool setFlags(const RecordRef &Ref, uint64_t Flags);

/// True when the record at `Index` has one of the flags.
bool hasFlags(uint32_t Index, uint64_t Flags);

/// How many connections are open and not inherited.
uint64_t liveCount();

/// What a sweep looks at first: two words a connection, in dense arrays, read without a lock.
struct Glance {
  uint32_t Index;
  int64_t Acquired;
  StateWord Word;
};
void forEachLive(const std::function<void(const Glance &)> &Visit);

/// A copy of one record. False when it was released or changed hands meanwhile.
struct Snapshot {
  RecordRef Ref;
  uint64_t Id, Flags;
  int64_t Acquired;
  StateWord Word;
  Stack *AcquiredAt;
  const Identity *Who;
  const Library *Lib;
  int AcquiredBy, BackendPid, LastBy;
  unsigned Resets;
  int64_t LastUse;
  Stack *LastAt;
  Api AcquiredWith, LastWith;
};
bool takeSnapshot(uint32_t Index, Snapshot &Out);

/// pthread_atfork handlers: all locks in order before; in the child the records become inherited.
void lockForFork();
void unlockAfterFork();
void inheritInChild();

} // namespace connsan::runtime
