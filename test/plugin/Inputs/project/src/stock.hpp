#pragma once

#include <libpq-fe.h>

inline bool isAlive(const char *Info) {
  PGconn *Conn = PQconnectdb(Info);
  if (PQstatus(Conn) != CONNECTION_OK)
    return false;
  PQfinish(Conn);
  return true;
}
