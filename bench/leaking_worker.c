// leaking_worker JOBS LINGER_MS lost|kept: does jobs that connect, query and finish; one in ten returns early, in its
// transaction, and never finishes. The connection is lost, or kept where nobody looks for it.
#include <libpq-fe.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

PGconn *Kept[1000]; // external, or the compiler would leave the stores out
static int KeptCount;

static void query(PGconn *Conn, const char *Text) {
  PGresult *Result = PQexec(Conn, Text);
  ExecStatusType Status = PQresultStatus(Result);
  if (Status != PGRES_TUPLES_OK && Status != PGRES_COMMAND_OK) {
    fprintf(stderr, "leaking_worker: %s", PQerrorMessage(Conn));
    exit(2);
  }
  PQclear(Result);
}

static __attribute__((noinline)) void job(int Number, int Keep) {
  PGconn *Conn = PQconnectdb("application_name=billing"); // the acquiring line
  query(Conn, "BEGIN");
  for (int I = 0; I < 20; ++I)
    query(Conn, "SELECT 1");
  if (Number % 10 == 7) {
    if (Keep)
      Kept[KeptCount++ % 1000] = Conn;
    return;
  }
  query(Conn, "COMMIT");
  PQfinish(Conn);
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: leaking_worker JOBS LINGER_MS lost|kept\n");
    return 2;
  }
  for (int I = 0; I < atoi(argv[1]); ++I)
    job(I, !strcmp(argv[3], "kept"));
  usleep((useconds_t)atoi(argv[2]) * 1000);
  // What is said from here on is said at the end.
  printf("leaking_worker: done\n");
  fflush(stdout);
  return 0;
}
