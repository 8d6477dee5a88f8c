"""log_lines_page.py PAGE SCHEMA DIRECTORY: holds the page of the log's lines against its schema, and runs what it shows.

Writes the examples to a log in DIRECTORY, runs each recipe there and compares its output with the one of the page. Says
which members and kinds the page does not name. The exit status is 1 when something is wrong.
"""

import json
import os
import re
import subprocess
import sys

page, schema, directory = sys.argv[1:]
with open(page, encoding="utf-8") as file:
    text = file.read()
with open(schema, encoding="utf-8") as file:
    schema = json.load(file)
problems = []


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def members(part):
    """What a schema describes, with the values that it lists."""
    if isinstance(part, dict):
        for name, one in part.get("properties", {}).items():
            if "description" not in one:
                problems.append(f"not described by the schema: {name}")
            yield name
            yield from one.get("enum", ())
        part = [one for keyword, one in part.items() if keyword != "if"]
    elif not isinstance(part, list):
        return
    for one in part:
        yield from members(one)


def examples():
    decoder = json.JSONDecoder()
    for block in blocks("json"):
        block = block.strip()
        while block:
            example, end = decoder.raw_decode(block)
            yield example
            block = block[end:].strip()


lines = list(examples())
with open(os.path.join(directory, f"billing.{lines[0]['pid']}.jsonl"), "w", encoding="utf-8") as log:
    log.writelines(json.dumps(line) + "\n" for line in lines)

kinds = [branch["if"]["properties"]["kind"]["const"] for branch in schema["allOf"]]
shown = [line["kind"] for line in lines]
headings = ", ".join(re.findall(r"^### (.*)$", text, re.MULTILINE)).split(", ")
if headings != kinds or sorted(shown) != sorted(kinds):
    problems.append(f"kinds of the schema: {kinds}, with a heading: {headings}, with an example: {shown}")
named = set(re.findall(r"`([a-zA-Z_]+)`", text)) | set(headings)
problems += [f"not on the page: {name}" for name in sorted(set(members(schema)) - named)]

recipes, outputs = blocks("sh"), blocks("text")
if not recipes or len(recipes) != len(outputs):
    problems.append(f"{len(recipes)} recipes, {len(outputs)} outputs")
for recipe, expected in zip(recipes, outputs):
    done = subprocess.run(["bash", "-o", "pipefail", "-c", recipe], cwd=directory, capture_output=True, text=True, timeout=60)
    if done.stdout != expected or done.stderr:
        problems.append(f"recipe:\n{recipe}writes:\n{done.stdout}{done.stderr}and not:\n{expected}")

print(*problems, sep="\n", end="\n" if problems else "")
sys.exit(bool(problems))
