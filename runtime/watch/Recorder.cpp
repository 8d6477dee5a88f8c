#include "watch/Recorder.h"

#include "options/Current.h"
#include "registry/Clock.h"
#include "registry/Socket.h"
#include "report/Describe.h"
#include "report/StateFile.h"
#include "report/StateLine.h"
#include "stack/Loader.h"
#include "watch/SiteRules.h"
#include "watch/Timeline.h"

#include <algorithm>
#include <map>
#include <memory>
#include <new>
#include <unordered_map>

namespace connsan::runtime {

namespace {

using Place = StateFile::Place;

/// What was written last time costs a thousandth of the time until the next, within these. One that was
/// acquired since is not waited with: what it leads to may be near.
constexpr int64_t ShortestPeriod = 250'000'000, LongestPeriod = 10'000'000'000, ShortestWithNews = 20'000'000;
constexpr int64_t CostFactor = 1000;
/// A file that cannot be written is tried again after this, and then ever later.
constexpr int64_t FirstRetry = 10'000'000'000, LastRetry = 600'000'000'000;

/// Lines that are written once and referred to by number.
template<typename Key> class Numbers {
public:
  /// The number of `K`, of which `Line(number)` is the line.
  template<typename Function> uint32_t of(StateFile &File, const Key &K, Function Line) {
    auto [It, New] = Known.try_emplace(K, static_cast<uint32_t>(Known.size()));
    if (New) {
      Place Once;
      File.put(Once, Line(It->second));
    }
    return It->second;
  }

private:
  std::map<Key, uint32_t> Known;
};

/// What outlives a file that is begun anew.
struct Memory {
  std::unordered_map<uint64_t, LeakReason> Leaks;
  /// Where in the table, of those that the last words leave out.
  std::unordered_map<uint64_t, uint32_t> Hidden;
  Timeline Times{ShortestPeriod / 1'000'000};
};

/// What is in a file, so that only what has changed is written.
class Content {
public:
  Content(StateFile &File, Memory &Past) : File(File), Past(Past), Unloads(moduleCounts().Unloads) {}

  void write(bool End);
  void leak(const Snapshot &S, LeakReason Reason);
  void hide(const Snapshot &S);

private:
  /// Where the line of a record is, and what it was made of.
  struct Slot {
    Place At;
    int64_t Acquired = 0;
    uint64_t Word = 0;
    bool IsLease = false, Written = false, Seen = false, Judged = false, Held = false, Exited = false,
         Gone = false;
  };

  void begin();
  void sweep(bool All);
  void writeSlot(Slot &To, uint32_t Index);
  void lookCloser(uint32_t Index);
  void rewrite(uint32_t Index);
  void sites();
  std::string lineOf(const Snapshot &S, bool Held, bool Exited);
  PlacedFrame place(uintptr_t Frame);
  int64_t numberOf(const Stack *At);

