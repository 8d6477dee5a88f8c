// stub_holders CONNECTIONS STACKS PREFIX: opens so many connections from so many different stacks, uses every second one,
// releases as many others in between, and is killed when its state, PREFIX.PID.state, has them all.
#include "stub_stacks.h"

#include <libpq-fe.h>

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long Opened;

static void acquire(void *Data) {
  PGconn *Conn = PQconnectdb("");
  if (!Conn)
    die("stub_holders: no connection");
  if (Opened++ % 2)
    PQexec(Conn, "BEGIN");
  PQfinish(PQconnectdb(""));
}

static long linesWith(const char *Path, const char *Word) {
  FILE *File = fopen(Path, "r");
  char Line[8192];
  long Result = 0;
  while (File && fgets(Line, sizeof Line, File))
    Result += strstr(Line, Word) != NULL;
  if (File)
    fclose(File);
  return Result;
}

int main(int argc, char **argv) {
  if (argc != 4)
    die("usage: stub_holders CONNECTIONS STACKS PREFIX");
  long Connections = atol(argv[1]);
  unsigned Stacks = (unsigned)atol(argv[2]);
  for (long I = 0; I < Connections; ++I)
    atPath((unsigned)I % Stacks, Levels, acquire, NULL);
  char Path[4096];
  snprintf(Path, sizeof Path, "%s.%d.state", argv[3], (int)getpid());
  for (int Tries = 0; linesWith(Path, "\"held\":true") < Connections; ++Tries) {
    if (Tries == 600)
      die("stub_holders: the state was never complete");
    usleep(100000);
  }
  raise(SIGKILL);
}
