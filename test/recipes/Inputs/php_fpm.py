"""Two workers of a real php-fpm keep a connection each; one of them is killed."""

import os
import signal
import subprocess

from place import database, until
from unit import environment

PAGE = """<?php
$kept = pg_pconnect('{dsn}');
pg_query($kept, 'SELECT 1');
usleep(300000);
echo 'worker ', getmypid();
"""
CONFIGURATION = """[global]
error_log = {path}/error.log
process_control_timeout = 10s
[www]
user = www-data
group = www-data
listen = {path}/socket
pm = static
pm.max_children = 2
{block}"""


def start(here, variables, block):
    configuration = here.write("fpm.conf", CONFIGURATION.format(path=here.path, block=block))
    server = here.start(["/usr/sbin/php-fpm8.2", "--nodaemonize", "--fpm-config", configuration], variables)
    until(lambda: here.path.joinpath("socket").exists())
    return server


def stop(here, server):
    here.stop(server, signal.SIGQUIT)


def workers(here):
    """Those that answer two requests at a time."""
    variables = {"SCRIPT_FILENAME": f"{here.path}/page.php", "SCRIPT_NAME": "/page.php", "REQUEST_METHOD": "GET"}
    command = ["cgi-fcgi", "-bind", "-connect", f"{here.path}/socket"]
    asked = [subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    return {one.communicate(timeout=20)[0].partition("worker ")[2].strip() for one in asked}


def main(here):
    here.write("page.php", PAGE.format(dsn=database(application_name="page.php")))
    variables, block = environment(here.block("php-fpm")), here.block("php-fpm-pool")

    # The runtime in the pool alone, and options of the pool.
    for variables_of_master, pool in (({}, f"{block}env[LD_PRELOAD] = {variables['LD_PRELOAD']}"), (variables, block)):
        server = start(here, variables_of_master, pool)
        print("workers:", len(until(lambda: len(found := workers(here)) == 2 and found)))
        stop(here, server)
        print("states:", len(here.states()), *{state.name.partition(".")[0] for state in here.states()})
    here.forget()

    # Without log_path.
    options = variables["CONNSAN_OPTIONS"].partition(":log_path")[0] + ":verbosity=1"
    for more in ("", "catch_workers_output = yes\n"):
        server = start(here, variables | {"CONNSAN_OPTIONS": options}, more)
        until(lambda: workers(here))
        stop(here, server)
        print("error log:", (here.path / "error.log").read_text())
    here.forget()

    server = start(here, variables, "")
    first, second = until(lambda: len(found := workers(here)) == 2 and found)
    until(lambda: here.open_connections() == 2)
    print("owners:", *{state.owner() for state in here.states()})
    os.kill(int(first), signal.SIGKILL)
    until(lambda: not os.path.exists(f"/proc/{first}"))
    here.report()
    stop(here, server)
    here.report()
