"""Checks every source below a directory, and the facts of it; prints what differs.

same_from_facts.py CONNSAN DIRECTORY -- COMPILER-ARGS...
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

connsan, directory, _, *compiler = sys.argv[1:]
OTHERS = ["--dump=facts", "--dump=state", "--dump=summaries", "--dump=models", "--format=json"]


def run(*arguments):
    done = subprocess.run([connsan, "check", "-j1", *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def without_proposals(mode, answer):
    """Edits, and notes that propose another declaration, need the syntax tree."""
    status, out, err = answer
    proposal = "would release it on every path"
    if mode == "--format=json":
        document = json.loads(out)
        for finding in document["findings"]:
            del finding["edits"]
            finding["notes"] = [note for note in finding["notes"] if proposal not in note["message"]]
        return status, document, err
    lines = out.split("\n")
    proposals = [number for number, line in enumerate(lines) if proposal in line]
    shown = {number + below for number in proposals for below in range(3)}  # with the source line and the caret
    return status, "\n".join(line for number, line in enumerate(lines) if number not in shown), err


def compare(number, source):
    """Whether there are findings, and what differs. Every third source is looked at in another way as well, in turns."""
    facts = source + ".facts"
    status, out, _ = run(f"--export-facts={facts}", source, "--", *compiler)
    differences = [] if status in (0, 2) and not out else [f"{source} differs: exported with {status} {out}"]
    check = "--confidence=medium"
    other = [OTHERS[number // 3 % len(OTHERS)]] if number % 3 == 0 else []
    for mode in [check, *other]:
        parsed = without_proposals(mode, run(mode, source, "--", *compiler))
        read = without_proposals(mode, run(mode, facts))
        if parsed != read:
            differences.append(f"{source} differs with {mode}: {parsed}\n{read}")
        if mode == check:
            has_findings = parsed[0] == 1
    return has_findings, differences


sources = sorted(str(p) for p in pathlib.Path(directory).rglob("*.c*") if p.suffix in (".c", ".cpp"))
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    results = list(pool.map(compare, range(len(sources)), sources))
differences = [d for _, all_of_one in results for d in all_of_one]
print(*differences, sep="\n")
if not differences:
    print(f"{len(sources)} sources, {sum(found for found, _ in results)} with findings: all the same")
