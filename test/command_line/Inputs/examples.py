"""examples.py BIN COMMAND [STATUS]: runs, in this directory, what `connsan help COMMAND` has as examples, by bash. Each has
to end with the status, 0 by default."""

import os
import re
import subprocess
import sys

binaries, command, *status = sys.argv[1:]
environment = os.environ | {"PATH": binaries + ":" + os.environ["PATH"]}
text = subprocess.run(["connsan", "help", command], env=environment, capture_output=True, text=True, check=True).stdout
section = text.split("\nExamples:\n")[1].split("\n\n")[0]
examples = re.findall(r"^  (\S.*?)(?:  +.*)?$", section, re.MULTILINE)
assert examples
for example in examples:
    shell = "fish" if "fish" in example else "bash"
    done = subprocess.run([shell, "-c", example], env=environment, check=False)
    if done.returncode != int(*status or [0]):
        sys.exit(f"{example}: status {done.returncode}")
    print(example)
