"""on_terminal.py COMMAND...: runs it with a terminal for its output and errors, and prints what that got."""

import os
import pty
import sys

child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execvp(sys.argv[1], sys.argv[1:])
got = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:  # the other side is gone
        break
    if not part:
        break
    got += part
sys.stdout.write(got.decode("utf-8", "replace").replace("\x1b", "<ESC>").replace("\r", "<CR>"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
