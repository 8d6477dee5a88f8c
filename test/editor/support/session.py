"""session.py FLAGS FILE [ARGUMENT...]: runs what an editor does, in a copy of this directory with the commands to compile it.

The copy is far from this repository, whose .clang-tidy would hold for a file below it.
"""

import json
import os
import pathlib
import runpy
import shutil
import sys
import tempfile

flags, script, *arguments = sys.argv[1:]
with tempfile.TemporaryDirectory(prefix="connsan-editor-") as directory:
    project = pathlib.Path(directory).resolve() / "project"
    shutil.copytree(".", project)
    sources = [path for path in project.rglob("*") if path.suffix in (".c", ".cpp")]
    commands = [{"directory": str(project), "file": str(path),
                 "arguments": ["c++" if path.suffix == ".cpp" else "cc", *flags.split(), "-c", str(path)]}
                for path in sources]
    if commands:
        (project / "compile_commands.json").write_text(json.dumps(commands))
    else:
        (project / "compile_flags.txt").write_text("\n".join(flags.split()))
    os.chdir(project)
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")
