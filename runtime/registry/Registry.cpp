#include "registry/Registry.h"

#include "registry/Clock.h"
#include "registry/Tally.h"
#include "stack/Arena.h"
#include "stack/Loader.h"
#include "stack/Modules.h"
#include "stack/Script.h"

#include <iterator>
#include <unistd.h>

namespace connsan::runtime {

namespace {

constexpr uint32_t BucketCount = 1u << 16;
constexpr uint32_t LockCount = 32;
constexpr uint32_t PerChunk = 1024;
constexpr uint32_t MostChunks = 4096;

/// Records in chunks; what every sweep reads stands apart from the rest.
struct Chunk {
  std::atomic<uint64_t> Words[PerChunk];
  std::atomic<int64_t> Acquired[PerChunk];
  /// The state word, and the time of acquiring, that were last judged to be overdue.
  std::atomic<uint64_t> JudgedWord[PerChunk];
  std::atomic<int64_t> JudgedHeld[PerChunk];
  Record Records[PerChunk];
};

/// A part of the table: its lock, and what was finished there lately.
struct alignas(64) Shard {
  std::mutex M;
  Finished Late[16];
  unsigned NextLate = 0;

  void remember(const Finished &F) { Late[NextLate++ % std::size(Late)] = F; }
  Finished *find(Key Conn) {
    for (Finished &F : Late)
      if (F.Conn == Conn)
        return &F;
    return nullptr;
  }
};

Shard Shards[LockCount];
std::atomic<int> Forking; // the process that forks, set before: when the child asks, its parent may be gone
std::atomic<int> Parent;
/// Heads of the chains, as index + 1; a chain belongs to the lock of its bucket.
uint32_t *Buckets;

std::mutex FreeMutex;
uint32_t FreeHead = NoRecord;
uint32_t Fresh = 0; // indices from here on were never used
std::atomic<Chunk *> Chunks[MostChunks];
std::atomic<uint32_t> ChunkCount;

std::atomic<uint64_t> LastId;

uint32_t bucketOf(Key Of) {
  uint64_t Hash = (reinterpret_cast<uintptr_t>(Of) >> 4) * 0x9E3779B97F4A7C15ull;
  return static_cast<uint32_t>(Hash >> 48) % BucketCount;
}

Shard &shardOf(uint32_t Bucket) {
  return Shards[Bucket % LockCount];
}

Chunk &chunkOf(uint32_t Index) {
  return *Chunks[Index / PerChunk].load(std::memory_order_acquire);
}
Record &recordAt(uint32_t Index) {
  return chunkOf(Index).Records[Index % PerChunk];
}
RecordRef refTo(uint32_t Index, uint64_t Id) {
  return {&recordAt(Index), &chunkOf(Index).Words[Index % PerChunk], Id};
}

uint32_t takeIndex() {
  std::lock_guard Lock(FreeMutex);
  if (!Buckets) {
    Buckets = static_cast<uint32_t *>(mapMemory(BucketCount * sizeof(uint32_t)));
    if (!Buckets)
      return NoRecord;
  }
  if (FreeHead != NoRecord) {
    uint32_t Index = FreeHead;
    FreeHead = recordAt(Index).Next;
    return Index;
  }
  uint32_t Number = Fresh / PerChunk;
  if (Number >= MostChunks)
    return NoRecord;
  if (!Chunks[Number].load(std::memory_order_relaxed)) {
    auto *New = static_cast<Chunk *>(mapMemory(sizeof(Chunk)));
    if (!New)
      return NoRecord;
    Chunks[Number].store(New, std::memory_order_release);
    ChunkCount.store(Number + 1, std::memory_order_release);
  }
  return Fresh++;
}

void giveBackIndex(uint32_t Index) {
  std::lock_guard Lock(FreeMutex);
  recordAt(Index).Next = FreeHead;
  FreeHead = Index;
}

// Takes the record of `Of` out of its chain. The lock of the bucket is held.
uint32_t unlink(uint32_t Bucket, Key Of) {
  uint32_t *Link = &Buckets[Bucket];
  while (*Link) {
    Record &R = recordAt(*Link - 1);
    if (R.Of.load(std::memory_order_relaxed) == Of) {
      uint32_t Index = *Link - 1;
      *Link = R.Next;
      return Index;
    }
    Link = &R.Next;
  }
  return NoRecord;
}

/// `Counts`: it was released, and not only lost sight of.
Released retire(uint32_t Index, bool Counts) {
  Record &R = recordAt(Index);
  Chunk &C = chunkOf(Index);
  int64_t Now = now();
  int64_t Held = Now - C.Acquired[Index % PerChunk].load(std::memory_order_relaxed);
  C.Words[Index % PerChunk].store(0, std::memory_order_release);
  uint64_t Tag = R.Tag.exchange(0, std::memory_order_acq_rel);
  Key Partner = R.Partner.load(std::memory_order_relaxed);
  R.Of.store(nullptr, std::memory_order_relaxed);
  Stack *At = R.AcquiredAt.load(std::memory_order_relaxed);
  if (At && Tag & PastHeld)
    At->Past.fetch_sub(1, std::memory_order_relaxed);
  if (Counts && !(Tag & (Inherited | Ignored)))
    countReleased(At, Held, Now);
  giveBackIndex(Index);
  return {Tag >> FlagBits, Tag & FlagMask, Held, Partner};
}

uint32_t findIndex(Key Of, uint64_t &Id) {
  if (!Of || busy() || !LastId.load(std::memory_order_acquire))
    return NoRecord;
  BusyScope Scope;
  uint32_t Bucket = bucketOf(Of);
  std::lock_guard Lock(shardOf(Bucket).M);
  for (uint32_t At = Buckets[Bucket]; At; At = recordAt(At - 1).Next) {
    Record &R = recordAt(At - 1);
    if (R.Of.load(std::memory_order_relaxed) == Of) {
      Id = R.id();
      return At - 1;
    }
  }
  return NoRecord;
}

} // namespace

constinit thread_local RecentUse Recent;

RecordRef searchRecord(Key Of) {
  uint64_t Id;
  uint32_t Index = findIndex(Of, Id);
  if (Index == NoRecord)
    return {};
  Recent = {Of, refTo(Index, Id)};
  return Recent.Ref;
}

RecordRef addRecord(const Acquisition &A) {
  BusyScope Scope;
  uint32_t Index = takeIndex();
  if (Index == NoRecord)
    return {};
  uint64_t Id = LastId.fetch_add(1, std::memory_order_acq_rel) + 1;
  Record &R = recordAt(Index);
  Chunk &C = chunkOf(Index);
  constexpr auto Relaxed = std::memory_order_relaxed;
  R.Of.store(A.Of, Relaxed);
  R.Lib.store(A.Lib, Relaxed);
  R.Partner.store(A.Partner, Relaxed);
  R.Pool.store(A.Pool, Relaxed);
  R.AcquiredAt.store(A.At, Relaxed);
  R.Who.store(nullptr, Relaxed);
  R.AcquiredBy.store(threadId(), Relaxed);
  R.BackendPid.store(0, Relaxed);
  R.Socket.store(-1, Relaxed);
  R.SocketInode.store(0, Relaxed);
  R.Resets.store(0, Relaxed);
  R.Uses.store(0, Relaxed);
  R.LocalPort.store(0, Relaxed);
  R.LastUse.store(0, Relaxed);
  R.StackRead.store(0, Relaxed);
  R.LastAt.store(nullptr, Relaxed);
  R.LastBy.store(0, Relaxed);
  R.AcquiredWith.store(A.With, Relaxed);
  R.LastWith.store(A.With, Relaxed);
  R.NextPlace.store(0, Relaxed);
  R.IdleReturns.store(0, Relaxed);
  for (UsePlace &P : R.Places) {
    P.Caller.store(nullptr, Relaxed);
    P.Depth.store(0, Relaxed);
    P.At.store(nullptr, Relaxed);
  }
  int64_t Time = now();
  C.Acquired[Index % PerChunk].store(Time, Relaxed);
  R.Tag.store(Id << FlagBits | A.Flags, std::memory_order_release);
  C.Words[Index % PerChunk].store(StateWord(A.Now, Time).Bits, std::memory_order_release);

  uint32_t Bucket = bucketOf(A.Of);
  {
    std::lock_guard Lock(shardOf(Bucket).M);
    R.Next = Buckets[Bucket];
    Buckets[Bucket] = Index + 1;
  }
  RecordRef Result = refTo(Index, Id);
  countAcquired(A.At, A.With, A.Flags & Lease, Time);
  // The next call is on the connection.
  if (!(A.Flags & Lease))
    Recent = {A.Of, Result};
  return Result;
}

bool removeRecord(Key Of, Stack *At, Released &Out) {
  if (!Of || !LastId.load(std::memory_order_acquire))
    return false;
  BusyScope Scope;
  uint32_t Bucket = bucketOf(Of);
  uint32_t Index;
  {
    Shard &S = shardOf(Bucket);
    std::lock_guard Lock(S.M);
    Index = unlink(Bucket, Of);
    if (Finished *Before = S.find(Of))
      Before->Conn = nullptr;
    if (Index != NoRecord && At) {
      constexpr auto Relaxed = std::memory_order_relaxed;
      Record &R = recordAt(Index);
      S.remember({Of, R.id(), R.Lib.load(Relaxed), R.AcquiredAt.load(Relaxed), R.AcquiredBy.load(Relaxed),
                  R.AcquiredWith.load(Relaxed), At, threadId(), now()});
    }
  }
  if (Index == NoRecord)
    return false;
  Out = retire(Index, true);
  return true;
}

bool removeRecordOf(const RecordRef &Ref, Key Of) {
  BusyScope Scope;
  uint32_t Bucket = bucketOf(Of), Index;
  {
    std::lock_guard Lock(shardOf(Bucket).M);
    if (!Ref)
      return false;
    Index = unlink(Bucket, Of);
  }
  return Index != NoRecord && retire(Index, false).Id == Ref.Id;
}

bool findFinished(Key Conn, Misuse Kind, Finished &Out) {
  if (!Conn || busy())
    return false;
  BusyScope Scope;
  Shard &S = shardOf(bucketOf(Conn));
  std::lock_guard Lock(S.M);
  Finished *F = S.find(Conn);
  if (!F || F->Said[static_cast<unsigned>(Kind)])
    return false;
  F->Said[static_cast<unsigned>(Kind)] = true;
  Out = *F;
  return true;
}

int forkedFrom() {
  return Parent.load(std::memory_order_relaxed);
}

bool setFlags(const RecordRef &Ref, uint64_t Flags) {
  uint64_t Tag = Ref.R->Tag.load(std::memory_order_acquire);
  while (Tag >> FlagBits == Ref.Id)
    if (Ref.R->Tag.compare_exchange_weak(Tag, Tag | Flags, std::memory_order_acq_rel))
      return true;
  return false;
}

void noteJudgedState(const Glance &G) {
  chunkOf(G.Index).JudgedWord[G.Index % PerChunk].store(G.Word.Bits, std::memory_order_relaxed);
}

void noteJudgedHeld(const Glance &G) {
  chunkOf(G.Index).JudgedHeld[G.Index % PerChunk].store(G.Acquired, std::memory_order_relaxed);
}

void forEachLive(const std::function<void(const Glance &)> &Visit) {
  uint32_t Count = ChunkCount.load(std::memory_order_acquire);
  for (uint32_t N = 0; N < Count; ++N) {
    Chunk &C = *Chunks[N].load(std::memory_order_acquire);
    for (uint32_t I = 0; I < PerChunk; ++I) {
      StateWord Word(C.Words[I].load(std::memory_order_acquire));
      if (Word.state() == State::Free)
        continue;
      constexpr auto Relaxed = std::memory_order_relaxed;
      int64_t Acquired = C.Acquired[I].load(Relaxed);
      Visit({N * PerChunk + I, Acquired, Word, C.JudgedHeld[I].load(Relaxed) == Acquired,
             C.JudgedWord[I].load(Relaxed) == Word.Bits});
    }
  }
}

bool takeSnapshot(uint32_t Index, Snapshot &Out) {
  Record &R = recordAt(Index);
  uint64_t Tag = R.Tag.load(std::memory_order_acquire);
  if (!(Tag >> FlagBits))
    return false;
  constexpr auto Relaxed = std::memory_order_relaxed;
  Out.Ref = refTo(Index, Tag >> FlagBits);
  Out.Index = Index;
  Out.Id = Tag >> FlagBits;
  Out.Flags = Tag & FlagMask;
  Out.Acquired = chunkOf(Index).Acquired[Index % PerChunk].load(Relaxed);
  Out.Word = Out.Ref.state();
  Out.AcquiredAt = R.AcquiredAt.load(Relaxed);
  Out.Who = R.Who.load(std::memory_order_acquire);
  Out.Lib = R.Lib.load(Relaxed);
  Out.Of = R.Of.load(Relaxed);
  Out.Partner = R.Partner.load(Relaxed);
  Out.Pool = R.Pool.load(Relaxed);
  Out.AcquiredBy = R.AcquiredBy.load(Relaxed);
  Out.BackendPid = R.BackendPid.load(Relaxed);
  Out.LastBy = R.LastBy.load(Relaxed);
  Out.Resets = R.Resets.load(Relaxed);
  Out.Uses = R.Uses.load(Relaxed);
  Out.LocalPort = R.LocalPort.load(Relaxed);
  Out.Socket = R.Socket.load(Relaxed);
  Out.SocketInode = R.SocketInode.load(Relaxed);
  Out.LastUse = R.LastUse.load(Relaxed);
  Out.LastAt = R.LastAt.load(std::memory_order_acquire);
  Out.AcquiredWith = R.AcquiredWith.load(Relaxed);
  Out.LastWith = R.LastWith.load(Relaxed);
  return R.id() == Out.Id;
}

bool takeSnapshotOf(Key Of, Snapshot &Out) {
  uint64_t Id;
  uint32_t Index = findIndex(Of, Id);
  return Index != NoRecord && takeSnapshot(Index, Out) && Out.Id == Id;
}

void lockForFork() {
  ++BusyDepth;
  librariesMutex().lock();
  for (Shard &S : Shards)
    S.M.lock();
  FreeMutex.lock();
  stackMutex().lock();
  tallyMutex().lock();
  scriptMutex().lock();
  identityMutex().lock();
  modulesMutex().lock();
  loaderMutex().lock();
  // Not asked by processes that never connect.
  if (LastId.load(std::memory_order_relaxed))
    Forking.store(getpid(), std::memory_order_relaxed);
}

void unlockAfterFork() {
  loaderMutex().unlock();
  modulesMutex().unlock();
  identityMutex().unlock();
  scriptMutex().unlock();
  tallyMutex().unlock();
  stackMutex().unlock();
  FreeMutex.unlock();
  for (Shard &S : Shards)
    S.M.unlock();
  librariesMutex().unlock();
  --BusyDepth;
}

void inheritInChild() {
  ThreadId = 0;
  Parent.store(Forking.load(std::memory_order_relaxed), std::memory_order_relaxed);
  // What was said of it was said by the parent.
  forEachLive([](const Glance &G) {
    std::atomic<uint64_t> &Tag = recordAt(G.Index).Tag;
    Tag.store((Tag.load(std::memory_order_relaxed) & ~uint64_t(PastHeld | PrintedFull | Checked)) | Inherited,
              std::memory_order_relaxed);
  });
}

} // namespace connsan::runtime
