// Preloaded before the runtime: notes how long the runtime, and the program itself, hold their locks. It stands in
// front of pthread_mutex_lock and its kin and tells who calls by the return address. The file that LOCK_TIMES names
// gets a struct Site for each place that locks: how often that was, the longest hold by the wall clock and by the
// thread's own processor time, which does not run while another thread has the processor, and how many were longer
// than 50 us by that.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { MostSites = 256, MostHeld = 128, LongHold = 50000 };

struct Site {
  _Atomic uint64_t Offset; // in the runtime's file, of the instruction after the call; 1 for all of the program
  _Atomic uint64_t Count, Long;
  _Atomic int64_t LongestWall, LongestCpu; // nanoseconds
};

struct Held {
  pthread_mutex_t *Mutex;
  struct Site *At;
  int64_t Wall, Cpu;
};

static int (*RealLock)(pthread_mutex_t *);
static int (*RealTryLock)(pthread_mutex_t *);
static int (*RealUnlock)(pthread_mutex_t *);
static uintptr_t Base, End; // of the runtime
static uintptr_t ProgramBase, ProgramEnd;
static struct Site *Sites;
static __thread struct Held Stack[MostHeld];
static __thread int Depth;

static int64_t readClock(clockid_t Clock) {
  struct timespec Time;
  clock_gettime(Clock, &Time);
  return Time.tv_sec * INT64_C(1000000000) + Time.tv_nsec;
}

static int findModules(struct dl_phdr_info *Info, size_t Size, void *Data) {
  // The program comes first, and has no name.
  int IsProgram = !ProgramEnd;
  if (!IsProgram && !strstr(Info->dlpi_name, "libconnsan_rt"))
    return 0;
  uintptr_t Last = 0;
  for (int I = 0; I < Info->dlpi_phnum; ++I)
    if (Info->dlpi_phdr[I].p_type == PT_LOAD)
      Last = Info->dlpi_addr + Info->dlpi_phdr[I].p_vaddr + Info->dlpi_phdr[I].p_memsz;
  *(IsProgram ? &ProgramBase : &Base) = Info->dlpi_addr;
  *(IsProgram ? &ProgramEnd : &End) = Last;
  return !IsProgram;
}

static void findReal(void) {
  RealLock = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_lock");
  RealTryLock = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_trylock");
  RealUnlock = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_unlock");
}

__attribute__((constructor)) static void begin(void) {
  if (!RealLock)
    findReal();
  const char *Path = getenv("LOCK_TIMES");
  int File = Path ? open(Path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  size_t Size = MostSites * sizeof(struct Site);
  if (File < 0 || ftruncate(File, (off_t)Size) != 0)
    return;
  void *Memory = mmap(NULL, Size, PROT_READ | PROT_WRITE, MAP_SHARED, File, 0);
  close(File);
  if (Memory == MAP_FAILED)
    return;
  memset(Memory, 0, Size);
  dl_iterate_phdr(findModules, NULL);
  Sites = Memory;
}

static struct Site *siteOf(uint64_t Offset) {
  for (unsigned I = 0; I < MostSites; ++I) {
    struct Site *S = &Sites[(Offset + I) % MostSites];
    uint64_t There = atomic_load(&S->Offset);
    if (There == Offset)
      return S;
    if (!There && (atomic_compare_exchange_strong(&S->Offset, &There, Offset) || There == Offset))
      return S;
  }
  abort();
}

static void noteLongest(_Atomic int64_t *Longest, int64_t Taken) {
  int64_t Before = atomic_load(Longest);
  while (Before < Taken && !atomic_compare_exchange_weak(Longest, &Before, Taken))
    ;
}

static void locked(pthread_mutex_t *Mutex, const void *Caller) {
  uintptr_t At = (uintptr_t)Caller;
  int IsProgram = At >= ProgramBase && At < ProgramEnd;
  if (!Sites || (!IsProgram && (At < Base || At >= End)))
    return;
  if (Depth == MostHeld)
    abort();
  struct Held *H = &Stack[Depth++];
  *H = (struct Held){Mutex, siteOf(IsProgram ? 1 : At - Base), 0, 0};
  H->Wall = readClock(CLOCK_MONOTONIC);
  H->Cpu = readClock(CLOCK_THREAD_CPUTIME_ID);
}

static void unlocking(pthread_mutex_t *Mutex) {
  for (int I = Depth; I-- > 0;) {
    if (Stack[I].Mutex != Mutex)
      continue;
    struct Held H = Stack[I];
    int64_t Cpu = readClock(CLOCK_THREAD_CPUTIME_ID) - H.Cpu;
    int64_t Wall = readClock(CLOCK_MONOTONIC) - H.Wall;
    atomic_fetch_add(&H.At->Count, 1);
    atomic_fetch_add(&H.At->Long, Cpu > LongHold);
    noteLongest(&H.At->LongestCpu, Cpu);
    noteLongest(&H.At->LongestWall, Wall);
    memmove(&Stack[I], &Stack[I + 1], (size_t)(--Depth - I) * sizeof *Stack);
    return;
  }
}

int pthread_mutex_lock(pthread_mutex_t *Mutex) {
  if (!RealLock)
    findReal();
  int Result = RealLock(Mutex);
  locked(Mutex, __builtin_return_address(0));
  return Result;
}

int pthread_mutex_trylock(pthread_mutex_t *Mutex) {
  if (!RealTryLock)
    findReal();
  int Result = RealTryLock(Mutex);
  if (Result == 0)
    locked(Mutex, __builtin_return_address(0));
  return Result;
}

int pthread_mutex_unlock(pthread_mutex_t *Mutex) {
  if (Depth)
    unlocking(Mutex);
  if (!RealUnlock)
    findReal();
  return RealUnlock(Mutex);
}
