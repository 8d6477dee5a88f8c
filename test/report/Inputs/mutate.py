"""mutate.py FOLDER FILE...: writes changed copies of the files: cut, with bytes changed, with values of other types and sizes."""
import json
import os
import random
import re
import sys

COPIES = 150
VALUES = ["null", "true", "[]", "{}", '""', "-1", "4294967296", "18446744073709551615", "1e308", "0.5", '"x"', "[[]]", "9007199254740993"]


def line_sum(text):
    value = 2166136261
    for byte in text.encode("utf-8", "replace"):
        value = (value ^ byte) * 16777619 % 2**32
    return value


def with_other_value(text, chance):
    """Another value for one member of some line; the sums are right again."""
    lines = text.split("\n")
    number = chance.randrange(len(lines))
    places = list(re.finditer(r'(?<=[:\[,])("[^"]*"|-?[0-9]+|true|false|\[[^\[\]]*\])(?=[,}\]])', lines[number]))
    if not places:
        return text
    place = chance.choice(places)
    line = lines[number][: place.start()] + chance.choice(VALUES) + lines[number][place.end():]
    body, mark, _ = line.rpartition(',"sum":"')
    lines[number] = f'{body}{mark}{line_sum(body):08x}"}}' if mark else line
    return "\n".join(lines)


folder, *files = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
for file in files:
    with open(file, encoding="utf-8") as source:
        text = source.read()
    for copy in range(COPIES):
        chance = random.Random(copy)
        data = text
        for _ in range(chance.randrange(1, 4)):
            data = with_other_value(data, chance)
        data = bytearray(data.encode())
        if copy % 3 == 1:
            del data[chance.randrange(len(data)):]
        if copy % 3 == 2:
            for _ in range(chance.randrange(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        name, extension = os.path.splitext(os.path.basename(file))
        with open(os.path.join(folder, f"{name}.{copy}{extension}"), "wb") as changed:
            changed.write(data)
