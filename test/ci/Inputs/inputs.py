"""inputs.py ACTION PAGE: whether the table of PAGE has the inputs of ACTION."""

import re
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    action = yaml.safe_load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    table = re.search(r"\| input \|.*?\n\n(.*?)\n\n", file.read(), re.DOTALL)
rows = [row.split("|")[1] for row in table[0].split("\n\n")[0].split("\n")[2:]]
told = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
outputs = set(re.findall(r"`([\w-]+)`", table[1]))
print("the same" if told == set(action["inputs"]) and outputs == set(action["outputs"]) else (told, outputs))
