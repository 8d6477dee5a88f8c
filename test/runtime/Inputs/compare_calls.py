"""Compares two traces of strace -f: what comes after the program's first getppid, and what came before it."""
import collections
import re
import sys


def read(path):
    loader, program = [], []
    seen = False
    for line in open(path):
        match = re.match(r"\d+ +(?:<\.\.\. )?(\w+)", line)
        if not match or " resumed>" in line or "+++" in line or "---" in line:
            continue
        name = match.group(1)
        seen = seen or name == "getppid"
        (program if seen else loader).append(name)
    return collections.Counter(loader), collections.Counter(program)


(bare_loader, bare), (loader, preloaded) = read(sys.argv[1]), read(sys.argv[2])
if bare == preloaded:
    print("program: the same %d calls" % sum(bare.values()))
else:
    print("program: more", dict(preloaded - bare), "fewer", dict(bare - preloaded))
print("more of the loader's:", " ".join("%s %d" % item for item in sorted((loader - bare_loader).items())))
