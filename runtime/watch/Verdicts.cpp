#include "watch/Verdicts.h"

#include "options/Current.h"
#include "registry/Clock.h"
#include "registry/Mailbox.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <new>
#include <sys/stat.h>
#include <unordered_map>

namespace connsan::runtime {

namespace {

Totals Said;
int64_t LastHolders = 0;

constexpr int64_t HoldersEvery = 60'000'000'000;
/// A pool that is no larger than this is never said to grow.
constexpr uint32_t SmallPool = 8;

/// A pool fills in its own time; only when it has doubled since it was last spoken of is it said to grow.
void judgeGrowth(const Snapshot &S, int64_t Now) {
  Stack *Site = S.AcquiredAt;
  uint32_t Past = Site->Past.load(std::memory_order_relaxed);
  if (Site->Said == 0)
    Site->Said = std::max(Past, SmallPool);
  if (Past < 2 * Site->Said)
    return;
  Site->Said = Past;
  reportGrowth(S, Past, Now);
}

/// Once per site and kind in full, afterwards counted.
void judge(Overdue Kind, const Snapshot &S, int64_t Now) {
  if (Kind == Overdue::Held && S.AcquiredAt) {
    S.AcquiredAt->Past.fetch_add(1, std::memory_order_relaxed);
    if (S.Word.state() != State::Failed && S.AcquiredAt->Reused.load(std::memory_order_relaxed))
      return judgeGrowth(S, Now);
  }
  ++Said.Overdue[static_cast<unsigned>(Kind)];
  uint8_t Bit = static_cast<uint8_t>(1u << static_cast<unsigned>(Kind));
  if (S.AcquiredAt) {
    if (S.AcquiredAt->PrintedKinds & Bit)
      return;
    S.AcquiredAt->PrintedKinds |= Bit;
  }
  // The flag goes first: whoever releases the connection from here on tells us.
  if (setFlags(S.Ref, PrintedFull))
    reportOverdue(Kind, S, Now);
}

/// The sooner of `Next` and the moment at which `Since` is older than `Limit`; true when it is so already.
bool over(const Duration &Limit, int64_t Since, int64_t Now, int64_t &Next) {
  if (!Limit.enabled())
    return false;
  int64_t At = Since + Limit.Nanoseconds;
  if (At <= Now)
    return true;
  Next = std::min(Next, At);
  return false;
}

/// A connection whose socket is closed has ended past us, or is just being reset: either way it holds
/// nothing.
bool hasEnded(const Snapshot &S) {
  bool Connected = S.Word.state() != State::Connecting && S.Word.state() != State::Failed;
  if (!Connected || S.Socket < 0)
    return false;
  // Not fstat, in which ThreadSanitizer sees a race with the program's close.
  struct statx Status;
  if (statx(S.Socket, "", AT_EMPTY_PATH, STATX_INO, &Status) != 0)
    return errno == EBADF;
  return Status.stx_ino != S.SocketInode;
}

using Sites = std::vector<std::vector<Snapshot>>;

/// All open connections that are ours, by the stack that acquired them; oldest first.
Sites openBySite() {
  std::vector<Snapshot> All;
  forEachLive([&All](const Glance &G) {
    Snapshot S;
    if (takeSnapshot(G.Index, S) && !(S.Flags & Inherited) && !hasEnded(S))
      All.push_back(S);
  });
  std::sort(All.begin(), All.end(), [](const Snapshot &A, const Snapshot &B) { return A.Id < B.Id; });
  Sites Result;
  std::unordered_map<const Stack *, size_t> Place;
  for (const Snapshot &S : All) {
    auto [It, New] = Place.try_emplace(S.AcquiredAt, Result.size());
    if (New)
      Result.emplace_back();
    Result[It->second].push_back(S);
  }
  return Result;
}

void judgeRefusal() {
  int64_t Now = now();
  if (LastHolders && Now - LastHolders < HoldersEvery)
    return;
  Sites Open = openBySite();
  // The refused attempts themselves hold nothing.
  for (auto &Same : Open)
    std::erase_if(Same, [](const Snapshot &S) { return S.Word.state() == State::Failed; });
  std::erase_if(Open, [](const auto &Same) { return Same.empty(); });
  LastHolders = Now;
  reportHolders(Open, Now);
}

void read(const Mail &M) {
  switch (M.What) {
  case Mail::ReleasedAfterReport:
    reportReleased(M.Of);
    break;
  case Mail::Refused:
    judgeRefusal();
    break;
  case Mail::Misused:
    ++Said.Misuse[static_cast<unsigned>(M.Wrong.Kind)];
    reportMisuse(M.Wrong, now());
    break;
  }
}

} // namespace

Look sweep() {
  const Options &O = options();
  int64_t Now = now();
  int64_t Begin = readClock(CLOCK_THREAD_CPUTIME_ID);
  int64_t Next = INT64_MAX;
  // A state that begins after this look cannot be overdue before the shortest threshold has passed.
  for (const Duration *Limit : {&O.Held, &O.IdleInTransaction, &O.LongQuery, &O.Connecting})
    if (Limit->enabled())
      Next = std::min(Next, Now + Limit->Nanoseconds);

  struct Candidate {
    Glance G;
    bool OverHeld, OverState;
    Overdue Kind;
  };
  std::vector<Candidate> Candidates;
  forEachLive([&](const Glance &G) {
    Candidate C{G, over(O.Held, G.Acquired, Now, Next), false, Overdue::Held};
    switch (G.Word.state()) {
    case State::IdleInTransaction:
      C.Kind = Overdue::IdleInTransaction;
      C.OverState = over(O.IdleInTransaction, G.Word.since(), Now, Next);
      break;
    case State::Active:
      C.Kind = Overdue::LongQuery;
      C.OverState = over(O.LongQuery, G.Word.since(), Now, Next);
      break;
    case State::Connecting:
      C.Kind = Overdue::Connecting;
      C.OverState = over(O.Connecting, G.Word.since(), Now, Next);
      break;
    default:
      break;
    }
    if ((C.OverHeld && !hasFlags(G.Index, PastHeld)) || C.OverState)
      Candidates.push_back(C);
  });
  // Reporting is not part of the look: it happens once a site, the look for ever.
  Look Result{Next, readClock(CLOCK_THREAD_CPUTIME_ID) - Begin};

  for (const Candidate &C : Candidates) {
    Snapshot S;
    if (!takeSnapshot(C.G.Index, S) || (S.Flags & Inherited) || hasEnded(S))
      continue;
    if (C.OverHeld && S.Acquired == C.G.Acquired && !(S.Flags & PastHeld) && setFlags(S.Ref, PastHeld))
      judge(Overdue::Held, S, Now);
    if (C.OverState && S.Word.Bits == C.G.Word.Bits &&
        S.Ref.R->ReportedState.exchange(S.Word.Bits, std::memory_order_relaxed) != S.Word.Bits)
      judge(C.Kind, S, Now);
  }
  return Result;
}

void readMail() {
  Mail M;
  while (takeMail(M)) {
    try {
      read(M);
    } catch (const std::bad_alloc &) {
      // One report less.
    }
    mailWasRead();
  }
}

unsigned finalVerdicts() {
  readMail();
  int64_t Now = now();
  OpenAtExitMode Mode = options().OpenAtExit;
  for (const auto &Same : openBySite()) {
    // What one site left open can still differ in its reason.
    std::vector<Snapshot> ByReason[5];
    for (const Snapshot &S : Same) {
      // A pool's connections are meant to stay open; they leak only when that is asked for.
      bool Pooled = S.AcquiredAt && S.AcquiredAt->Reused.load(std::memory_order_relaxed);
      LeakReason Reason = LeakReason::None;
      if (S.Word.state() == State::Failed)
        Reason = LeakReason::FailedNotFinished;
      else if (S.Flags & PastHeld && !Pooled)
        Reason = LeakReason::ReportedBefore;
      else if (Same.size() > 1 && !Pooled)
        Reason = LeakReason::SeveralFromOneSite;
      else if (Mode == OpenAtExitMode::Leak)
        Reason = LeakReason::Asked;
      ByReason[static_cast<unsigned>(Reason)].push_back(S);
    }
    for (unsigned I = 0; I < std::size(ByReason); ++I) {
      if (ByReason[I].empty())
        continue;
      auto Reason = static_cast<LeakReason>(I);
      auto Count = static_cast<unsigned>(ByReason[I].size());
      if (Reason == LeakReason::None && Mode == OpenAtExitMode::Off)
        continue;
      (Reason == LeakReason::None ? Said.OpenAtExit : Said.Leaked) += Count;
      reportOpenAtExit(ByReason[I], Reason, Now);
    }
  }
  reportSummary(Said);
  return Said.Leaked;
}

void forgetVerdicts() {
  Said = Totals();
  LastHolders = 0;
}

} // namespace connsan::runtime
