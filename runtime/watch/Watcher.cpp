#include "watch/Watcher.h"

#include "options/Current.h"
#include "options/Environment.h"
#include "registry/Clock.h"
#include "registry/Mailbox.h"
#include "registry/Use.h"
#include "report/Log.h"
#include "report/Process.h"
#include "stack/Copies.h"
#include "stack/Loader.h"
#include "stack/Modules.h"
#include "stack/Script.h"
#include "watch/LastThread.h"
#include "watch/Recorder.h"
#include "watch/SiteRules.h"
#include "watch/Unobserved.h"
#include "watch/Verdicts.h"

#include <connsan/Version.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <new>
#include <pthread.h>
#include <sys/auxv.h>
#include <sys/single_threaded.h>
#include <unistd.h>

namespace connsan::runtime {

namespace {

enum class Phase : int { Idle, Running, Inert };

std::atomic<Phase> Current{Phase::Idle};
std::mutex StartMutex;
/// The process that the state belongs to; a vfork'ed child shares our memory and must not touch it.
std::atomic<pid_t> Owner;
std::atomic<bool> HasThread;
std::atomic<bool> FinalAsked, FinalDone;
std::atomic<unsigned> Leaked;
std::vector<std::string> *StartNotes;
thread_local bool IsWatcher = false;

constexpr int64_t Heartbeat = 1'000'000'000;
/// A sweep is followed by a pause of this many times its own cost, which bounds what it takes of a processor;
/// but by no longer one than a part of the shortest threshold, or reports would come late.
constexpr int64_t PauseFactor = 1000;
constexpr int64_t ThresholdShare = 4;
constexpr int64_t ShortestPause = 10'000'000;
constexpr int64_t LongestPause = 1'000'000'000;

int64_t pauseAfter(int64_t Cost) {
  int64_t Most = LongestPause;
  for (Suppressible Kind : {Suppressible::Held, Suppressible::IdleInTransaction, Suppressible::LongQuery,
                            Suppressible::Connecting})
    Most = std::min(Most, leastThreshold(Kind) / ThresholdShare);
  return std::max(ShortestPause, std::min(Most, Cost * PauseFactor));
}

// Out of memory, a report is lost and nothing else.
void lastWords() {
  try {
    reportUnobserved();
    Leaked.store(finalVerdicts(), std::memory_order_relaxed);
    recordEnd();
  } catch (const std::bad_alloc &) {
  }
  FinalDone.store(true, std::memory_order_release);
}

void firstWords() {
  try {
    reportProcess();
    for (const std::string &Note : *StartNotes)
      reportNote(Note);
    if (options().Help)
      writeText("ConnectionSanitizer options, CONNSAN_OPTIONS=key=value:key=value\n" + optionsHelp());
  } catch (const std::bad_alloc &) {
  }
}

/// Returns when to look again.
int64_t lookOnce() {
  try {
    int64_t Begin = now();
    Look L = sweep();
    // From its beginning, or what comes due during a report would wait for longer than the pause.
    return std::max({L.Next, Begin + pauseAfter(L.Cost), now() + ShortestPause});
  } catch (const std::bad_alloc &) {
    return now() + LongestPause;
  }
}

/// What the program did past our wrappers.
void lookAtModules() {
  try {
    static ModuleCounts Last;
    ModuleCounts Counts = moduleCounts();
    if (Counts.Unloads != Last.Unloads && noteUnloadedLibraries())
      post({Mail::Unloaded});
    if (Counts.Loads != Last.Loads)
      findInterpreter();
    Last = Counts;
    reportUnobservedAmong(Counts.Loads);
  } catch (const std::bad_alloc &) {
  }
}

void *watch(void *) {
  IsWatcher = true;
  pthread_setname_np(pthread_self(), "connsan");
  firstWords();
  int64_t NextSweep = 0, NextModules = 0;
  while (!FinalAsked.load(std::memory_order_acquire)) {
    readMail();
    if (now() >= NextSweep)
      NextSweep = lookOnce();
    if (now() >= nextRecord())
      recordState();
    if (now() >= NextModules) {
      NextModules = now() + Heartbeat;
      lookAtModules();
    }
    sleepUntil(std::min({NextSweep, nextRecord(), now() + Heartbeat}));
    exitIfLastThread();
  }
  lastWords();
  return nullptr;
}

template<typename Condition> void waitFor(Condition Fulfilled, int64_t Patience) {
  for (int64_t Until = now() + Patience; !Fulfilled() && now() < Until;) {
    constexpr timespec Moment{0, 500'000};
    int CancelState;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &CancelState);
    nanosleep(&Moment, nullptr);
    pthread_setcancelstate(CancelState, nullptr);
  }
}

bool startThread() {
  // The program's handlers run on the program's threads.
  sigset_t All, Before;
  sigfillset(&All);
  pthread_sigmask(SIG_SETMASK, &All, &Before);
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setdetachstate(&Attributes, PTHREAD_CREATE_DETACHED);
  constexpr size_t StackSize = size_t(1) << 20;
  pthread_attr_setstacksize(&Attributes, StackSize);
  pthread_t Thread;
  bool Started = pthread_create(&Thread, &Attributes, watch, nullptr) == 0;
  pthread_attr_destroy(&Attributes);
  pthread_sigmask(SIG_SETMASK, &Before, nullptr);
  return Started;
}

/// Whether the program's threads may look at the modules, as the watcher always may. Those of the child of a
/// fork may when its parent had no other thread, which could have been in the loader and left its locks
/// taken.
std::atomic<bool> MayLook = true;
thread_local bool ForkedAlone = false;

/// False in a fork from a signal handler that came upon work of ours: some of the locks are this thread's.
thread_local bool LockedForFork = false;

void beforeFork() {
  ForkedAlone = __libc_single_threaded;
  LockedForFork = !busy();
  if (!LockedForFork)
    return;
  StartMutex.lock();
  mailMutex().lock();
  lockForFork();
}

void afterForkInParent() {
  if (!LockedForFork)
    return;
  unlockAfterFork();
  mailMutex().unlock();
  StartMutex.unlock();
}

// The child has none of our threads. What is open is the parent's; should the child connect, it starts anew.
void afterForkInChild() {
  if (!LockedForFork) {
    // What this thread was changing stays half done: hands off from here on.
    Current.store(Phase::Inert);
    ++BusyDepth;
    return;
  }
  MayLook.store(ForkedAlone);
  unlockAfterFork();
  mailMutex().unlock();
  inheritInChild();
  clearMail();
  forgetVerdicts();
  forgetUnobserved();
  forgetLog();
  forgetState();
  HasThread.store(false);
  FinalAsked.store(false);
  FinalDone.store(false);
  Leaked.store(0);
  if (Current.load() == Phase::Running)
    Current.store(Phase::Idle);
  StartMutex.unlock();
}

// From the very beginning: the first connect of one thread can meet the fork of another.
__attribute__((constructor)) void registerFork() {
  pthread_atfork(beforeFork, afterForkInParent, afterForkInChild);
}

const Options *readOptions() {
  auto *Result = new Options;
  auto Read = [Result](const char *List, const std::string &From) {
    std::vector<std::string> Problems;
    if (List)
      Result->parse(List, Problems);
    for (const std::string &Problem : Problems)
      StartNotes->push_back(From + ": " + Problem);
  };
  Read(defaultOptions(), "the program's default options");
  Read(environmentOptions(), "CONNSAN_OPTIONS");
  return Result;
}

/// Reads the options and opens the log.
void prepare() {
  noteStart();
  delete StartNotes;
  StartNotes = new std::vector<std::string>;
  forgetSites();
  const Options *New = readOptions();
  setOptions(New);
  std::vector<Suppression> Rules;
  if (!New->Suppressions.empty())
    Rules = readSuppressions(New->Suppressions, *StartNotes);
  setRules(std::move(Rules));
  if (std::string Problem = openLog(New->LogPath); !Problem.empty())
    StartNotes->push_back(Problem);
  if (New->Verbosity)
    StartNotes->push_back("version " CONNSAN_VERSION " observes the libpq connections of this process");
}

void start() {
  clearMail();
  prepare();
  if (const std::string &Path = options().StatePath; !Path.empty())
    if (std::string Problem = openState(Path); !Problem.empty())
      StartNotes->push_back(Problem);
  configureUse(options().Held.Nanoseconds, static_cast<unsigned>(options().StackFrames.Value));
  primeCapture();
  rememberModules();
  findInterpreter();
  Owner.store(getpid());
  HasThread.store(true);
  if (!startThread()) {
    HasThread.store(false);
    StartNotes->push_back("cannot start a thread: nothing is reported before the process ends");
    firstWords();
  }
}

} // namespace

bool ensureStarted() {
  Phase P = Current.load(std::memory_order_acquire);
  if (P != Phase::Idle)
    return P == Phase::Running;
  BusyScope Scope;
  int CancelState;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &CancelState);
  try {
    std::lock_guard Lock(StartMutex);
    P = Current.load(std::memory_order_relaxed);
    if (P == Phase::Idle) {
      P = getauxval(AT_SECURE) || !isFirstCopy() ? Phase::Inert : Phase::Running;
      if (P == Phase::Running)
        start();
      Current.store(P, std::memory_order_release);
    }
  } catch (const std::bad_alloc &) {
    // The next connect may find more memory.
    P = Phase::Idle;
  }
  pthread_setcancelstate(CancelState, nullptr);
  return P == Phase::Running;
}

