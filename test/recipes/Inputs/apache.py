"""A real Apache with PHP in prefork workers, of which one is killed with the connection that it keeps."""

import os
import signal

from place import database, free_port, page, until

PAGE = """<?php
$kept = pg_pconnect('{dsn}');
pg_query($kept, 'SELECT 1');
echo getmypid();
"""
CONFIGURATION = """ServerName localhost
Listen 127.0.0.1:{port}
PidFile {path}/apache2.pid
DefaultRuntimeDir {path}
ErrorLog {path}/error.log
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule php_module /usr/lib/apache2/modules/libphp8.2.so
User ${{APACHE_RUN_USER}}
Group ${{APACHE_RUN_GROUP}}
StartServers 2
DocumentRoot {path}/pages
SetHandler application/x-httpd-php
"""
VARIABLES = """export APACHE_RUN_USER=www-data
export APACHE_RUN_GROUP=www-data
"""


def stop(pid):
    os.kill(pid, signal.SIGTERM)
    until(lambda: not os.path.exists(f"/proc/{pid}"))


def main(here):
    here.write("pages/page.php", PAGE.format(dsn=database(application_name="page.php")))
    variables = {"APACHE_CONFDIR": f"{here.path}/conf", "APACHE_STARTED_BY_SYSTEMD": "true"}

    def start(block):
        port = free_port()
        here.write("conf/apache2.conf", CONFIGURATION.format(path=here.path, port=port))
        here.write("conf/envvars", VARIABLES + block)
        here.start(["/usr/sbin/apache2ctl", "-D", "FOREGROUND"], variables)
        worker = until(lambda: page(port, "page.php"))
        return lambda: page(port, "page.php"), worker

    def stop():
        pid = int((here.path / "apache2.pid").read_text())
        os.kill(pid, signal.SIGTERM)
        until(lambda: not os.path.exists(f"/proc/{pid}"))

    ask, worker = start(here.block("apache"))
    until(here.open_connections)
    print("owners:", *{state.owner() for state in here.states()})
    os.kill(int(worker), signal.SIGKILL)
    until(lambda: (other := ask()) and other != worker)
    stop()
    here.report()

    start(here.block("apache", (":log_path=/var/lib/connsan/apache2", ":verbosity=1")))
    stop()
    print("error log:", (here.path / "error.log").read_text())
