"""crash_one.py FIFO COMMAND...: runs it, and lets the worker crash that reads FIFO once it is the only one left.

FIFO is a source that nobody writes to. Passes the output and the exit status on.
"""

import os
import pathlib
import signal
import subprocess
import sys
import time


def children(pid):
    return [int(one) for one in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


fifo, *command = sys.argv[1:]
os.mkfifo(fifo)
process = subprocess.Popen(command)
limit = time.monotonic() + 60
alone = 0
while alone < 20:  # the same one for a second
    assert process.poll() is None and time.monotonic() < limit, "no worker waits"
    alone = alone + 1 if len(children(process.pid)) == 1 else 0
    time.sleep(0.05)
os.kill(children(process.pid)[0], signal.SIGABRT)  # no sanitizer catches it
sys.exit(process.wait(timeout=60))
