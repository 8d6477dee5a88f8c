"""shown_output.py PAGE COMMAND: whether what is on standard input has the lines that PAGE shows below `$ COMMAND`.

Numbers may be others, and what follows an equals sign; a line of three dots stands for any lines.
"""

import pathlib
import re
import sys

page, command = sys.argv[1:]
shown = re.search(r"^\$ " + re.escape(command) + r"[^\n]*\n(.*?)^```$", pathlib.Path(page).read_text(encoding="utf-8"),
                  re.MULTILINE | re.DOTALL).group(1).splitlines()
output = sys.stdin.read().splitlines()
at, may_skip, found = 0, True, 0
for line in shown:
    if line == "...":
        may_skip = True
        continue
    anything = re.sub(r"=[^ ;]+", "=\0", line)
    wanted = re.compile(re.sub(r"\d+(\\\.\d+)?", r"\\d+(\\.\\d+)?", re.escape(anything)).replace("\0", r"\S+"))
    while may_skip and at < len(output) and not wanted.fullmatch(output[at]):
        at += 1
    assert at < len(output) and wanted.fullmatch(output[at]), f"not there: {line}\n" + "\n".join(output)
    at, may_skip, found = at + 1, False, found + 1
print(found, "lines")
