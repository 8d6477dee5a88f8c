"""Prints a small function that leaks, and one that leaks and holds N results at once, which takes long."""

import sys

N = int(sys.argv[1])
print("""#include <libpq-fe.h>
int next(int);

int small(void) {
  PGconn *c = PQconnectdb("");
  if (next(1))
    return 1;
  PQfinish(c);
  return 0;
}

int large(void) {
  PGconn *c = PQconnectdb("");
  int sum = 0;""")
for i in range(N):
    print(f"""  PGresult *r{i} = PQexec(c, "");
  if (next({i})) sum += PQntuples(r{i});""")
for i in range(N):
    print(f"  PQclear(r{i});")
print("""  return sum;
}""")
