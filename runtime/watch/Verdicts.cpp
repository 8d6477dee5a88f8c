#include "watch/Verdicts.h"

#include "options/Current.h"
#include "registry/Clock.h"
#include "registry/Mailbox.h"
#include "registry/Socket.h"
#include "watch/Recorder.h"
#include "watch/SiteRules.h"

#include <algorithm>
#include <new>
#include <unordered_map>

namespace connsan::runtime {

namespace {

Totals Said;
std::atomic<int> Answers[16];
int64_t LastHolders = 0;

constexpr int64_t HoldersEvery = 60'000'000'000;
/// A pool that is no larger than this is never said to grow.
constexpr uint32_t SmallPool = 8;

/// Reports in full that were written.
int Reports = 0;

/// Whether one more may be written. A program with leaks in a thousand places shall not drown in them.
bool takeReport() {
  int Most = options().MaxReports;
  if (Reports == Most)
    reportNote("this was the last report in full (max_reports=" + std::to_string(Most) +
               "); what follows is counted");
  if (Reports > Most)
    return false;
  return ++Reports <= Most;
}

/// The kinds of both begin alike.
Suppressible subjectOf(Overdue Kind) {
  return static_cast<Suppressible>(Kind);
}
static_assert(static_cast<unsigned>(Suppressible::Connecting) == static_cast<unsigned>(Overdue::Connecting));

/// A pool fills in its own time; only when it has doubled since it was last spoken of is it said to grow.
void judgeGrowth(const Snapshot &S, int64_t Now) {
  Stack *Site = S.AcquiredAt;
  uint32_t Past = Site->Past.load(std::memory_order_relaxed);
  if (Site->Said == 0)
    Site->Said = std::max(Past, SmallPool);
  if (Past < 2 * Site->Said)
    return;
  Site->Said = Past;
  if (isSuppressed(Suppressible::Growth, S))
    ++Said.Suppressed;
  else if (takeReport())
    reportGrowth(S, Past, thresholdOf(Suppressible::Held, S), Now);
}

/// Once per site and kind in full, afterwards counted.
void judge(Overdue Kind, const Snapshot &S, int64_t Limit, int64_t Now) {
  if (Kind == Overdue::Held && S.AcquiredAt) {
    S.AcquiredAt->Past.fetch_add(1, std::memory_order_relaxed);
    if (isPooled(S))
      judgeGrowth(S, Now);
  }
  if (Limit == Never) {
    Said.Suppressed += isSuppressed(subjectOf(Kind), S);
    return;
  }
  if (Kind == Overdue::Held && isPooled(S))
    return;
  ++Said.Overdue[static_cast<unsigned>(Kind)];
  uint8_t Bit = static_cast<uint8_t>(1u << static_cast<unsigned>(Kind));
  if (S.AcquiredAt) {
    if (S.AcquiredAt->PrintedKinds & Bit)
      return;
    S.AcquiredAt->PrintedKinds |= Bit;
  }
  // The flag goes first: whoever releases the connection from here on tells us.
  if (takeReport() && setFlags(S.Ref, PrintedFull))
    reportOverdue(Kind, S, Limit, Now);
}

/// The sooner of `Next` and the moment at which `Since` is older than `Limit`; true when it is so already.
bool over(int64_t Limit, int64_t Since, int64_t Now, int64_t &Next) {
  if (Limit == Never)
    return false;
  int64_t At = Since + Limit;
  if (At <= Now)
    return true;
  Next = std::min(Next, At);
  return false;
}

using Sites = std::vector<std::vector<Snapshot>>;

/// All open connections and leases that are ours and that `Wanted` wants, by the site that `SiteOf` tells;
/// oldest first.
template<typename Filter, typename Site> Sites openBySite(Filter Wanted, Site SiteOf) {
  std::vector<Snapshot> All;
  forEachLive([&](const Glance &G) {
    Snapshot S;
    if (takeSnapshot(G.Index, S) && !(S.Flags & Inherited) && Wanted(S) && !hasEnded(S))
      All.push_back(S);
  });
  std::sort(All.begin(), All.end(), [](const Snapshot &A, const Snapshot &B) { return A.Id < B.Id; });
  Sites Result;
  std::unordered_map<const Stack *, size_t> Place;
  for (const Snapshot &S : All) {
    auto [It, New] = Place.try_emplace(SiteOf(S), Result.size());
    if (New)
      Result.emplace_back();
    Result[It->second].push_back(S);
  }
  return Result;
}

const Stack *acquisitionSite(const Snapshot &S) {
  return S.AcquiredAt;
}

/// Who has a pooled connection says more than where the pool made it.
const Stack *holdingSite(const Snapshot &S) {
  Snapshot Lease;
  return S.Partner && takeSnapshotOf(S.Partner, Lease) ? Lease.AcquiredAt : S.AcquiredAt;
}

void judgeRefusal() {
  int64_t Now = now();
  if (LastHolders && Now - LastHolders < HoldersEvery)
    return;
  // The refused attempts themselves hold nothing.
  Sites Open = openBySite(
      [](const Snapshot &S) { return !(S.Flags & Lease) && S.Word.state() != State::Failed; }, holdingSite);
  LastHolders = Now;
  reportHolders(Open, Now);
}

/// Told by the reason, since what one site left open can still differ in that. Returns the number of leaks.
unsigned judgeOpen(const std::vector<Snapshot> &Same, LeakReason (*ReasonOf)(const Snapshot &, size_t),
                   int64_t Now) {
  std::vector<Snapshot> ByReason[LeakReasons];
  for (const Snapshot &S : Same) {
    LeakReason Reason = ReasonOf(S, Same.size());
    bool Unasked = Reason == LeakReason::None && options().OpenAtExit == OpenAtExitMode::Off;
    // A rule can be about the application, in which those of a site may differ.
    if (Unasked || isSuppressed(Suppressible::Leak, S)) {
      Said.Suppressed += !Unasked;
      recordHidden(S);
      continue;
    }
    ByReason[static_cast<unsigned>(Reason)].push_back(S);
    if (Reason != LeakReason::None)
      recordLeak(S, Reason);
  }
  unsigned Leaks = 0;
  for (unsigned I = 0; I < LeakReasons; ++I) {
    if (ByReason[I].empty())
      continue;
    auto Reason = static_cast<LeakReason>(I);
    auto Count = static_cast<unsigned>(ByReason[I].size());
    if (Reason == LeakReason::None)
      Said.OpenAtExit += Count;
    else
      Leaks += Count;
    if (takeReport())
      reportOpen(ByReason[I], Reason, Now);
  }
  Said.Leaked += Leaks;
  return Leaks;
}

LeakReason reasonAtExit(const Snapshot &S, size_t OfSite) {
  // A pool's connections are meant to stay open; they leak only when that is asked for.
  bool Pooled = isPooled(S);
  if (S.Word.state() == State::Failed)
    return LeakReason::FailedNotFinished;
  if (countsAsHeld(S))
    return LeakReason::ReportedBefore;
  if (OfSite > 1 && !Pooled)
    return LeakReason::SeveralFromOneSite;
  return options().OpenAtExit == OpenAtExitMode::Leak ? LeakReason::Asked : LeakReason::None;
}

/// A program asks at a moment when nothing should be open.
unsigned checkNow() {
  int64_t Now = now();
  Sites Open = openBySite([](const Snapshot &S) { return !(S.Flags & (Ignored | Checked)) && !isPooled(S); },
                          acquisitionSite);
  unsigned Leaks = 0;
  for (const auto &Same : Open) {
    for (const Snapshot &S : Same)
      setFlags(S.Ref, Checked | PrintedFull);
    Leaks += judgeOpen(Same, [](const Snapshot &, size_t) { return LeakReason::OpenAtCheck; }, Now);
  }
  return Leaks;
}

/// What a library that is gone had open can never be finished: it has leaked, and is nobody's from here on.
void judgeUnloaded() {
  int64_t Now = now();
  Sites Open =
      openBySite([](const Snapshot &S) { return S.Lib && S.Lib->Gone.load(std::memory_order_acquire); },
                 acquisitionSite);
  for (auto &Same : Open) {
    std::erase_if(Same, [](const Snapshot &S) { return !removeRecordOf(S.Ref, S.Of) || S.Flags & Ignored; });
    if (!Same.empty())
      judgeOpen(Same, [](const Snapshot &, size_t) { return LeakReason::LibraryUnloaded; }, Now);
  }
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
    if (takeReport())
      reportMisuse(M.Wrong, now());
    break;
  case Mail::Unloaded:
    judgeUnloaded();
    break;
  case Mail::SecondLibrary:
    reportNote(std::string("two copies of libpq are in use, each for its own connections: ") +
               M.Libraries[0]->Path + " and " + M.Libraries[1]->Path);
    break;
  case Mail::Check:
    Answers[M.Number % std::size(Answers)].store(static_cast<int>(checkNow()), std::memory_order_release);
    break;
  }
}

struct Candidate {
  Glance G;
  bool OverHeld, OverState;
  Overdue Kind;
};

/// Judges one that is over the least threshold of any site. Returns when it is to be looked at again.
int64_t judge(const Candidate &C, int64_t Now) {
  int64_t Next = Never;
  Snapshot S;
  if (!takeSnapshot(C.G.Index, S))
    return Next;
  if (S.Flags & (Inherited | Ignored) && S.Acquired == C.G.Acquired) {
    noteJudgedHeld(C.G);
    noteJudgedState(C.G);
    return Next;
  }
  if (hasEnded(S))
    return Next;
  if (C.OverHeld && S.Acquired == C.G.Acquired && !(S.Flags & PastHeld)) {
    int64_t Limit = thresholdOf(Suppressible::Held, S);
    if ((Limit == Never || over(Limit, S.Acquired, Now, Next)) && setFlags(S.Ref, PastHeld)) {
      noteJudgedHeld(C.G);
      judge(Overdue::Held, S, Limit, Now);
    }
  }
  if (C.OverState && S.Word.Bits == C.G.Word.Bits) {
    int64_t Limit = thresholdOf(subjectOf(C.Kind), S);
    if (Limit == Never || over(Limit, S.Word.since(), Now, Next)) {
      noteJudgedState(C.G);
      judge(C.Kind, S, Limit, Now);
    }
  }
  return Next;
}

} // namespace

