"""Two workers of a real gunicorn import a module that connects: each for itself, once before they are forked, and
once to be found in a query that takes too long."""

import os
import signal

from place import database, free_port, page, until

APP = """import os
import psycopg2

kept = psycopg2.connect("{dsn}")
kept.autocommit = True


def app(environ, start_response):
    kept.cursor().execute("SELECT pg_sleep(60)" if environ["PATH_INFO"] == "/slow" else "SELECT 1")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]
"""


def main(here):
    here.write("app.py", APP.format(dsn=database()))
    errors = here.path / "stderr"

    def start(*options):
        # A worker that is told to end while it begins does not hear it.
        options += ("--graceful-timeout 1",)
        port = free_port()
        replaced = ("127.0.0.1:8000", f"127.0.0.1:{port}"), ("gunicorn --workers 2", " ".join(["gunicorn", *options]))
        with errors.open("w") as out:
            server = here.start(["sh", "-c", here.block("gunicorn", *replaced)], cwd=here.path, stderr=out)
        worker = until(lambda: page(port))
        return server, worker, port

    server, worker, _ = start("--workers 2")
    until(lambda: here.open_connections() == 2)
    print("owners:", *{state.owner() for state in here.states()})
    os.kill(int(worker), signal.SIGKILL)
    until(lambda: here.open_connections() == 3)
    here.report()
    here.stop(server)

    server, _, _ = start("--workers 2", "--preload")
    print("stderr:", until(lambda: "used by thread" in errors.read_text() and errors.read_text()))
    here.stop(server)
    here.forget()

    server, worker, port = start("--timeout 1")
    page(port, "slow")
    until(lambda: not os.path.exists(f"/proc/{worker}"))
    print("timed out:")
    here.report()
    here.stop(server)