namespace {

bool mayLook() {
  return MayLook.load() && !busy() && !getauxval(AT_SECURE);
}

} // namespace

void beforeUnload() {
  if (!mayLook())
    return;
  BusyScope Scope;
  try {
    rememberUnobserved();
  } catch (const std::bad_alloc &) {
  }
}

void finishUnconnected() {
  if (Current.load(std::memory_order_acquire) != Phase::Idle || !mayLook())
    return;
  BusyScope Scope;
  try {
    if (!haveUnobserved())
      return;
    std::lock_guard Lock(StartMutex);
    if (Current.load(std::memory_order_relaxed) != Phase::Idle)
      return;
    prepare();
    firstWords();
    reportUnobserved();
  } catch (const std::bad_alloc &) {
  }
}

unsigned finish(int64_t Patience) {
  if (Current.load(std::memory_order_acquire) != Phase::Running || Owner.load() != getpid())
    return 0;
  bool First = !FinalAsked.exchange(true);
  if (IsWatcher || !HasThread.load()) {
    // Nobody else can write the report.
    if (First)
      lastWords();
    return Leaked.load();
  }
  wakeWatcher();
  waitFor([] { return FinalDone.load(std::memory_order_acquire); }, Patience);
  return Leaked.load();
}

int checkOpen() {
  if (Current.load(std::memory_order_acquire) != Phase::Running || Owner.load() != getpid() || busy())
    return 0;
  constexpr int64_t Patience = 10'000'000'000;
  uint64_t Number = post({Mail::Check});
  if (!Number || IsWatcher)
    return -1;
  if (!HasThread.load())
    readMail();
  waitFor([Number] { return mailsRead() >= Number || FinalDone.load(std::memory_order_acquire); }, Patience);
  return mailsRead() >= Number ? answerTo(Number) : -1;
}

void reportAhead(const Mail &M) {
  if (!ensureStarted() || Owner.load() != getpid())
    return;
  constexpr int64_t Patience = 2'000'000'000;
  uint64_t Number = post(M);
  if (Number && HasThread.load() && !IsWatcher)
    waitFor([Number] { return mailsRead() >= Number || FinalDone.load(std::memory_order_acquire); },
            Patience);
}

} // namespace connsan::runtime
