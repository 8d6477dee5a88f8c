// Each way to connect creates the obligation.
// RUN: %leaks | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>

void a(void) { PGconn *c = PQconnectdb(""); PQsocket(c); }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: connection 'c' is never released
void b(const char *const *k) { PGconn *c = PQconnectdbParams(k, k, 0); PQsocket(c); }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: connection 'c' is never released
void d(void) { PGconn *c = PQsetdbLogin(0, 0, 0, 0, 0, 0, 0); PQsocket(c); }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: connection 'c' is never released
void e(void) { PGconn *c = PQsetdb(0, 0, 0, 0, 0); PQsocket(c); }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: connection 'c' is never released
void f(void) { PGconn *c = PQconnectStart(""); PQsocket(c); }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: connection 'c' is never released
void g(const char *const *k) { PGconn *c = PQconnectStartParams(k, k, 0); PQsocket(c); }
// CHECK: :[[@LINE-1]]:{{[0-9]+}}: warning: connection 'c' is never released
