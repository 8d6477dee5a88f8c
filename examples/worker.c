// A worker: takes jobs from a queue over one connection that it keeps, and opens another one for each report.
// Two paths are wrong on purpose, and worker_fixed.c has them right:
// a report that fails never finishes its connection, and an empty queue leaves the transaction open.
//
// usage: worker [SECONDS]
// waits SECONDS (1) for more jobs before it ends; PGHOST and the other variables of libpq name the server.
#define _POSIX_C_SOURCE 200809L
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  int Id;
  char Query[200];
} Job;

static bool run(PGconn *Conn, const char *Sql) {
  PGresult *Result = PQexec(Conn, Sql);
  bool Good = PQresultStatus(Result) == PGRES_COMMAND_OK;
  if (!Good)
    fprintf(stderr, "worker: %s", PQerrorMessage(Conn));
  PQclear(Result);
  return Good;
}

static bool fillQueue(PGconn *Queue) {
  return run(Queue, "CREATE TEMP TABLE jobs (id int, query text)") &&
         run(Queue, "INSERT INTO jobs VALUES"
                    " (1, 'SELECT relname FROM pg_class, pg_sleep(0.06)'),"
                    " (2, 'SELECT typname FROM pg_type, pg_sleep(0.06)'),"
                    " (3, 'SELECT * FROM sales_of_last_year'),"
                    " (4, 'SELECT proname FROM pg_proc, pg_sleep(0.06)'),"
                    " (5, 'SELECT rolname FROM pg_roles, pg_sleep(0.06)')") &&
         run(Queue, "LISTEN jobs");
}

// Takes the next job out of the queue; false when there is none.
static bool takeJob(PGconn *Queue, Job *Next) {
  if (!run(Queue, "BEGIN"))
    return false;
  PGresult *Row = PQexec(Queue, "DELETE FROM jobs WHERE id = (SELECT min(id) FROM jobs) RETURNING id, query");
  if (PQntuples(Row) == 0) {
    PQclear(Row);
    return false; // wrong: the transaction stays open for as long as the worker waits
  }
  Next->Id = atoi(PQgetvalue(Row, 0, 0));
  snprintf(Next->Query, sizeof Next->Query, "%s", PQgetvalue(Row, 0, 1));
  PQclear(Row);
  return run(Queue, "COMMIT");
}

static bool writeReport(const Job *Todo) {
  PGconn *Conn = PQconnectdb("application_name=worker-report");
  if (PQstatus(Conn) != CONNECTION_OK) {
    fprintf(stderr, "worker: %s", PQerrorMessage(Conn));
    PQfinish(Conn);
    return false;
  }
  PGresult *Rows = PQexec(Conn, Todo->Query);
  if (PQresultStatus(Rows) != PGRES_TUPLES_OK) {
    fprintf(stderr, "worker: job %d: %s", Todo->Id, PQerrorMessage(Conn));
    PQclear(Rows);
    return false; // wrong: nobody finishes the connection
  }
  printf("job %d: %d rows\n", Todo->Id, PQntuples(Rows));
  PQclear(Rows);
  PQfinish(Conn);
  return true;
}

// Waits for a notification that there is work; false when the time is over.
static bool waitForJobs(PGconn *Queue, int Seconds) {
  const struct timespec Tick = {0, 100 * 1000 * 1000};
  for (int Left = 10 * Seconds; Left > 0; --Left) {
    nanosleep(&Tick, NULL);
    PQconsumeInput(Queue);
    PGnotify *News = PQnotifies(Queue);
    if (News) {
      PQfreemem(News);
      return true;
    }
  }
  return false;
}

int main(int argc, char **argv) {
  int Seconds = argc > 1 ? atoi(argv[1]) : 1;
  PGconn *Queue = PQconnectdb("application_name=worker-queue");
  if (PQstatus(Queue) != CONNECTION_OK || !fillQueue(Queue)) {
    fprintf(stderr, "worker: no queue: %s", PQerrorMessage(Queue));
    PQfinish(Queue);
    return 1;
  }
  int Failed = 0;
  do {
    Job Next;
    while (takeJob(Queue, &Next))
      if (!writeReport(&Next))
        ++Failed;
  } while (waitForJobs(Queue, Seconds));
  PQfinish(Queue);
  printf("worker: no more jobs, %d failed\n", Failed);
  return 0;
}
