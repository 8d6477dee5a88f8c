"""changes.py [--changes N] [--seed N] FILE...: files that are changed here and there, each time more.

After each change what is found has to be what is found in a file of the same text that was opened just now, of which the
server cannot know anything from before.
"""

import argparse
import pathlib
import random
import re

from editor import Editor
from keystrokes import TOKEN


class Text:
    """Changes below the directives at the start; with those clangd first shows what it knew before."""

    def __init__(self, whole, chance):
        self.head = re.match(r"(#.*|//.*|/\*[\s\S]*?\*/|\s)*", whole).group()
        self.first, self.chance = whole[len(self.head):], chance
        self.now = self.first

    def change(self):
        """Says what it did."""
        if self.chance.random() < 0.1:
            self.now = self.first
            return "as at first"
        kind = self.chance.choice(("line", "comment", "spaces", "token", "twice", "swapped"))
        lines = self.now.splitlines(keepends=True)
        at = self.chance.randrange(len(lines))
        tokens = list(TOKEN.finditer(self.now))
        token, other = (self.chance.choice(tokens) for _ in range(2))
        if kind in ("line", "comment"):
            self.now = "".join([*lines[:at], "\n" if kind == "line" else "// More.\n", *lines[at:]])
        elif kind == "spaces":
            self.now = "".join([*lines[:at], "  " + lines[at], *lines[at + 1:]])
        elif kind == "token":
            self.now = self.now[: token.start()] + self.now[token.end():]
        elif kind == "twice":
            self.now = "".join([*lines[:at], lines[at], *lines[at:]])
        else:
            self.now = self.now[: token.start()] + other.group() + self.now[token.end():]
        return kind

    def __str__(self):
        return self.head + self.now


def found(file):
    """Without the name of the file. None where clangd publishes nothing."""
    file.parse()
    if file.diagnosed != file.version:
        return None

    def seen(one):
        return (one["range"], one["message"].replace(file.path.name, "FILE"),
                [(note["location"]["range"], note["message"]) for note in one.get("relatedInformation", [])])

    return sorted(map(seen, file.diagnostics), key=str)


def anew(editor, path, text):
    file = editor.open(path.with_stem(f"{path.stem}_anew"), text)
    result = found(file)
    file.close()
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("file", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    with Editor("--background-index=0") as editor:
        for path in arguments.file:
            file = editor.open(path)
            text = Text(file.text, random.Random(arguments.seed))
            done, same, findings = [], 0, 0
            for _ in range(arguments.changes):
                done.append(text.change())
                file.type(str(text), wait=False)
                now, wanted = found(file), anew(editor, file.path, str(text))
                if now is None or wanted is None:
                    continue
                if now != wanted:
                    file.path.with_suffix(".differs").write_text(str(text), encoding="utf-8")
                    print(f"{path.name}: not the same after {', '.join(done)}\n  is:  {now}\n  was: {wanted}")
                    break
                same += 1
                findings += len(now)
            print(f"{path.name}: {same} times the same, {findings} diagnostics")
            file.close()


if __name__ == "__main__":
    main()
