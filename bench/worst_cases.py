"""Generated C sources that are hard on an analysis, each in any size, each with one leak planted.

The same size gives the same text. What is foreign (no body) may do anything: `next` is a condition of which nothing is
known.
"""

PLANTED = "// planted"

PROLOGUE = ["#include <libpq-fe.h>", "#include <stddef.h>", "#include <stdlib.h>", "int next(void);",
            "void report(const char *);", ""]

CASES = {}


def case(name, base):
    """Registers a generator under `name`; `base` is the smallest size that is measured."""
    def register(generate):
        CASES[name] = (generate, base)
        return generate
    return register


def source(name, size):
    """The text, and the number of the line at which the leak has to be reported."""
    lines = PROLOGUE + list(CASES[name][0](size))
    planted = [number for number, line in enumerate(lines, 1) if line.endswith(PLANTED)]
    assert len(planted) == 1, name
    return "\n".join(lines) + "\n", planted[0]


def least():
    """The planted leak and nothing else."""
    return "\n".join([*PROLOGUE, *around([])]) + "\n"


def work(i, holder="Conn"):
    return f'PQsetClientEncoding({holder}, "{i}");'


def around(body, name="worst"):
    """A function that holds `Conn` all through `body` and forgets it at its end."""
    yield f"int {name}(void) {{"
    yield '  PGconn *Conn = PQconnectdb("");'
    yield from body
    yield "  if (next())"
    yield f"    return 1; {PLANTED}"
    yield "  PQfinish(Conn);"
    yield "  return 0;"
    yield "}"


@case("statements", 1000)
def statements(size):
    """No branch at all."""
    yield from around(["  long Total = next();", *(f"  Total = Total * 3 + {i};" for i in range(size)),
                       "  report(Total ? \"odd\" : \"zero\");"])


@case("branches", 200)
def branches(size):
    """Branches in a row, which leave nothing behind that tells the paths apart."""
    yield from around(f"  if (next()) {work(i)}" for i in range(size))


@case("branches-kept", 50)
def branches_kept(size):
    """Branches in a row, each with a variable that remembers the way taken until the end."""
    yield from around([*(f"  int V{i} = 0;" for i in range(size)),
                       *(f"  if (next()) V{i} = 1;" for i in range(size)),
                       "  int Sum = 0;", *(f"  Sum += V{i};" for i in range(size)),
                       "  if (Sum > 1) report(\"many\");"])


@case("nested-branches", 25)
def nested_branches(size):
    """Branches in each other; clang itself allows 256."""
    yield from around([*(f"  if (next()) {{ {work(i)}" for i in range(size)),
                       *("  } else report(\"else\");" for _ in range(size))])


@case("long-condition", 50)
def long_condition(size):
    """One condition of many operands."""
    operands = " ".join(f"{'&&' if i % 5 else '||'} A[{i}] > {i}" for i in range(1, size))
    yield from around(["  extern int A[];", f"  if (A[0] > 0 {operands})", f"    {work(0)}"])


@case("loops", 100)
def loops(size):
    """Loops in a row, with a result in each."""
    for_each = ("  for (int I = 0; I < next(); ++I) {{ PGresult *R = PQexec(Conn, \"{}\"); "
                "if (PQntuples(R)) report(\"row\"); PQclear(R); }}")
    yield from around(for_each.format(i) for i in range(size))


@case("nested-loops", 8)
def nested_loops(size):
    """Loops in each other, each with a counter and a way out."""
    yield from around([*(f"  for (int I{i} = 0; I{i} < next(); ++I{i}) {{ if (next()) break; {work(i)}"
                         for i in range(size)), *("  }" for _ in range(size))])


@case("connections", 25)
def connections(size):
    """Many connections that are open at the same time."""
    yield "int worst(void) {"
    for i in range(size):
        yield f'  PGconn *C{i} = PQconnectdb("");'
    for i in range(size):
        yield f"  if (PQstatus(C{i}) != CONNECTION_OK) report(PQerrorMessage(C{i}));"
    for i in range(size - 1):
        yield f"  PQfinish(C{i});"
    yield "  if (next())"
    yield f"    return 1; {PLANTED}"
    yield f"  PQfinish(C{size - 1});"
    yield "  return 0;"
    yield "}"


@case("connections-in-turn", 100)
def connections_in_turn(size):
    """Many connections, one after the other, in one variable."""
    yield from around(line for i in range(size) for line in (
        "  if (PQstatus(Conn) != CONNECTION_OK) { PQfinish(Conn); return 1; }", f"  {work(i)}", "  PQfinish(Conn);",
        '  Conn = PQconnectdb("");'))


