"""Where the recipes are tried: a directory that every user reaches and that is gone afterwards, with what was started."""

import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

from snippet import snippet


def until(what, seconds=20):
    """What `what` returns when that is something."""
    end = time.monotonic() + seconds
    while not (result := what()):
        if time.monotonic() > end:
            raise SystemExit(f"place.py: waited {seconds} s in vain at line {what.__code__.co_firstlineno}")
        time.sleep(0.05)
    return result


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


def page(port, path=""):
    """What a server of ours answers; nothing when it does not."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=20) as answer:
            return answer.read().decode()
    except (OSError, http.client.HTTPException):
        return None


def children(pid):
    return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def database(**more):
    """As the recipes' programs name it, whose environment is not ours."""
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    words = {key: os.environ[name] for key, name in names.items()} | more
    return " ".join(f"{key}={value}" for key, value in words.items())


class Place:
    """`local` stands for /usr/local, `state` for /var/lib/connsan; blocks of the page are told so."""

    def __init__(self, page, build):
        self.page, self.build = page, pathlib.Path(build)
        # lit's own TMPDIR is closed to others.
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="connsan-recipe.", dir="/tmp"))
        self.path.chmod(0o755)
        self.local, self.state = self.path / "local", self.path / "state"
        for file in ("bin/connsan", "lib/libconnsan_rt.so"):
            (self.local / file).parent.mkdir(parents=True)
            shutil.copy(self.build / file, self.local / file)
        self.environment = {"PATH": f"{self.local}/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}
        self.started, self.cleanups = [], []
        subprocess.run(["sh", "-e", "-c", self.block("directory")], check=True)

    def text(self, name, *replace):
        """A block as it stands there."""
        return snippet(self.page, name, replace)

    def block(self, name, *replace):
        text = self.text(name, *replace)
        return text.replace("/usr/local/", f"{self.local}/").replace("/var/lib/connsan", str(self.state))

    def write(self, name, text, mode=0o644):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    def start(self, command, environment=None, **more):
        """With nothing of our own environment."""
        variables = self.environment | (environment or {})
        process = subprocess.Popen(command, env=variables, start_new_session=True, **more)
        self.started.append(process)
        return process

    def stop(self, process, how=signal.SIGTERM):
        """As whoever looks after it would. Returns the exit status."""
        process.send_signal(how)
        return process.wait(20)

    def states(self):
        return sorted(self.state.glob("*.state"))

    def report(self, *what):
        """Prints what connsan report makes of the directory, or of something else."""
        command = [self.local / "bin/connsan", "report", *(what or [self.state])]
        subprocess.run(command, stderr=subprocess.DEVNULL, check=True)

    def tables(self):
        if not self.states():
            return {"sites": [], "processes": []}
        command = [self.local / "bin/connsan", "report", "--json", "--no-symbols", self.state]
        return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)

    def open_connections(self):
        """How many the report tells of."""
        return sum(site["open"] for site in self.tables()["sites"])

    def living(self):
        return sum(process["ending"] == "running" for process in self.tables()["processes"])

    def forget(self):
        for file in self.state.iterdir():
            file.unlink()

    def remove(self):
        for process in self.started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for clean_up in self.cleanups:
            clean_up()
        shutil.rmtree(self.path)
