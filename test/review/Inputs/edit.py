"""edit.py FILE OLD NEW: replaces the one place where OLD stands."""

import sys

name, old, new = sys.argv[1:]
old, new = (text.encode().decode("unicode_escape") for text in (old, new))
with open(name, encoding="utf-8") as file:
    text = file.read()
if text.count(old) != 1:
    sys.exit(f"edit.py: '{old}' stands {text.count(old)} times in {name}")
with open(name, "w", encoding="utf-8") as file:
    file.write(text.replace(old, new))
