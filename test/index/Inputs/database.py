"""Writes compile_commands.json into a directory, for the C and C++ sources in it and below."""

import argparse
import json
import pathlib
import shlex

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--flags", default="")
parser.add_argument("directory", type=pathlib.Path)
arguments = parser.parse_args()

root = arguments.directory.resolve()
sources = sorted(path for path in root.rglob("*") if path.suffix in (".c", ".cpp"))
commands = [{"directory": str(root), "file": str(path.relative_to(root)),
             "command": f"{'c++ -std=c++20' if path.suffix == '.cpp' else 'cc'} {arguments.flags} "
                        f"-I{shlex.quote(str(root))} -c {shlex.quote(str(path.relative_to(root)))}"}
            for path in sources]
(root / "compile_commands.json").write_text(json.dumps(commands))
