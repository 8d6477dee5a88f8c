// exec replaces the process; when it returns, it failed, and all is as it was.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <unistd.h>

int replaced(char **arguments, char **environment, int how) {
  PGconn *conn = PQconnectdb("");
  switch (how) {
  case 1:
    execl("/bin/true", "true", PQdb(conn), (char *)NULL);
    _exit(127);
  case 2:
    execvpe("true", arguments, environment);
    _exit(127);
  case 3:
    execvp("true", arguments);
    return -1;
    // CHECK: :[[@LINE-1]]:5: warning: connection 'conn' is not released on this return
  }
  PQfinish(conn);
  return 0;
}
