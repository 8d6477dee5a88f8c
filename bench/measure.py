"""What one run of a program costs: instructions under callgrind, or seconds up to a limit."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time


class Problem(Exception):
    """Something that the user has to know, in one line."""


def program(name, package):
    path = shutil.which(name)
    if not path:
        raise Problem(f"{name} is not there (Debian package {package})")
    return path


def connsan(path):
    """The checker: as given, from CONNSAN, or from the build directory of this repository."""
    if not path:
        here = os.path.dirname(os.path.abspath(__file__))
        path = os.environ.get("CONNSAN") or os.path.join(here, "..", "build", "bin", "connsan")
    path = os.path.abspath(path)
    if not os.access(path, os.X_OK):
        raise Problem(f"no program at {path}; build it (cmake --preset default && cmake --build --preset default) "
                      "or name it with --connsan")
    return path


def progress(text):
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text[:100]}")
        sys.stderr.flush()


def complaint(result):
    """The line of a failed run that says why."""
    lines = [line.strip() for line in result.stderr.splitlines() if not line.startswith("==") and line.strip()]
    errors = [line for line in lines if "error" in line] or lines
    return errors[0] if errors else f"exit status {result.returncode}"


def run(command, directory=None, good=(0,), text=""):
    """`text` is what the command reads."""
    result = subprocess.run(command, cwd=directory, capture_output=True, input=text, text=True, errors="replace")
    if result.returncode not in good:
        raise Problem(f"{os.path.basename(command[0])}: {complaint(result)}")
    return result


def libpq_flags():
    return run([program("pkg-config", "pkg-config"), "--cflags", "libpq"]).stdout.split()


def instructions(command, directory=None, good=(0,)):
    """Instructions of `command` and of all processes that it starts, itself included.

    `connsan check` forks a worker for each file. A process that was forked under callgrind goes on counting from what
    its parent had counted: to add up what both print as "Collected" counts twice what came before the fork. So
    callgrind is told to write its counters and begin again at each fork; "summary" is what was executed since then,
    and the sum over everything that was written is each instruction once. What exec starts (a compiler driver's cc1)
    begins at zero by itself.
    """
    with tempfile.TemporaryDirectory(prefix="connsan-bench-") as directory_of_counts:
        # glibc has one function of three names; callgrind sees one of them.
        at_fork = [f"--dump-before={name}" for name in ("fork", "__fork", "__libc_fork")]
        run([program("valgrind", "valgrind"), "-q", "--tool=callgrind", "--trace-children=yes", *at_fork,
             f"--callgrind-out-file={directory_of_counts}/%p", *command], directory, good)
        total = 0
        processes = set()
        forks = set()
        for name in os.listdir(directory_of_counts):
            process, _, _ = name.partition(".")
            with open(os.path.join(directory_of_counts, name), errors="replace") as counts:
                text = counts.read()
            processes.add((process, re.search(r"^cmd: *(.*)$", text, re.M).group(1)))
            if re.search(r"^desc: Trigger: --dump-before=", text, re.M):
                forks.add(name)
            total += int(re.search(r"^summary: (\d+)$", text, re.M).group(1))
        if len(processes) - len({command_line for _, command_line in processes}) > len(forks):
            raise Problem("callgrind did not see the fork of a worker: its instructions would be counted twice")
        return total


def seconds(command, limit, directory=None, good=(0,)):
    """Wall time of one run, or None when it did not end within `limit` seconds."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               errors="replace", start_new_session=True)
    try:
        _, process_stderr = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        # The compiler itself is a child of its driver.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    taken = time.perf_counter() - start
    if process.returncode not in good:
        result = subprocess.CompletedProcess(command, process.returncode, "", process_stderr)
        raise Problem(f"{os.path.basename(command[0])}: {complaint(result)}")
    return taken
