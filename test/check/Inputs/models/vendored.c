#include <libpq-fe.h>
void leak(void) { PQconnectdb(""); }