Look sweep() {
  int64_t Least[OverdueKinds];
  int64_t Now = now();
  int64_t Begin = readClock(CLOCK_THREAD_CPUTIME_ID);
  int64_t Next = Never;
  // A state that begins after this look cannot be overdue before the shortest threshold has passed.
  for (unsigned K = 0; K < OverdueKinds; ++K) {
    Least[K] = leastThreshold(static_cast<Suppressible>(K));
    if (Least[K] != Never)
      Next = std::min(Next, Now + Least[K]);
  }
  auto IsOver = [&](Overdue Kind, int64_t Since) {
    return over(Least[static_cast<unsigned>(Kind)], Since, Now, Next);
  };
  std::vector<Candidate> Candidates;
  forEachLive([&](const Glance &G) {
    Candidate C{G, IsOver(Overdue::Held, G.Acquired), false, Overdue::Held};
    switch (G.Word.state()) {
    case State::IdleInTransaction:
    case State::IdleInFailedTransaction:
      C.Kind = Overdue::IdleInTransaction;
      break;
    case State::Active:
    case State::ActiveInTransaction:
      C.Kind = Overdue::LongQuery;
      break;
    case State::Connecting:
      C.Kind = Overdue::Connecting;
      break;
    default:
      break;
    }
    C.OverState = C.Kind != Overdue::Held && IsOver(C.Kind, G.Word.since());
    C.OverHeld = C.OverHeld && !G.JudgedHeld;
    C.OverState = C.OverState && !G.JudgedState;
    if (C.OverHeld || C.OverState)
      Candidates.push_back(C);
  });
  // Reporting is not part of the look: it happens once a site, the look for ever.
  int64_t Cost = readClock(CLOCK_THREAD_CPUTIME_ID) - Begin;
  for (const Candidate &C : Candidates)
    Next = std::min(Next, judge(C, Now));
  return {Next, Cost};
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

int answerTo(uint64_t Number) {
  return Answers[Number % std::size(Answers)].load(std::memory_order_acquire);
}

unsigned finalVerdicts() {
  readMail();
  judgeUnloaded();
  int64_t Now = now();
  for (const auto &Same :
       openBySite([](const Snapshot &S) { return !(S.Flags & (Ignored | Checked)); }, acquisitionSite))
    judgeOpen(Same, reasonAtExit, Now);
  reportSummary(Said);
  return Said.Leaked;
}

void forgetVerdicts() {
  Said = Totals();
  Reports = 0;
  LastHolders = 0;
}

} // namespace connsan::runtime
