// A file that names no function that is known otherwise is analysed for its annotations.
// RUN: %leaks -I%S/../../include | FileCheck %s --implicit-check-not=warning:
#include <connsan/annotations.h>
struct session;
CONNSAN_ACQUIRE("session") struct session *log_in(void);
CONNSAN_RELEASE(1) CONNSAN_RESOURCE("session") void log_out(struct session *s);

int use(int x) {
  struct session *s = log_in();
  if (x)
    return 1;
  // CHECK: :[[@LINE-1]]:5: warning: session 's' is not released on this return
  log_out(s);
  return 0;
}
