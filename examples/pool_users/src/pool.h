#pragma once

#include <libpq-fe.h>

/// A new connection, or NULL: the server said no.
PGconn *pool_take(const char *where);
void pool_give(PGconn *conn);
/// Each program has one of its own.
PGconn *reconnect(PGconn *conn);
