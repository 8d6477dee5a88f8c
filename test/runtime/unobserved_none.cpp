// Of clients whose calls all pass the runtime nothing is said, neither by a process that connects and closes, looked at
// while it runs and at its end, nor by one that has libpq loaded and never connects.
// RUN: %build_cxx -lpqxx -o %t
// RUN: sh -c '%run %t; echo status $?' > %t.pqxx 2>&1
// RUN: sh -c '%run %t idle; echo status $?' > %t.idle 2>&1
// RUN: sh -c '%run %python -c "import psycopg2, time; c = psycopg2.connect(str()); c.cursor().execute(\"SELECT 1\"); time.sleep(2.5); c.close()"; echo status $?' > %t.python 2>&1
// RUN: sh -c '%run %python -c "import psycopg2"; echo status $?' > %t.python2 2>&1
// RUN: sh -c '%run perl -e "use DBI; my \$d = DBI->connect(q(dbi:Pg:), undef, undef, {RaiseError => 1}); \$d->do(q(SELECT 1)); \$d->disconnect"; echo status $?' > %t.perl 2>&1
// RUN: sh -c '%run perl -e "use DBD::Pg"; echo status $?' > %t.perl2 2>&1
// RUN: sh -c '%run /usr/lib/postgresql/*/bin/psql -XAtc "SELECT 1" > /dev/null; echo status $?' > %t.psql 2>&1
// RUN: sh -c '%run /usr/lib/postgresql/*/bin/psql --version > /dev/null; echo status $?' > %t.psql2 2>&1
// RUN: cat %t.pqxx %t.idle %t.python %t.python2 %t.perl %t.perl2 %t.psql %t.psql2 | FileCheck %s
// RUN: not grep -v status %t.pqxx %t.idle %t.python %t.python2 %t.perl %t.perl2 %t.psql %t.psql2
// CHECK-COUNT-8: {{^status 0$}}
// UNSUPPORTED: sanitized
#include <pqxx/pqxx>
int main(int Argc, char **) {
  if (Argc > 1)
    return 0;
  pqxx::connection Connection("");
  pqxx::work Work(Connection);
  return Work.exec("SELECT 1").size() != 1;
}
