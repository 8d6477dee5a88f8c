"""keystrokes.py [--every N] FILE...: each text that a file has while it is typed, and with each of its tokens removed.

All of them are parsed, and so checked, one by one; the server has to live through them and must still find what it found at first.
"""

import argparse
import pathlib
import re

from editor import Editor

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\w+|->|::|[^\s\w]')


def texts_of(text):
    for end in range(len(text)):
        yield "typed", text[:end]
    for token in TOKEN.finditer(text):
        yield "without a token", text[: token.start()] + text[token.end():]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take only each Nth text")
    parser.add_argument("file", nargs="+")
    arguments = parser.parse_args()
    with Editor() as editor:
        for name in arguments.file:
            file = editor.open(name)
            whole = file.text
            first = [one["message"] for one in file.wait()]
            counts = {}
            for kind, text in list(texts_of(whole))[:: arguments.every]:
                counts[kind] = counts.get(kind, 0) + 1
                file.type(text, wait=False)
                file.parse()
            file.type(whole)
            print(f"{pathlib.Path(name).name}:", ", ".join(f"{count} {kind}" for kind, count in counts.items()))
            print("found again" if [one["message"] for one in file.wait()] == first and first else "not found again")
            file.close()


if __name__ == "__main__":
    main()