  StateFile &File;
  Memory &Past;
  WallClock Wall;
  Place Header, Beat;
  std::vector<Slot> Slots;
  uint32_t NextLook = 0;
  bool Ending = false;
  Numbers<std::pair<std::string, std::string>> ModuleNumbers;
  Numbers<const Stack *> StackNumbers;
  Numbers<const Identity *> IdentityNumbers;
  struct SiteState {
    Place At;
    uint64_t Written = 0;
  };
  std::unordered_map<const Tally *, SiteState> Sites;
  std::unordered_map<uintptr_t, PlacedFrame> Places;
  unsigned long long Unloads; // modules unloaded so far: places of addresses have changed when it does
};

void Content::begin() {
  if (Header.Blocks)
    return;
  File.put(Header, headerLine(options().Held.Nanoseconds));
  File.put(Beat, beatLine(Wall(now()), false));
  Past.Times.writeAll(File);
}

PlacedFrame Content::place(uintptr_t Frame) {
  auto [It, New] = Places.try_emplace(Frame);
  if (!New)
    return It->second;
  Module In;
  It->second = {-1, Frame};
  // The call is before the address to which it returns.
  if (findModule(Frame - 1, In))
    It->second = {ModuleNumbers.of(File, {In.BuildId, In.Path},
                                   [&In](uint32_t Number) { return moduleLine(Number, In); }),
                  Frame - In.Base};
  return It->second;
}

int64_t Content::numberOf(const Stack *At) {
  if (!At)
    return -1;
  return StackNumbers.of(File, At, [&](uint32_t Number) {
    std::vector<PlacedFrame> Frames;
    for (unsigned I = 0; I < At->Depth; ++I)
      Frames.push_back(place(At->frames()[I]));
    return stackLine(Number, Frames, At->Script);
  });
}

std::string Content::lineOf(const Snapshot &S, bool Held, bool Exited) {
  References To;
  To.AcquiredAt = numberOf(S.AcquiredAt);
  To.LastAt = S.LastUse ? numberOf(S.LastAt) : -1;
  if (S.Who)
    To.Who = IdentityNumbers.of(File, S.Who, [&S](uint32_t Number) { return identityLine(Number, *S.Who); });
  Snapshot Partner;
  if (S.Flags & Lease && S.Partner && takeSnapshotOf(S.Partner, Partner))
    To.Partner = Partner.Id;
  auto Leak = Past.Leaks.find(S.Id);
  return recordLine(S, To, {Held, Exited, Leak == Past.Leaks.end() ? LeakReason::None : Leak->second}, Wall);
}

void Content::writeSlot(Slot &To, uint32_t Index) {
  Snapshot S;
  if (!takeSnapshot(Index, S))
    return;
  To.Acquired = S.Acquired;
  To.Word = S.Word.Bits;
  To.IsLease = S.Flags & Lease;
  // Of those that are not ours, or not to be spoken of, nothing is kept.
  To.Written = !(S.Flags & (Inherited | Ignored)) && !To.Gone && !(Ending && Past.Hidden.contains(S.Id));
  if (!To.Written)
    return File.blank(To.At);
  To.Held = countsAsHeld(S);
  File.put(To.At, lineOf(S, To.Held, To.Exited));
}

/// What no change of a record tells: that its thread has exited, or its socket was closed past us.
void Content::lookCloser(uint32_t Index) {
  Slot &Of = Slots[Index];
  Snapshot S;
  if (!Of.Written || !takeSnapshot(Index, S))
    return;
  bool Exited = hasExited(S.AcquiredBy), Gone = hasEnded(S);
  if (Exited == Of.Exited && Gone == Of.Gone && countsAsHeld(S) == Of.Held)
    return;
  Of.Exited = Exited;
  Of.Gone = Gone;
  writeSlot(Of, Index);
}

void Content::sweep(bool All) {
  for (Slot &S : Slots)
    S.Seen = false;
  StateSample Now{Wall(now()), {}};
  forEachLive([&](const Glance &G) {
    if (G.Index >= Slots.size())
      Slots.resize(G.Index + 1);
    Slot &S = Slots[G.Index];
    S.Seen = true;
    if (S.Acquired != G.Acquired)
      S.Exited = false;
    if (S.Acquired != G.Acquired || S.Word != G.Word.Bits || S.Judged != G.JudgedHeld) {
      S.Gone = false;
      S.Judged = G.JudgedHeld;
      writeSlot(S, G.Index);
    }
    if (S.Written && !S.IsLease)
      ++Now.Open[static_cast<unsigned>(G.Word.state()) - 1];
  });
  for (Slot &S : Slots)
    if (S.Written && !S.Seen) {
      File.blank(S.At);
      S.Written = false;
      S.Acquired = 0;
    }
  // Each of these asks the kernel, so they take turns.
  constexpr uint32_t AtATime = 32;
  auto Count = static_cast<uint32_t>(Slots.size());
  for (uint32_t I = 0; I < (All ? Count : std::min(Count, AtATime)); ++I)
    lookCloser(NextLook = (NextLook + 1) % Count);
  Past.Times.add(File, Now);
}

void Content::sites() {
  for (const Tally *T = tallies(); T; T = T->Next) {
    constexpr auto Relaxed = std::memory_order_relaxed;
    uint64_t Acquired = T->Acquired.load(Relaxed);
    if (!Acquired)
      continue;
    SiteState &S = Sites[T];
    uint64_t Count = 2 * (Acquired + T->Released.load(Relaxed)) + T->Site->Reused.load(Relaxed);
    if (S.Written == Count)
      continue;
    S.Written = Count;
    File.put(S.At, siteLine(static_cast<uint32_t>(numberOf(T->Site)), *T, Wall));
  }
}

void Content::write(bool End) {
  if (auto Count = moduleCounts().Unloads; Count != Unloads) {
    Places.clear();
    Unloads = Count;
  }
  Ending = End;
  for (const auto &[Id, Index] : Past.Hidden)
    if (End)
      rewrite(Index);
  begin();
  sweep(End);
  sites();
  File.put(Beat, beatLine(Wall(now()), End));
}

void Content::leak(const Snapshot &S, LeakReason Reason) {
  begin();
  Past.Leaks[S.Id] = Reason;
  if (Reason == LeakReason::LibraryUnloaded) {
    // It is out of the table, and its line stays.
    Place Last;
    File.put(Last, lineOf(S, countsAsHeld(S), false));
  }
  rewrite(S.Index);
}

void Content::hide(const Snapshot &S) {
  Past.Hidden.emplace(S.Id, S.Index);
}

/// At the next sweep, whether or not its state has changed.
void Content::rewrite(uint32_t Index) {
  if (Index < Slots.size())
    Slots[Index].Word = 0;
}

class Recorder {
public:
  /// `Before`: the one of the process that this one was forked from. It is kept, since it may have been in
  /// the middle of anything.
  explicit Recorder(Recorder *Before) : Before(Before), What(std::make_unique<Content>(File, Past)) {}

