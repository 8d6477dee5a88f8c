"""try.py PAGE BUILD RECIPE: tries RECIPE of PAGE with what was built in BUILD. What it prints is the test's to judge."""

import importlib
import signal
import sys

from place import Place

if __name__ == "__main__":
    # timeout's word for it: what was started is ended all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("try.py: told to end"))
    # In order with what programs print.
    sys.stdout.reconfigure(line_buffering=True)
    page, build, recipe = sys.argv[1:]
    here = Place(page, build)
    try:
        importlib.import_module(recipe).main(here)
    finally:
        here.remove()
