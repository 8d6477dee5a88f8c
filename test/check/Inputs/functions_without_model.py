"""functions_without_model.py MODELS: names the functions that libpq's headers declare and MODELS does not.

Reads preprocessed C from standard input.
"""

import re
import sys


def declared(preprocessed):
    """The functions of libpq's own headers, whatever they include."""
    text, ours = [], False
    for line in preprocessed:
        if marker := re.match(r'# \d+ "(.*?)"', line):
            ours = marker[1].endswith(("/libpq-fe.h", "/libpq-events.h"))
        elif ours:
            text.append(line)
    joined = " ".join(text).replace('extern "C"', "").replace("{", ";").replace("}", ";")
    for declaration in joined.split(";"):
        if name := re.match(r"\s*extern\b[^(]*?(\w+)\s*\(", declaration):
            yield name[1]


def main():
    with open(sys.argv[1], encoding="utf-8") as models:
        modelled = set(re.findall(r"\bfunction: (\w+)", models.read()))
    names = list(declared(sys.stdin))
    for name in names:
        if name not in modelled:
            print(name, "has no model")
    print(len(names), "functions")


main()
