#pragma once

#include "registry/Record.h"
#include "registry/Thread.h"

#include <cstdint>
#include <functional>

/// The table of open connections and leases, keyed by pointer and number. The program's threads come here; no
/// lock is held for longer than a few pointer moves and none while calling out.
namespace connsan::runtime {

constexpr uint32_t NoRecord = UINT32_MAX;

/// A thread's grip on a record: the number tells whether the record is still that connection's.
struct RecordRef {
  Record *R = nullptr;
  std::atomic<uint64_t> *Word = nullptr; // its state
  uint64_t Id = 0;

  /// For one that was looked for just now; later the connection may be gone.
  bool found() const { return R; }
  explicit operator bool() const { return R && R->id() == Id; }
  bool has(uint64_t Flags) const { return R->Tag.load(std::memory_order_relaxed) & Flags; }

  StateWord state() const { return StateWord(Word->load(std::memory_order_acquire)); }
  void setState(StateWord To) const { Word->store(To.Bits, std::memory_order_release); }
};

struct Acquisition {
  Key Of;
  const Library *Lib;
  Stack *At;
  Api With;
  State Now;
  uint64_t Flags = 0;
  Key Partner = nullptr;
  const std::string *Pool = nullptr;
};

/// What is left of a connection that was released.
struct Released {
  uint64_t Id = 0;
  uint64_t Flags = 0;
  int64_t Held = 0; // ns
  Key Partner = nullptr;
};

/// The connection that this thread used last.
struct RecentUse {
  Key Of = nullptr;
  RecordRef Ref;
};
extern constinit thread_local RecentUse Recent;

/// Finds nothing while the table may be locked by this thread.
RecordRef searchRecord(Key Of);

inline RecordRef findRecord(Key Of) {
  return Of == Recent.Of && Recent.Ref ? Recent.Ref : searchRecord(Of);
}

/// `A.Of` has no record: what was left of an earlier connection at that address has been removed.
RecordRef addRecord(const Acquisition &A);
/// Forgets the connection, and what was finished at its address before. False when it was not known. With a
/// stack, it is remembered for a while as finished there.
bool removeRecord(Key Of, Stack *At, Released &Out);

/// Forgets the connection only if its record is still the same. Without a trace, as one that nobody can
/// finish.
bool removeRecordOf(const RecordRef &Ref, Key Of);

/// A call that must not have been: of a finished connection, or of one that is another process's.
enum class Misuse : uint8_t { DoubleFinish, UseAfterFinish, InheritedUse, InheritedFinish };

/// A connection that was finished a moment ago, and whose address is no other connection's since.
struct Finished {
  Key Conn = nullptr;
  uint64_t Id = 0;
  const Library *Lib = nullptr;
  Stack *AcquiredAt = nullptr;
  int AcquiredBy = 0;
  Api AcquiredWith{};
  Stack *At = nullptr;
  int By = 0;
  int64_t Time = 0;
  bool Said[2] = {};
};
/// Looks for `Conn` among them; true once for each kind of misuse.
bool findFinished(Key Conn, Misuse Kind, Finished &Out);

/// The process that this one was forked from, or 0.
int forkedFrom();

/// Sets flags of the connection; false when it is gone.
bool setFlags(const RecordRef &Ref, uint64_t Flags);

/// What a sweep looks at first: a few words a connection, in dense arrays, read without a lock.
struct Glance {
  uint32_t Index;
  int64_t Acquired;
  StateWord Word;
  bool JudgedHeld, JudgedState; // nothing new is to be said of it until it changes
};
void forEachLive(const std::function<void(const Glance &)> &Visit);

/// What was overdue has been judged. Another connection in the same place since is not mistaken for it.
void noteJudgedHeld(const Glance &G);
void noteJudgedState(const Glance &G);

/// A copy of one record. False when it was released or changed hands meanwhile.
struct Snapshot {
  RecordRef Ref;
  uint32_t Index;
  uint64_t Id, Flags;
  int64_t Acquired;
  StateWord Word;
  Stack *AcquiredAt;
  const Identity *Who;
  const Library *Lib;
  Key Of, Partner;
  const std::string *Pool;
  int AcquiredBy, BackendPid, LastBy;
  unsigned Resets, Uses, LocalPort;
  int Socket;
  uint64_t SocketInode;
  int64_t LastUse;
  Stack *LastAt;
  Api AcquiredWith, LastWith;
};
bool takeSnapshot(uint32_t Index, Snapshot &Out);
bool takeSnapshotOf(Key Of, Snapshot &Out);

/// pthread_atfork handlers: all locks in order before; in the child the records become inherited.
void lockForFork();
void unlockAfterFork();
void inheritInChild();

} // namespace connsan::runtime
