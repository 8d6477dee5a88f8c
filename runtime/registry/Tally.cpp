#include "registry/Tally.h"

#include "registry/Mailbox.h"
#include "stack/Arena.h"

#include <algorithm>
#include <bit>
#include <new>

namespace connsan::runtime {

namespace {

std::atomic<bool> Keeping, New;
std::atomic<Tally *> Latest;
/// Guards what new ones are made of; taken once for each site.
std::mutex Mutex;
char *Free, *End;

constexpr auto Relaxed = std::memory_order_relaxed;

Tally *make(Stack *Site, Api With, bool IsLease) {
  std::lock_guard Lock(Mutex);
  if (Tally *Known = Site->Counts.load(std::memory_order_acquire))
    return Known;
  constexpr size_t ChunkSize = size_t(1) << 16;
  if (!Free || Free + sizeof(Tally) > End) {
    auto *Chunk = static_cast<char *>(mapMemory(ChunkSize));
    if (!Chunk)
      return nullptr;
    Free = Chunk;
    End = Chunk + ChunkSize;
  }
  auto *Made = new (Free) Tally{};
  Free += sizeof(Tally);
  Made->Site = Site;
  Made->With = With;
  Made->OfLeases = IsLease;
  Made->Next = Latest.load(Relaxed);
  Site->Counts.store(Made, std::memory_order_release);
  Latest.store(Made, std::memory_order_release);
  return Made;
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
  if (!New.load(Relaxed) && !New.exchange(true))
    wakeWatcher();
}

bool haveNewTallies() {
  return New.load(Relaxed);
}

void forgetNewTallies() {
  New.store(false);
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
