"""Two workers of a real gunicorn import a module that connects: each for itself, and once before they are forked."""

import os
import signal

from place import database, free_port, page, until

APP = """import os
import psycopg2

kept = psycopg2.connect("{dsn}")
kept.autocommit = True


def app(environ, start_response):
    kept.cursor().execute("SELECT 1")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""


def main(here):
    here.write("app.py", APP.format(dsn=database()))
    for option in ("", "--preload "):
        port = free_port()
        replaced = ("127.0.0.1:8000", f"127.0.0.1:{port}"), ("--workers 2", f"{option}--workers 2")
        errors = here.path / "stderr"
        with errors.open("w") as out:
            server = here.start(["sh", "-c", here.block("gunicorn", *replaced)], cwd=here.path, stderr=out)
        worker = until(lambda: page(port))
        if option:
            print("stderr:", until(lambda: "inherited" in errors.read_text() and errors.read_text()))
        else:
            until(lambda: here.open_connections() == 2)
            print("owners:", *{state.owner() for state in here.states()})
            os.kill(int(worker), signal.SIGKILL)
            until(lambda: here.open_connections() == 3)
            here.report()
        here.stop(server)
