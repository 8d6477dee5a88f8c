#include "stack/Stack.h"

#include "stack/Arena.h"
#include "stack/Script.h"

#include <boost/stacktrace/safe_dump_to.hpp>

#include <algorithm>
#include <cstring>
#include <new>

namespace connsan::runtime {

namespace {

constexpr size_t BucketCount = size_t(1) << 16;
constexpr size_t ChunkSize = size_t(1) << 18;
/// Frames of our own below the caller's: capture, span and wrapper, and Boost's two.
constexpr unsigned OwnFrames = 8;

using Bucket = std::atomic<Stack *>;

std::mutex Mutex;
std::atomic<Bucket *> Buckets;
char *ChunkNext;
char *ChunkEnd;

uint32_t hashOf(const uintptr_t *Frames, unsigned Depth, const std::string *Script) {
  uint64_t Hash = Depth + reinterpret_cast<uintptr_t>(Script);
  for (unsigned I = 0; I < Depth; ++I) {
    Hash = (Hash ^ Frames[I]) * 0x9E3779B97F4A7C15ull;
    Hash ^= Hash >> 32;
  }
  return static_cast<uint32_t>(Hash);
}

/// Not memcmp, which ThreadSanitizer looks into: in a program that was built with it, but whose runtime was
/// not, it could not see by what this is ordered after the copy in `intern`.
bool isSame(const uintptr_t *Some, const uintptr_t *Others, unsigned Count) {
  for (unsigned I = 0; I < Count; ++I)
    if (Some[I] != Others[I])
      return false;
  return true;
}

Stack *lookUp(Stack *From, uint32_t Hash, const uintptr_t *Frames, unsigned Depth,
              const std::string *Script) {
  for (Stack *S = From; S; S = S->Next.load(std::memory_order_acquire))
    if (S->Hash == Hash && S->Depth == Depth && S->Script == Script && isSame(S->frames(), Frames, Depth))
      return S;
  return nullptr;
}

// Called with the mutex held.
void *allocate(size_t Size) {
  if (!ChunkNext || ChunkNext + Size > ChunkEnd) {
    char *Chunk = static_cast<char *>(mapMemory(ChunkSize));
    if (!Chunk)
      return nullptr;
    ChunkNext = Chunk;
    ChunkEnd = Chunk + ChunkSize;
  }
  void *Result = ChunkNext;
  ChunkNext += Size;
  return Result;
}

Stack *intern(const uintptr_t *Frames, unsigned Depth, const std::string *Script) {
  uint32_t Hash = hashOf(Frames, Depth, Script);
  Bucket *Table = Buckets.load(std::memory_order_acquire);
  if (Table)
    if (Stack *Found =
            lookUp(Table[Hash % BucketCount].load(std::memory_order_acquire), Hash, Frames, Depth, Script))
      return Found;

  std::lock_guard Lock(Mutex);
  Table = Buckets.load(std::memory_order_relaxed);
  if (!Table) {
    Table = static_cast<Bucket *>(mapMemory(BucketCount * sizeof(Bucket)));
    if (!Table)
      return nullptr;
    Buckets.store(Table, std::memory_order_release);
  }
  Bucket &Head = Table[Hash % BucketCount];
  Stack *First = Head.load(std::memory_order_acquire);
  if (Stack *Found = lookUp(First, Hash, Frames, Depth, Script))
    return Found;
  void *Memory = allocate(sizeof(Stack) + Depth * sizeof(uintptr_t));
  if (!Memory)
    return nullptr;
  auto *New = new (Memory) Stack{};
  New->Hash = Hash;
  New->Depth = static_cast<uint16_t>(Depth);
  New->Script = Script;
  std::memcpy(New->frames(), Frames, Depth * sizeof(uintptr_t));
  New->Next.store(First, std::memory_order_relaxed);
  Head.store(New, std::memory_order_release);
  return New;
}

} // namespace

void primeCapture() {
  void *Buffer[4];
  boost::stacktrace::safe_dump_to(Buffer, sizeof Buffer);
}

Stack *captureStack(const void *Caller, unsigned Depth) {
  uintptr_t Buffer[MaxFrames + OwnFrames + 1];
  Depth = std::min(Depth, MaxFrames);
  size_t Count = boost::stacktrace::safe_dump_to(Buffer, (size_t(Depth) + OwnFrames + 1) * sizeof(uintptr_t));
  Count = Count ? Count - 1 : 0;
  auto Sought = reinterpret_cast<uintptr_t>(Caller);
  uintptr_t *End = Buffer + Count;
  uintptr_t *First = std::find(Buffer, End, Sought);
  const std::string *Script = captureScript();
  if (Script)
    End = std::find_if(First, End, isInterpreter);
  // Without unwind information the walk stops in our own frames: the caller itself is then all there is.
  if (First == End)
    return intern(&Sought, 1, Script);
  return intern(First, std::min(static_cast<unsigned>(End - First), Depth), Script);
}

void forgetSites() {
  Bucket *Table = Buckets.load(std::memory_order_acquire);
  for (size_t I = 0; Table && I < BucketCount; ++I)
    for (Stack *S = Table[I].load(std::memory_order_acquire); S;
         S = S->Next.load(std::memory_order_acquire)) {
      S->PrintedKinds = 0;
      S->Said = 0;
      S->Past.store(0, std::memory_order_relaxed);
    }
}

std::mutex &stackMutex() {
  return Mutex;
}

} // namespace connsan::runtime
