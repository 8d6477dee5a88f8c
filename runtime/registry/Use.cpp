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

constexpr auto Relaxed = std::memory_order_relaxed;

// The stack is walked when a calling address is new to the connection; a connection used from more places
// than there is room for replaces them in turn, and after `MostWalks` of that keeps only the calling address.
constexpr uint8_t MostWalks = 64;

Stack *placeOf(Record &R, const void *Caller, unsigned Depth) {
  for (UsePlace &P : R.Places)
    if (P.Caller.load(Relaxed) == Caller)
      return P.At.load(Relaxed);
  uint8_t Walks = R.NextPlace.load(Relaxed);
  if (Walks >= MostWalks)
    Depth = 1;
  else
    R.NextPlace.store(static_cast<uint8_t>(Walks + 1), Relaxed);
  Stack *At = captureStack(Caller, Depth);
  UsePlace &P = R.Places[Walks % std::size(R.Places)];
  P.Caller.store(Caller, Relaxed);
  P.At.store(At, Relaxed);
  return At;
}

void noteReturn(Record &R, int64_t Idle) {
  if (Idle < ShortGap.load(Relaxed))
    return;
  auto Returns = static_cast<uint8_t>(std::min(R.IdleReturns.load(Relaxed) + 1, 255));
  R.IdleReturns.store(Returns, Relaxed);
  Stack *Site = R.AcquiredAt.load(Relaxed);
  if (Site && (Returns >= ShortReturns || Idle >= LongGap.load(Relaxed)) && !Site->Reused.load(Relaxed))
    Site->Reused.store(true, Relaxed);
}

} // namespace

void setIdleGaps(int64_t Held) {
  LongGap.store(Held > 0 ? Held / LongShare : INT64_MAX, Relaxed);
  ShortGap.store(Held > 0 ? Held / ShortShare : INT64_MAX, Relaxed);
}

void beginUse(const RecordRef &Ref, Api With, Effect E, const void *Caller, unsigned StackDepth) {
  Record &R = *Ref.R;
  int64_t Time = nowCoarse();
  StateWord Before = stateOf(Ref.Index);
  // Only a connection that was used before is used again.
  if (Before.state() == State::Idle && R.LastUse.load(Relaxed))
    noteReturn(R, Time - Before.since());
  if (E == Effect::Starts)
    setState(Ref.Index, StateWord(State::Active, Time));
  R.LastUse.store(Time, Relaxed);
  R.LastWith.store(With, Relaxed);
  R.LastBy.store(threadId(), Relaxed);
  R.LastAt.store(placeOf(R, Caller, StackDepth), std::memory_order_release);
}

void endUse(const RecordRef &Ref, Standing S) {
  int64_t Time = nowCoarse();
  Ref.R->LastUse.store(Time, Relaxed);
  switch (S) {
  case Standing::Unchanged:
    // Somebody looked after the connection: it does not lie idle. What is in flight or open stays so.
    if (StateWord Word = stateOf(Ref.Index); Word.state() == State::Idle)
      setState(Ref.Index, StateWord(State::Idle, Time));
    break;
  case Standing::Idle:
    setState(Ref.Index, StateWord(State::Idle, Time));
    break;
  case Standing::InTransaction:
    setState(Ref.Index, StateWord(State::IdleInTransaction, Time));
    break;
  case Standing::InFlight:
    setState(Ref.Index, StateWord(State::Active, Time));
    break;
  }
}

} // namespace connsan::runtime
