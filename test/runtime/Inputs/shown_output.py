"""shown_output.py PAGE COMMAND: whether what is on standard input has the lines that PAGE shows below `$ COMMAND`.

Numbers, durations, how columns are filled, and what follows an equals sign may differ. A line of three dots stands for any
lines.
"""

import pathlib
import re
import sys


def pattern(line):
    for what, mark in ((r"\d+(\.\d+)? (ms|s|min|h)\b", "\0d"), (r"=[^ ;]+", "=\0v")):
        line = re.sub(what, mark, line)
    line = re.sub(r"\d+(\\\.\d+)?", r"\\d+(\\.\\d+)?", re.escape(line))
    return re.compile(line.replace("\0d", r"\d+(\.\d+)? (ms|s|min|h)").replace("\0v", r"\S+"))


def lines_of(text):
    return re.sub(" +", " ", text).splitlines()


page, command = sys.argv[1:]
shown = lines_of(re.search(r"^\$ " + re.escape(command) + r"[^\n]*\n(.*?)^```$", pathlib.Path(page).read_text(encoding="utf-8"),
                           re.MULTILINE | re.DOTALL).group(1))
output = lines_of(sys.stdin.read())
at, may_skip, found = 0, True, 0
for line in shown:
    if line == "...":
        may_skip = True
        continue
    wanted = pattern(line)
    while may_skip and at < len(output) and not wanted.fullmatch(output[at]):
        at += 1
    assert at < len(output) and wanted.fullmatch(output[at]), f"not there: {line}\n" + "\n".join(output)
    at, may_skip, found = at + 1, False, found + 1
print(found, "lines")
