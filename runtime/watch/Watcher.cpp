#include "watch/Watcher.h"

#include "options/Current.h"
#include "registry/Clock.h"
#include "registry/Mailbox.h"
#include "registry/Use.h"
#include "report/Log.h"
#include "watch/LastThread.h"
#include "watch/Verdicts.h"

#include <connsan/Version.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <pthread.h>
#include <sys/auxv.h>
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
  const Options &O = options();
  int64_t Most = LongestPause;
  for (const Duration *Limit : {&O.Held, &O.IdleInTransaction, &O.LongQuery, &O.Connecting})
    if (Limit->enabled())
      Most = std::min(Most, Limit->Nanoseconds / ThresholdShare);
  return std::max(ShortestPause, std::min(Most, Cost * PauseFactor));
}

void lastWords() {
  Leaked.store(finalVerdicts(), std::memory_order_relaxed);
  FinalDone.store(true, std::memory_order_release);
}

void *watch(void *) {
  IsWatcher = true;
  pthread_setname_np(pthread_self(), "connsan");
  for (const std::string &Note : *StartNotes)
    reportNote(Note);
  if (options().Help)
    writeText("ConnectionSanitizer options, CONNSAN_OPTIONS=key=value:key=value\n" + optionsHelp());
  int64_t NextSweep = 0;
  while (!FinalAsked.load(std::memory_order_acquire)) {
    readMail();
    if (now() >= NextSweep) {
      Look L = sweep();
      NextSweep = std::max(L.Next, now() + pauseAfter(L.Cost));
    }
    sleepUntil(std::min(NextSweep, now() + Heartbeat));
    exitIfLastThread();
  }
  lastWords();
  return nullptr;
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

void beforeFork() {
  StartMutex.lock();
  mailMutex().lock();
  lockForFork();
}

void afterForkInParent() {
  unlockAfterFork();
  mailMutex().unlock();
  StartMutex.unlock();
}

// The child has none of our threads. What is open is the parent's; should the child connect, it starts anew.
void afterForkInChild() {
  unlockAfterFork();
  mailMutex().unlock();
  inheritInChild();
  clearMail();
  forgetVerdicts();
  forgetLog();
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

void start() {
  clearMail();
  StartNotes = new std::vector<std::string>;
  auto *New = new Options;
  if (const char *List = getenv("CONNSAN_OPTIONS"))
    New->parse(List, *StartNotes);
  for (std::string &Problem : *StartNotes)
    Problem = "CONNSAN_OPTIONS: " + Problem;
  setOptions(New);
  if (std::string Problem = openLog(New->LogPath); !Problem.empty())
    StartNotes->push_back(Problem);
  if (New->Verbosity)
    StartNotes->push_back("version " CONNSAN_VERSION " observes the libpq connections of this process");
  setIdleGaps(New->Held.Nanoseconds);
  primeCapture();
  Owner.store(getpid());
  HasThread.store(startThread());
}

} // namespace

bool ensureStarted() {
  Phase P = Current.load(std::memory_order_acquire);
  if (P != Phase::Idle)
    return P == Phase::Running;
  int CancelState;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &CancelState);
  {
    std::lock_guard Lock(StartMutex);
    P = Current.load(std::memory_order_relaxed);
    if (P == Phase::Idle) {
      P = getauxval(AT_SECURE) ? Phase::Inert : Phase::Running;
      if (P == Phase::Running)
        start();
      Current.store(P, std::memory_order_release);
    }
  }
  pthread_setcancelstate(CancelState, nullptr);
  return P == Phase::Running;
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
  for (int64_t Until = now() + Patience; !FinalDone.load(std::memory_order_acquire) && now() < Until;) {
    constexpr timespec Moment{0, 500'000};
    int CancelState;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &CancelState);
    nanosleep(&Moment, nullptr);
    pthread_setcancelstate(CancelState, nullptr);
  }
  return Leaked.load();
}

} // namespace connsan::runtime
