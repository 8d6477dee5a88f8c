"""ctest, pytest and make run a program that leaks, and one that does not."""

import subprocess

from place import database

PROGRAM = """#!/usr/bin/python3
import os
import sys
import psycopg2


def forgets():
    return psycopg2.connect("{dsn}")


def keeps_on_purpose():
    return psycopg2.connect("{dsn}")


kept = globals()[sys.argv[1]]() if sys.argv[1:] else None
os._exit(0)
"""
CTEST = "add_test(leaks ./program forgets)\nadd_test(clean ./program)\n"
PYTEST = """import subprocess


def test_program():
    subprocess.run(["./program", "{}"], check=False)
"""
MAKE = "check:\n\t./program forgets\n"


def main(here):
    suite = here.write("suite/program", PROGRAM.format(dsn=database()), 0o755).parent
    here.write("suite/CTestTestfile.cmake", CTEST)
    here.write("suite/Makefile", MAKE)
    here.write("suite/connsan.supp", "leak:keeps_on_purpose\n")

    def run(text):
        shell = ["sh", "-c", text]
        ended = subprocess.run(shell, cwd=suite, env=here.environment, stderr=subprocess.STDOUT, check=False)
        print("status:", ended.returncode)

    run(here.block("ctest"))
    run("connsan report connsan-log")
    for function in ("forgets", "keeps_on_purpose"):
        here.write("suite/test_program.py", PYTEST.format(function))
        run(here.block("pytest"))
    run(here.block("make"))
