// A model speaks of resources only: what else its arguments point to may be written.
// RUN: %clean
#include <libpq-fe.h>

void copy(PGconn *from, PGconn *to) {
  char *row;
  int size;
  while ((size = PQgetCopyData(from, &row, 0)) > 0) {
    PQputCopyData(to, row, size);
    PQfreemem(row);
  }
}
