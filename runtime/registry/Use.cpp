#include "registry/Use.h"

#include "registry/Clock.h"

#include <algorithm>

namespace connsan::runtime {

namespace {

// A program at work on one connection may pause once in a while. A connection that is used again after half
// the threshold, or several times after a tenth of it, was given back in between and belongs to a pool.
constexpr int64_t LongShare = 2, ShortShare = 10;
constexpr uint8_t ShortReturns = 3;
std::atomic<int64_t> LongGap{INT64_MAX}, ShortGap{INT64_MAX};
std::atomic<unsigned> Frames{MaxFrames};

constexpr auto Relaxed = std::memory_order_relaxed;

bool isAt(const UsePlace &P, const void *Caller, uintptr_t Depth) {
  return P.Caller.load(Relaxed) == Caller && P.Depth.load(Relaxed) == Depth;
}

/// How deep the stack is at `Frame`, up to a constant that all threads but the first share: the C library
/// puts a thread's variables at the end of its stack.
uintptr_t depthAt(const void *Frame) {
  return reinterpret_cast<uintptr_t>(&BusyDepth) - reinterpret_cast<uintptr_t>(Frame);
}

// To the runtime all calls of a script come from one place of its interpreter's. They are told apart by the
// script's frames, which are dear: after this time those of the last call are out of date.
constexpr int64_t StackAge = 100'000'000;

// The stack is walked when a place is new to the connection; a connection used from more places than there is
// room for replaces them in turn, and after `MostWalks` of that is walked only once in a while: between, a
// known place with the same calling address has to do, or that address alone.
constexpr uint8_t MostWalks = 64;

[[gnu::noinline]] Stack *newPlace(Record &R, const void *Caller, uintptr_t Depth) {
  // In a signal handler that came upon work of ours.
  if (busy())
    return R.LastAt.load(Relaxed);
  BusyScope Scope;
  uint8_t Walks = R.NextPlace.load(Relaxed);
  unsigned Kept = Frames.load(Relaxed);
  int64_t Time = nowCoarse();
  if (Walks < MostWalks) {
    R.NextPlace.store(static_cast<uint8_t>(Walks + 1), Relaxed);
  } else if (Time - R.StackRead.load(Relaxed) < StackAge) {
    for (UsePlace &P : R.Places)
      if (P.Caller.load(Relaxed) == Caller)
        return P.At.load(Relaxed);
    Kept = 1;
  }
  R.StackRead.store(Time, Relaxed);
  Stack *At = captureStack(Caller, Kept);
  UsePlace &P = R.Places[Walks % std::size(R.Places)];
  P.Caller.store(Caller, Relaxed);
  P.Depth.store(Depth, Relaxed);
  P.At.store(At, Relaxed);
  return At;
}

[[gnu::noinline]] Stack *scriptPlace(Record &R, const void *Caller, uintptr_t Depth, Stack *Known,
                                     int64_t Time) {
  if (busy() || Time - R.StackRead.load(Relaxed) < StackAge)
    return Known;
  BusyScope Scope;
  R.StackRead.store(Time, Relaxed);
  Stack *At = captureStack(Caller, Frames.load(Relaxed));
  for (UsePlace &P : R.Places)
    if (isAt(P, Caller, Depth))
      P.At.store(At, Relaxed);
  return At;
}

Stack *placeOf(Record &R, const void *Caller, uintptr_t Depth) {
  for (UsePlace &P : R.Places)
    if (isAt(P, Caller, Depth))
      return P.At.load(Relaxed);
  return newPlace(R, Caller, Depth);
}

/// The connection is in use again at `Time`.
inline void noteReturn(Record &R, StateWord Before, int64_t Time) {
  int64_t Idle = Time - Before.since();
  // Only a connection that was used before is used again.
  if (Before.state() != State::Idle || Idle < ShortGap.load(Relaxed) || !R.LastUse.load(Relaxed))
    return;
  auto Returns = static_cast<uint8_t>(std::min(R.IdleReturns.load(Relaxed) + 1, 255));
  R.IdleReturns.store(Returns, Relaxed);
  Stack *Site = R.AcquiredAt.load(Relaxed);
  if (Site && (Returns >= ShortReturns || Idle >= LongGap.load(Relaxed)) && !Site->Reused.load(Relaxed))
    Site->Reused.store(true, Relaxed);
}

} // namespace

void configureUse(int64_t Held, unsigned StackDepth) {
  LongGap.store(Held > 0 ? Held / LongShare : INT64_MAX, Relaxed);
  ShortGap.store(Held > 0 ? Held / ShortShare : INT64_MAX, Relaxed);
  Frames.store(StackDepth, Relaxed);
}

void beginUse(const RecordRef &Ref, Api With, Effect E, const void *Caller, const void *Frame) {
  Record &R = *Ref.R;
  StateWord Before = Ref.state();
  State Was = Before.state();
  R.LastWith.store(With, Relaxed);
  R.LastBy.store(threadId(), Relaxed);
  uintptr_t Depth = depthAt(Frame);
  Stack *At = placeOf(R, Caller, Depth);
  R.LastAt.store(At, std::memory_order_release);
  if (E != Effect::Starts)
    return;
  int64_t Time = nowCoarse();
  if (At && At->Script)
    R.LastAt.store(scriptPlace(R, Caller, Depth, At, Time), std::memory_order_release);
  noteReturn(R, Before, Time);
  R.LastUse.store(Time, Relaxed);
  // Threads that share a connection may lose a count, which costs less than an atomic addition.
  R.Uses.store(R.Uses.load(Relaxed) + 1, Relaxed);
  if (Was != State::Failed && Was != State::Connecting)
    Ref.setState(StateWord(isInTransaction(Was) ? State::ActiveInTransaction : State::Active, Time));
}

namespace {

State stateOf(Standing S, State Was) {
  switch (S) {
  case Standing::Idle:
  case Standing::Broken:
    break;
  case Standing::InTransaction:
    return State::IdleInTransaction;
  case Standing::InFailedTransaction:
    return State::IdleInFailedTransaction;
  case Standing::InFlight:
    return isInTransaction(Was) ? State::ActiveInTransaction : State::Active;
  }
  return State::Idle;
}

} // namespace

void noteStanding(const RecordRef &Ref, Standing S) {
  StateWord Before = Ref.state();
  if (isIdle(Before.state()) && S != Standing::InFlight && S != Standing::Broken)
    Ref.setState(StateWord(stateOf(S, Before.state()), Before.since()));
}

void endUse(const RecordRef &Ref, Standing S) {
  Record &R = *Ref.R;
  StateWord Before = Ref.state();
  State Was = Before.state();
  if (S == Standing::Broken) {
    R.Socket.store(-1, Relaxed);
    if (Was == State::Failed || Was == State::Connecting)
      return;
  }
  int64_t Time = nowCoarse();
  noteReturn(R, Before, Time);
  R.LastUse.store(Time, Relaxed);
  Ref.setState(StateWord(stateOf(S, Was), Time));
}

} // namespace connsan::runtime
