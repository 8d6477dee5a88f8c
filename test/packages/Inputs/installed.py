"""installed.py DIRECTORY PAGE: installs the packages of the directory into a machine that is this one until it is
written to, uses them there and removes them, by the blocks of the page. Says what happens, and what is left behind."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "..", "..", "recipes", "Inputs"))

from container import Image
from place import database
from snippet import snippet

LEAK_C = """#include <libpq-fe.h>

int leak(void) {
  PGconn *Conn = PQconnectdb("");
  return PQstatus(Conn) == CONNECTION_OK;
}
"""
LEAK_PY = """import psycopg2
kept = psycopg2.connect("{dsn}")
import os
os._exit(0)
"""
# What dpkg and what it starts write down of every package.
KEPT = ("var/lib/dpkg/", "var/log/", "var/cache/", "etc/ld.so.cache", "root/", "proc/")


class Here:
    """What `Image` wants to know."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="connsan-packages.", dir="/tmp"))
        self.cleanups = []

    def remove(self):
        for clean_up in self.cleanups:
            clean_up()
        shutil.rmtree(self.path)


def left_behind(image):
    """What is not there on this machine."""
    upper = image.path / "upper"
    for path in sorted(upper.rglob("*")):
        name = str(path.relative_to(upper))
        if not (name + "/").startswith(KEPT) and not os.path.lexists("/" + name):
            yield name


def tell(image, command):
    print(image.run(f"cd /root; status=0; {{ {command}; }} 2>&1 || status=$?; echo status $status"))


def run(image, page):
    run_leak = "connsan run --ci -- python3 leak.py"
    check_leak = "connsan check leak.c -- -I/usr/include/postgresql"
    image.run("cd /root; exec >&2; " + snippet(page, "install", [("install ", "install -qq -y ")]))
    print("== installed")
    tell(image, check_leak)
    tell(image, run_leak)
    print("== the pages")
    print(image.run("man -w connsan-check"))
    image.run("dpkg -r connsan-checker >&2")
    print("== without the checker")
    tell(image, check_leak)
    tell(image, run_leak)
    image.run("exec >&2; " + snippet(page, "remove", [("purge", "purge -qq -y")]))
    print("== removed")
    print("left behind:", *(list(left_behind(image)) or ["nothing"]))


def main(packages, page):
    # dpkg looks for what it calls, and lit has no PATH of root's.
    os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    here = Here()
    try:
        image = Image(here, "image")
        for package in pathlib.Path(packages).glob("*.deb"):
            shutil.copy(package, image.inside("/root"))
        image.write("/root/leak.c", LEAK_C)
        image.write("/root/leak.py", LEAK_PY.format(dsn=database()))
        run(image, page)
    finally:
        here.remove()


main(*sys.argv[1:])
