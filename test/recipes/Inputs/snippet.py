"""snippet.py PAGE NAME [OLD=NEW...]

Prints the block of PAGE whose fence is ```LANGUAGE NAME. Each OLD must be in it and is replaced.
"""

import sys


def snippet(page, name, replace=()):
    """`replace`: pairs of what is different where a test runs."""
    with open(page, encoding="utf-8") as file:
        lines = file.read().split("\n")
    begins = [at for at, line in enumerate(lines) if line.startswith("```") and line.split()[1:] == [name]]
    if len(begins) != 1:
        raise SystemExit(f"snippet.py: {page} has {len(begins)} blocks named {name}")
    begin = begins[0] + 1
    text = "\n".join(lines[begin : lines.index("```", begin)]) + "\n"
    for old, new in replace:
        if old not in text:
            raise SystemExit(f"snippet.py: the block {name} of {page} does not hold {old}")
        text = text.replace(old, new)
    return text


if __name__ == "__main__":
    sys.stdout.write(snippet(sys.argv[1], sys.argv[2], [pair.split("=", 1) for pair in sys.argv[3:]]))
