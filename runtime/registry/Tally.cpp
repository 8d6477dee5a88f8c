#include "registry/Tally.h"

#include "stack/Arena.h"

#include <algorithm>
#include <bit>
#include <new>

namespace connsan::runtime {

namespace {

std::atomic<bool> Keeping;
std::atomic<Tally *> Latest;
/// Guards what new ones are made of; taken once for each site.
std::mutex Mutex;
char *Free, *End;

constexpr auto Relaxed = std::memory_order_relaxed;

Tally *make(Stack *Site, Api With, bool IsLease) {
  std::lock_guard Lock(Mutex);
  if (Tally *Made = Site->Counts.load(std::memory_order_acquire))
    return Made;
  constexpr size_t ChunkSize = size_t(1) << 16;
  if (!Free || Free + sizeof(Tally) > End) {
    auto *Chunk = static_cast<char *>(mapMemory(ChunkSize));
    if (!Chunk)
      return nullptr;
    Free = Chunk;
    End = Chunk + ChunkSize;
  }
  auto *New = new (Free) Tally{};
  Free += sizeof(Tally);
  New->Site = Site;
  New->With = With;
  New->OfLeases = IsLease;
  New->Next = Latest.load(Relaxed);
  Site->Counts.store(New, std::memory_order_release);
  Latest.store(New, std::memory_order_release);
  return New;
}

} // namespace

void keepTallies(bool Keep) {
  Keeping.store(Keep, Relaxed);
  for (Tally *T = Latest.load(std::memory_order_acquire); T; T = T->Next) {
    T->Acquired.store(0, Relaxed);
    T->Released.store(0, Relaxed);
    T->First.store(0, Relaxed);
    T->Last.store(0, Relaxed);
    T->Longest.store(0, Relaxed);
    for (auto &Bucket : T->Holds)
      Bucket.store(0, Relaxed);
  }
}

void countAcquired(Stack *Site, Api With, bool IsLease, int64_t Now) {
  if (!Site || !Keeping.load(Relaxed))
    return;
  Tally *T = Site->Counts.load(std::memory_order_acquire);
  if (!T && !(T = make(Site, With, IsLease)))
    return;
  int64_t Never = 0;
  T->First.compare_exchange_strong(Never, Now, Relaxed);
  T->Last.store(Now, Relaxed);
  T->Acquired.fetch_add(1, Relaxed);
}

void countReleased(const Stack *Site, int64_t Held, int64_t Now) {
  Tally *T = Site ? Site->Counts.load(std::memory_order_acquire) : nullptr;
  // What was acquired before the counting began, as by the parent of a fork, is not released in it.
  if (!T || T->Released.load(Relaxed) >= T->Acquired.load(Relaxed))
    return;
  auto Milliseconds = static_cast<uint64_t>(std::max(Held, int64_t(0))) / 1'000'000;
  T->Holds[std::min<unsigned>(static_cast<unsigned>(std::bit_width(Milliseconds)), HoldBuckets - 1)]
      .fetch_add(1, Relaxed);
  int64_t Longest = T->Longest.load(Relaxed);
  while (Longest < Held && !T->Longest.compare_exchange_weak(Longest, Held, Relaxed))
    ;
  T->Last.store(Now, Relaxed);
  T->Released.fetch_add(1, Relaxed);
}

const Tally *tallies() {
  return Latest.load(std::memory_order_acquire);
}

std::mutex &tallyMutex() {
  return Mutex;
}

} // namespace connsan::runtime
