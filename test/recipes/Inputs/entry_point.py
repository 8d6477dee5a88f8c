"""Programs behind the two entry points: one is told to end, one is killed, one is left by its killed parent."""

import signal

from place import database, until

PROGRAM = """#!/usr/bin/python3
import sys
import time
import psycopg2

kept = psycopg2.connect("{dsn}")
print("started with", sys.argv[1:], flush=True)
time.sleep(60)
"""


def main(here):
    program = here.write("program", PROGRAM.format(dsn=database()), 0o755)
    run = here.write("run.sh", here.block("entry-point-run"), 0o755)
    preload = here.write("preload.sh", here.block("entry-point-preload"), 0o755)

    errors = here.path / "stderr"
    with errors.open("w") as out:
        started = here.start([run, program, "an argument"], stderr=out)
        until(lambda: here.open_connections() == 1)
        print("status:", here.stop(started, signal.SIGTERM))
    print(errors.read_text())
    here.forget()

    started = here.start([preload, program])
    until(lambda: here.open_connections() == 1)
    print("status:", here.stop(started, signal.SIGKILL))
    here.report()
    here.forget()

    # The same as in run.sh, but for the directory.
    here.write("run.sh", here.block("entry-point-run", (" --state-path=/var/lib/connsan/app", "")), 0o755)
    started = here.start([run, program], {"TMPDIR": str(here.state)})
    (folder,) = until(lambda: list(here.state.glob("connsan-run.*")))
    here.state = folder
    until(lambda: here.open_connections() == 1)
    here.stop(started, signal.SIGKILL)
    until(lambda: here.living() == 0)
    here.report()
