"""The command of the line, run as cron(8) says that it runs one. cron itself takes a minute for it."""

import subprocess

from place import database

PROGRAM = """#!/usr/bin/python3
import os
import psycopg2

kept = psycopg2.connect("{dsn}")
os._exit(3)
"""


def main(here):
    program = here.write("program", PROGRAM.format(dsn=database()), 0o755)
    line = here.block("cron", ("your-program", str(program)))
    command = line.split(maxsplit=5)[5]
    variables = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": "/", "LOGNAME": "root"}
    ended = subprocess.run(["/bin/sh", "-c", command], env=variables, stderr=subprocess.STDOUT, check=False)
    print("status:", ended.returncode)
