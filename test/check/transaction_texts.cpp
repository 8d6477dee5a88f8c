// SQL in strings of C++.
// RUN: %leaks -std=c++20 | FileCheck %s --implicit-check-not=warning:
#include <libpq-fe.h>
#include <string>
#include <string_view>

struct Db {
  PGconn *C;
  void run(const std::string &Sql) { PQclear(PQexec(C, Sql.c_str())); }
  void runView(std::string_view Sql) { PQclear(PQexec(C, std::string(Sql).c_str())); }
};
constexpr const char *Begin = "BEGIN";

int literals(Db &D, int X) {
  D.run("BEGIN");
  if (X)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'D->C' is neither
  D.run("COMMIT");
  return 0;
}
int views(Db &D, int X) {
  D.runView("BEGIN");
  if (X)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'D->C' is neither
  D.runView("COMMIT");
  return 0;
}
int joined(Db &D, const std::string &Level, int X) {
  D.run(Begin + std::string(" ISOLATION LEVEL ") + Level);
  if (X)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'D->C' is neither
  D.run("COMMIT");
  return 0;
}
int appended(Db &D, int X) {
  std::string Sql;
  Sql += "BEGIN";
  Sql += " READ ONLY";
  D.run(Sql);
  if (X)
    return -1;
  // CHECK: :[[@LINE-1]]:5: warning: the transaction on 'D->C' is neither
  Sql = "COMMIT";
  D.run(Sql);
  return 0;
}
int unknown(Db &D, std::string Sql, int X) {
  D.run(Sql);
  if (X)
    return -1;
  D.run("COMMIT");
  return 0;
}
