"""A real supervisord keeps a program up that somebody kills."""

import os
import signal

from place import database, until

PROGRAM = """#!/usr/bin/python3
import time
import psycopg2

kept = psycopg2.connect("{dsn}")
time.sleep(60)
"""
CONFIGURATION = """[supervisord]
nodaemon=true
user=root
logfile=/dev/null
logfile_maxbytes=0
pidfile={path}/supervisord.pid
"""


def main(here):
    program = here.write("program", PROGRAM.format(dsn=database()), 0o755)
    block = here.block("supervisord", ("command=your-program", f"command={program}"))
    configuration = here.write("supervisord.conf", CONFIGURATION.format(path=here.path) + block)
    server = here.start(["supervisord", "-c", configuration])
    until(lambda: here.open_connections() == 1)
    os.kill(here.tables()["processes"][0]["pid"], signal.SIGKILL)
    until(lambda: here.open_connections() == 2)
    print("owners:", *{state.owner() for state in here.states()})
    here.stop(server)
    here.report()