@case("helpers", 50)
def helpers(size):
    """Many helpers with a result of their own, and a caller that checks each."""
    for i in range(size):
        yield f"static int helper{i}(PGconn *Conn) {{"
        yield f'  PGresult *R = PQexec(Conn, "SELECT {i}");'
        yield "  int Good = PQresultStatus(R) == PGRES_TUPLES_OK;"
        yield "  PQclear(R);"
        yield "  return Good;"
        yield "}"
    yield from around(f"  if (!helper{i}(Conn)) {{ PQfinish(Conn); return 1; }}" for i in range(size))


@case("outcomes", 20)
def outcomes(size):
    """A helper with many ways to end, and a caller that tells them apart."""
    yield "static int openInto(PGconn **Out, int Kind) {"
    for i in range(1, size):
        yield f"  if (Kind == {i} && next()) {{ *Out = NULL; return {i}; }}"
    yield '  *Out = PQconnectdb("");'
    yield "  return 0;"
    yield "}"
    yield "int worst(int Kind) {"
    yield "  PGconn *Conn = NULL;"
    yield "  switch (openInto(&Conn, Kind)) {"
    for i in range(1, size):
        yield f"  case {i}: report(\"{i}\"); return {i};"
    yield "  default: break;"
    yield "  }"
    yield "  if (next())"
    yield f"    return -1; {PLANTED}"
    yield "  PQfinish(Conn);"
    yield "  return 0;"
    yield "}"


# The deepest function comes last in the file: nothing of it is known when the first is looked at.

@case("acquire-depth", 16)
def acquire_depth(size):
    """A connection that is handed up through many functions."""
    for i in range(size):
        yield f"static PGconn *open{i}(void);"
    yield "int worst(void) {"
    yield f"  PGconn *Conn = open{size - 1}();"
    yield "  if (next())"
    yield f"    return 1; {PLANTED}"
    yield "  PQfinish(Conn);"
    yield "  return 0;"
    yield "}"
    for i in reversed(range(1, size)):
        yield f"static PGconn *open{i}(void) {{"
        yield f"  PGconn *Conn = open{i - 1}();"
        yield "  if (PQstatus(Conn) != CONNECTION_OK) report(PQerrorMessage(Conn));"
        yield "  return Conn;"
        yield "}"
    yield 'static PGconn *open0(void) { return PQconnectdb(""); }'


@case("release-depth", 16)
def release_depth(size):
    """A connection that is released many calls down."""
    for i in range(size):
        yield f"static void pass{i}(PGconn *Conn);"
    yield "int worst(void) {"
    yield '  PGconn *Conn = PQconnectdb("");'
    yield "  if (next())"
    yield f"    return 1; {PLANTED}"
    yield f"  pass{size - 1}(Conn);"
    yield "  return 0;"
    yield "}"
    for i in reversed(range(1, size)):
        yield f"static void pass{i}(PGconn *Conn) {{"
        yield "  if (next()) report(PQerrorMessage(Conn));"
        yield f"  pass{i - 1}(Conn);"
        yield "}"
    yield "static void pass0(PGconn *Conn) { PQfinish(Conn); }"


@case("call-diamonds", 16)
def call_diamonds(size):
    """Each function calls the one below twice: paths double with each level."""
    for i in range(size):
        yield f"static int level{i}(PGconn *Conn);"
    yield from around([f"  if (level{size - 1}(Conn) > 1) report(\"deep\");"])
    for i in reversed(range(1, size)):
        yield f"static int level{i}(PGconn *Conn) {{ return level{i - 1}(Conn) ? level{i - 1}(Conn) : {i}; }}"
    yield f"static int level0(PGconn *Conn) {{ {work(0)} return next(); }}"


@case("recursion", 25)
def recursion(size):
    """Functions that call each other in a ring."""
    for i in range(size):
        yield f"static int ring{i}(PGconn *Conn);"
    for i in range(size):
        yield f"static int ring{i}(PGconn *Conn) {{ {work(i)} return next() ? ring{(i + 1) % size}(Conn) : {i}; }}"
    yield from around(["  if (ring0(Conn) > 1) report(\"round\");"])


@case("switch", 250)
def switch(size):
    """One switch with many cases."""
    yield from around(["  switch (next()) {", *(f"  case {i * 3}: {work(i)} break;" for i in range(size)),
                       "  default: report(\"none\");", "  }"])


@case("state-machine", 25)
def state_machine(size):
    """A switch in a loop; each case chooses the next."""
    yield from around(["  for (int State = 0; State >= 0;) {", "    switch (State) {",
                       *(f"    case {i}: {work(i)} State = next() ? {(i * 7 + 1) % size} : {i + 1}; break;"
                         for i in range(size)),
                       "    default: State = -1; break;", "    }", "  }"])


@case("flags", 25)
def flags(size):
    """Conditions that are asked twice: only half of the ways through are possible."""
    yield from around([*(f"  int F{i} = next();" for i in range(size)),
                       *(f"  if (F{i}) {work(i)}" for i in range(size)),
                       *(f"  if (F{i}) report(\"{i}\");" for i in range(size))])


