"""A service and the drop-in, started by a systemd that is the first process of a tree of its own; its program is
killed and started again."""

import os
import signal

from container import Image
from place import children, database, until

PROGRAM = """#!/usr/bin/python3
import time
import psycopg2

kept = psycopg2.connect("{dsn}")
time.sleep(60)
"""
SERVICE = """[Unit]
Description=A program that keeps a connection
DefaultDependencies=no

[Service]
ExecStart=/usr/local/bin/your-program
Environment=NAME=value
User=www-data
ProtectSystem=strict
PrivateTmp=yes
MemoryDenyWriteExecute=yes
NoNewPrivileges=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
Restart=always
RestartSec=0
"""
# Its control group is the root of what systemd sees of them.
BOOT = """set -e
echo 0 >"$2/cgroup.procs"
exec unshare --cgroup --mount --pid --fork --kill-child sh -e -c '
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount -t tmpfs none "$1/run"
mkdir -p "$1/sys/fs/cgroup"
mount -t cgroup2 none "$1/sys/fs/cgroup"
exec /usr/sbin/chroot "$1" /lib/systemd/systemd --unit=app.service --log-target=console --show-status=no' sh "$1"
"""


def control_groups():
    """Where those of the second version are."""
    with open("/proc/self/mounts", encoding="utf-8") as mounts:
        return next(line.split()[1] for line in mounts if line.split()[2] == "cgroup2")


def removed(group):
    """With those in it, as soon as nobody is in them."""
    try:
        for folder, _, _ in os.walk(group, topdown=False):
            os.rmdir(folder)
    except OSError:
        return False
    return True


def program_of(machine):
    """The machine is unshare, below it systemd, and below that the service."""
    (first,) = children(machine.pid)
    for child in children(first):
        with open(f"/proc/{child}/cmdline", "rb") as file:
            if b"your-program" in file.read():
                return child
    return None


def main(here):
    image = Image(here, "image")
    image.install(here.build)
    image.write("/usr/local/bin/your-program", PROGRAM.format(dsn=database()))
    units = image.inside("/etc/systemd/system")
    units.joinpath("app.service.d").mkdir()
    units.joinpath("app.service").write_text(SERVICE, encoding="utf-8")
    units.joinpath("app.service.d/connsan.conf").write_text(here.text("systemd"), encoding="utf-8")
    print("verify:", image.run("systemd-analyze verify app.service 2>&1") or "nothing to say")
    # Short enough to see it, and long enough for a machine that is busy.
    image.inside("/etc/tmpfiles.d/connsan.conf").write_text(here.text("tmpfiles", ("14d", "5s")), encoding="utf-8")
    here.state = image.inside("/var/lib/connsan/app")

    group = os.path.join(control_groups(), here.path.name)
    os.mkdir(group)
    here.cleanups.append(lambda: until(lambda: removed(group)))
    machine = here.start(["sh", "-c", BOOT, "sh", image.root, group], {"container": "test"})
    until(lambda: here.open_connections() == 1)
    print("owners:", *{state.owner() for state in here.states()})
    os.kill(program_of(machine), signal.SIGKILL)
    until(lambda: here.open_connections() == 2)
    here.report()

    def cleaned():
        image.run("systemd-tmpfiles --clean /etc/tmpfiles.d/connsan.conf")
        return len(here.states()) == 1

    until(cleaned)
    print("after the cleaning:")
    here.report()
