#include "stock.hpp"

bool stock(const char *Info) {
  return isAlive(Info) && PQstatus(PQconnectdb(Info)) == CONNECTION_OK;
}
