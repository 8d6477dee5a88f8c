"""readme_check.py CONNSAN README BUILD: whether `connsan check` says of the example what README.md shows."""

import pathlib
import re
import subprocess
import sys

connsan, readme, build = sys.argv[1:]
page = pathlib.Path(readme)
shown = re.search(r"^\$ connsan check -p build (\S+)\n(.*?)^```$", page.read_text(encoding="utf-8"),
                  re.MULTILINE | re.DOTALL)
name, output = shown.groups()
result = subprocess.run([connsan, "check", "-p", build, name], cwd=page.parent, capture_output=True, text=True)
got = [line for line in result.stdout.splitlines() if line.startswith(name + ":")]
assert got == output.splitlines(), "connsan says\n" + "\n".join(got) + result.stderr
print(len(got), "lines")
