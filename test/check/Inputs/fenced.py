"""fenced.py PAGE LANGUAGE DIRECTORY: writes the blocks of a language in a page to DIRECTORY/1, DIRECTORY/2..."""

import pathlib
import re
import sys

page, language, directory = sys.argv[1:]
target = pathlib.Path(directory)
target.mkdir(parents=True)
text = pathlib.Path(page).read_text(encoding="utf-8")
blocks = re.findall(r"^```" + language + r"\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
for number, block in enumerate(blocks, 1):
    (target / str(number)).write_text(block, encoding="utf-8")
print(len(blocks), "blocks")
