"""A generated program whose files call each other."""

import json
import os

import measure

SOURCE = """#include <libpq-fe.h>
PGconn *open_{next}(const char *info, int depth);
void close_{next}(PGconn *conn, int depth);
PGconn *open_{this}(const char *info, int depth) {{
  if (depth > {this})
    return open_{next}(info, depth - 1);
  PGconn *conn = PQconnectdb(info);
  if (PQstatus(conn) == CONNECTION_OK)
    return conn;
  PQfinish(conn);
  return NULL;
}}
void close_{this}(PGconn *conn, int depth) {{
  if (depth > {this})
    close_{next}(conn, depth - 1);
  else
    PQfinish(conn);
}}
int use_{this}(int stop) {{
  PGconn *conn = open_{next}("", stop);
  if (stop)
    return 1;
  close_{next}(conn, stop);
  return 0;
}}
"""


def generate(directory, count):
    """Each file calls the next one, which calls the one after it; the last calls the first of its group of ten."""
    commands = []
    for this in range(count):
        following = this + 1 if this % 10 != 9 and this + 1 < count else this - this % 10
        name = f"unit{this}.c"
        with open(os.path.join(directory, name), "w") as file:
            file.write(SOURCE.format(this=this, next=following))
        commands.append({"directory": directory, "file": name,
                         "arguments": ["cc", *measure.libpq_flags(), "-c", name]})
    with open(os.path.join(directory, "compile_commands.json"), "w") as file:
        json.dump(commands, file)