  std::string open(const std::string &Prefix) { return File.create(Prefix); }

  int64_t next() const { return haveNewTallies() ? NextWithNews : Next; }

  void record(bool End) {
    forgetNewTallies();
    int64_t Begin = readClock(CLOCK_THREAD_CPUTIME_ID);
    if ((Failed || !File.intact()) && !restart(End)) {
      Next = NextWithNews = NextTry;
      return;
    }
    try {
      What->write(End);
      Failed = !File.commit();
    } catch (const std::bad_alloc &) {
      Failed = true;
    }
    if (!Failed) {
      Retry = FirstRetry;
      NextTry = 0;
    }
    int64_t Cost = (readClock(CLOCK_THREAD_CPUTIME_ID) - Begin) * CostFactor;
    Next = now() + std::clamp(Cost, ShortestPeriod, LongestPeriod);
    NextWithNews = now() + std::clamp(Cost, ShortestWithNews, LongestPeriod);
  }
  void leak(const Snapshot &S, LeakReason Reason) { What->leak(S, Reason); }
  void hide(const Snapshot &S) { What->hide(S); }
  void abandon() { File.abandon(); }

private:
  bool restart(bool End) {
    if (now() < NextTry && !End)
      return false;
    NextTry = now() + Retry;
    Retry = std::min(2 * Retry, LastRetry);
    if (!File.startOver())
      return false;
    What = std::make_unique<Content>(File, Past);
    return true;
  }

  Recorder *Before;
  StateFile File;
  Memory Past;
  std::unique_ptr<Content> What;
  bool Failed = false;
  int64_t Retry = FirstRetry, NextTry = 0;
  int64_t Next = 0, NextWithNews = 0;
};

Recorder *Current, *Abandoned;

} // namespace

std::string openState(const std::string &Prefix) {
  auto New = std::make_unique<Recorder>(Abandoned);
  std::string Problem = New->open(Prefix);
  if (Problem.empty()) {
    Current = New.release();
    keepTallies(true);
  }
  return Problem;
}

int64_t nextRecord() {
  return Current ? Current->next() : Never;
}

void recordState() {
  if (Current)
    Current->record(false);
}

void recordEnd() {
  if (Current)
    Current->record(true);
}

void recordLeak(const Snapshot &S, LeakReason Reason) {
  if (Current)
    Current->leak(S, Reason);
}

void recordHidden(const Snapshot &S) {
  if (Current)
    Current->hide(S);
}

void forgetState() {
  if (!Current)
    return;
  Current->abandon();
  Abandoned = Current;
  Current = nullptr;
  keepTallies(false);
}

} // namespace connsan::runtime
