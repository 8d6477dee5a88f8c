"""each_page.py DIRECTORY COMMAND...: runs the command on each manual page; it fails, or complains, about none."""

import pathlib
import subprocess
import sys

pages = sorted(pathlib.Path(sys.argv[1]).glob("*.1"))
assert pages
for page in pages:
    done = subprocess.run([*sys.argv[2:], page], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode or done.stderr:
        sys.exit(f"{page}: {done.stderr}")