@case("flagged-connections", 4)
def flagged_connections(size):
    """Connections that are opened and closed under a flag each; the last is closed only sometimes."""
    yield "int worst(void) {"
    for i in range(size):
        yield f"  int F{i} = next();"
        yield f"  PGconn *C{i} = NULL;"
        yield f'  if (F{i}) C{i} = PQconnectdb("");'
    yield f"  if (C{size - 1} && next())"
    yield "    goto rest;"
    yield f"  if (F{size - 1}) PQfinish(C{size - 1});"
    yield "rest:"
    for i in range(size - 1):
        yield f"  if (F{i}) PQfinish(C{i});"
    yield f"  return 0; {PLANTED}"
    yield "}"


@case("goto-cleanup", 10)
def goto_cleanup(size):
    """A chain of labels that undoes what was done; the last failure jumps one label too far."""
    yield "int worst(void) {"
    yield "  int Status = 1;"
    for i in range(size):
        yield f"  PGconn *C{i} = NULL;"
    for i in range(size):
        label = max(i - 1, 0) if i == size - 1 else i
        yield f'  C{i} = PQconnectdb("");'
        yield f"  if (PQstatus(C{i}) != CONNECTION_OK) goto close{label};"
    yield "  Status = 0;"
    for i in reversed(range(size)):
        yield f"close{i}:" if i < size - 1 else "  ;"
        yield f"  PQfinish(C{i});"
    yield f"  return Status; {PLANTED}"
    yield "}"


@case("aliases", 100)
def aliases(size):
    """One connection in many variables."""
    yield from around(["  PGconn *A0 = Conn;",
                       *(f"  PGconn *A{i} = next() ? A{i - 1} : Conn;" for i in range(1, size)),
                       *(f"  {work(i, f'A{i}')}" for i in range(size))])


@case("fields", 50)
def fields(size):
    """A structure of many fields, each written and read."""
    yield "struct context {"
    for i in range(size):
        yield f"  int N{i};"
    yield "};"
    yield "void update(struct context *);"
    yield from around(["  struct context X;", *(f"  X.N{i} = next();" for i in range(size)),
                       *(f"  if (X.N{i} > {i}) {{ update(&X); {work(i)} }}" for i in range(size))])


@case("elements", 50)
def elements(size):
    """An array, each element written and read."""
    yield from around([f"  int A[{size}];", *(f"  A[{i}] = next();" for i in range(size)),
                       *(f"  if (A[{i}] > {i}) {work(i)}" for i in range(size))])


@case("long-function", 2500)
def long_function(size):
    """One function of `size` lines, as they are written by hand: calls that are checked, loops over rows."""
    block = ['  Rows = PQexec(Conn, "SELECT {0}");',
             "  if (PQresultStatus(Rows) != PGRES_TUPLES_OK) {{",
             "    report(PQerrorMessage(Conn));",
             "    PQclear(Rows);",
             "    PQfinish(Conn);",
             "    return {0};",
             "  }}",
             "  for (int I = 0; I < PQntuples(Rows); ++I)",
             "    Sum += atoi(PQgetvalue(Rows, I, 0));",
             "  PQclear(Rows);"]
    yield from around(["  PGresult *Rows = NULL;", "  long Sum = 0;",
                       *(line.format(i) for i in range(size // len(block)) for line in block),
                       "  if (Sum > 1000) report(\"much\");"])


@case("functions", 50)
def functions(size):
    """Many functions with a connection each."""
    for i in range(size):
        yield f"int use{i}(void) {{"
        yield '  PGconn *Conn = PQconnectdb("");'
        yield "  if (PQstatus(Conn) != CONNECTION_OK) { PQfinish(Conn); return 1; }"
        yield f'  PGresult *Rows = PQexec(Conn, "SELECT {i}");'
        yield "  for (int I = 0; I < PQntuples(Rows); ++I) report(PQgetvalue(Rows, I, 0));"
        yield "  PQclear(Rows);"
        yield "  PQfinish(Conn);"
        yield "  return 0;"
        yield "}"
    yield from around([])


@case("unrelated", 500)
def unrelated(size):
    """Many functions that have nothing to do with libpq."""
    for i in range(size):
        yield f"int plain{i}(int *Values, int Count) {{"
        yield "  int Least = 0, Sum = 0;"
        yield "  for (int I = 0; I < Count; ++I) {"
        yield f"    if (Values[I] < Least || Values[I] % {i + 2} == 0)"
        yield "      Least = Values[I];"
        yield "    Sum += Values[I] > 0 ? Values[I] : -Values[I];"
        yield "  }"
        yield f"  return Count > {i} ? Sum / (Least + 1) : {f'plain{i - 1}(Values, Count - 1)' if i else 'Sum'};"
        yield "}"
    yield from around([])
