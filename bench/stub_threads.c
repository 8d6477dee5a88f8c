// stub_threads CONNECTIONS THREADS SECONDS FORKS: holds so many connections, and then does all that takes the runtime's
// locks: threads that connect from many places under many names, query and finish, and use one that is finished; one
// that loads and unloads libraries; and so many forks.
#include "stub_stacks.h"

#include <dlfcn.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { HoldingStacks = 100, MostNames = 10000, EachHolds = 8 };

static char Names[MostNames][40];
static atomic_int Stop;

struct Worker {
  pthread_mutex_t Empty;
  unsigned Random;
  PGconn *Open[EachHolds];
  unsigned At;
};

static unsigned next(struct Worker *W) {
  W->Random = W->Random * 1664525u + 1013904223u;
  return W->Random >> 8;
}

static void acquire(void *Data) {
  struct Worker *W = Data;
  W->Open[W->At] = PQconnectdb(Names[next(W) % MostNames]);
}

static void query(void *Data) {
  struct Worker *W = Data;
  PQclear(PQexec(W->Open[W->At], "SELECT"));
}

static void hold(void *Data) {
  if (!PQconnectdb(Names[0]))
    die("stub_threads: no connection");
}

static void *work(void *Data) {
  struct Worker *W = Data;
  int Misused = 0;
  while (!Stop) {
    // For comparison: what is there when nothing is done.
    pthread_mutex_lock(&W->Empty);
    pthread_mutex_unlock(&W->Empty);
    W->At = next(W) % EachHolds;
    if (W->Open[W->At]) {
      atPath(next(W), Levels, query, W);
      PQfinish(W->Open[W->At]);
      // The stub does not look at it.
      if (!Misused++)
        PQrequestCancel(W->Open[W->At]);
    }
    atPath(next(W), Levels, acquire, W);
    // Another connection was used between, so that this one has to be looked up.
    atPath(next(W), Levels, query, W);
  }
  return NULL;
}

static void *loadLibraries(void *Data) {
  while (!Stop) {
    void *Library = dlopen("libanl.so.1", RTLD_NOW); // of the C library, and seldom used
    if (Library)
      dlclose(Library);
    usleep(50000);
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 5)
    die("usage: stub_threads CONNECTIONS THREADS SECONDS FORKS");
  enum { MostThreads = 64 };
  static struct Worker Workers[MostThreads];
  pthread_t Threads[MostThreads], Loader;
  int Count = atoi(argv[2]);
  if (Count < 1 || Count > MostThreads)
    die("stub_threads: 1 to 64 threads");
  for (int I = 0; I < MostNames; ++I)
    snprintf(Names[I], sizeof Names[I], "application_name=worker %d", I);
  for (long I = 0; I < atol(argv[1]); ++I)
    atPath((unsigned)I % HoldingStacks, Levels, hold, NULL);
  for (int I = 0; I < Count; ++I) {
    Workers[I].Random = (unsigned)I;
    pthread_create(&Threads[I], NULL, work, &Workers[I]);
  }
  pthread_create(&Loader, NULL, loadLibraries, NULL);
  for (int I = atoi(argv[4]); I-- > 0; usleep(20000)) {
    pid_t Child = fork();
    if (Child == 0)
      _exit(0);
    waitpid(Child, NULL, 0);
  }
  usleep((useconds_t)(atof(argv[3]) * 1e6));
  Stop = 1;
  for (int I = 0; I < Count; ++I)
    pthread_join(Threads[I], NULL);
  pthread_join(Loader, NULL);
  return 0;
}
