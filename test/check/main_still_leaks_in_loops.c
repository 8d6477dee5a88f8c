// The end of main is forgiven; what main loses before is not.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    PGconn *conn = PQconnectdb(argv[i]);
    if (PQstatus(conn) != CONNECTION_OK)
      continue;
    // CHECK: :[[@LINE-1]]:7: warning: connection 'conn' is not released before this 'continue'
    PQfinish(conn);
  }
  return 0;
}
