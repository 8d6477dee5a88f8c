"""page_examples.py CONNSAN PAGE DIRECTORY FLAG...: whether connsan finds in the examples of a page what the page says.

A block of C or C++ that is followed by the output of connsan gives that output, to the letter. One that is not, but has
comments, has its warnings on the lines of these. Pieces of a function are put into one. Prints the number of examples.
"""

import pathlib
import re
import subprocess
import sys

connsan, page, directory, *flags = sys.argv[1:]
work = pathlib.Path(directory)
work.mkdir(parents=True)
(work / ".connsan.yaml").write_text(
    "models:\n"
    "  - {function: pool_get, returns: acquire, resource: pool-lease}\n"
    "  - {function: pool_put, arguments: [borrow, release], resource: pool-lease}\n"
)
# What the examples leave out, on no line of theirs.
(work / "prelude.h").write_text(
    "#include <libpq-fe.h>\n#include <stdlib.h>\n#include <stdbool.h>\n"
    "struct pool;\nPGconn *pool_get(struct pool *);\nvoid pool_put(struct pool *, PGconn *);\n"
    "struct context { PGconn *db; };\nstruct session { PGconn *db; };\n"
)
BLOCK = re.compile(r"^```(c|cpp)\n(.*?)^```\n(?:\n```\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


def check(name, text):
    (work / name).write_text(text, encoding="utf-8")
    command = [connsan, "check", name, "--", "-include", "prelude.h", *flags]
    result = subprocess.run(command, cwd=work, capture_output=True, text=True)
    assert not result.stderr, result.stderr
    return [line for line in result.stdout.splitlines() if line.startswith(name + ":")]


def whole(text):
    """A function that has these statements, if that is what they are."""
    if re.match(r"(?!if|for|PGconn|struct)\w[\w *]*\(|class ", text):
        return text
    release = "PQfinish(c);" if text.startswith("PGconn *c") else ""
    return f"void *example(int n) {{ (void)n; {text}{release} return NULL; }}\n"


count = 0
for number, match in enumerate(BLOCK.finditer(pathlib.Path(page).read_text(encoding="utf-8")), 1):
    language, text, output = match.groups()
    if output:
        name = output.split(":")[0]
        got = check(name, text)
        assert got == output.splitlines(), f"{name}: the page says\n{output}and connsan\n" + "\n".join(got)
    elif "// " in text and "// inserted" not in text and "NOLINT" not in text:
        name = f"example{number}.{language}"
        got = [int(line.split(":")[1]) for line in check(name, whole(text)) if " warning: " in line]
        wanted = [at for at, line in enumerate(text.splitlines(), 1) if "// " in line]
        assert got == wanted, f"block {number}: warnings on lines {got}, comments on {wanted}\n{text}"
    else:
        continue
    count += 1
print(count, "examples")
