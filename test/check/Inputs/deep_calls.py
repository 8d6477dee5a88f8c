"""Prints a connection that is handed up through N functions, each defined after its caller, and forgotten at the top; and one
that is closed N calls down, twice as many ways as the level above has."""

import sys

N = int(sys.argv[1])
print("#include <libpq-fe.h>\nint next(void);")
for i in range(N):
    print(f"static PGconn *open{i}(void);\nstatic int use{i}(PGconn *c);\nstatic void close{i}(PGconn *c);")
print(f"""
int leaks(void) {{
  PGconn *c = open{N - 1}();
  if (use{N - 1}(c) > 1)
    return 1; // leaks
  close{N - 1}(c);
  return 0;
}}
""")
for i in reversed(range(1, N)):
    print(f"""static PGconn *open{i}(void) {{ return open{i - 1}(); }}
static int use{i}(PGconn *c) {{ return use{i - 1}(c) ? use{i - 1}(c) : {i}; }}
static void close{i}(PGconn *c) {{ if (next()) close{i - 1}(c); else close{i - 1}(c); }}""")
print("""static PGconn *open0(void) { return PQconnectdb(""); }
static int use0(PGconn *c) { PQclear(PQexec(c, "")); return next(); }
static void close0(PGconn *c) { PQfinish(c); }""")
