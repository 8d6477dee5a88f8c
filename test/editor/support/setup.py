"""setup.py PAGE NAME CLANGD: writes the block NAME of docs/editor.md, with this build's program in it, to the file NAME."""

import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent.parent / "recipes" / "Inputs"))
from snippet import snippet  # noqa: E402

page, name, clangd = sys.argv[1:]
pathlib.Path(name).write_text(snippet(page, name, [("/usr/local/bin/connsan-clangd", clangd)]), encoding="utf-8")
