"""Does with the pod what a kubelet would, as far as its fields go: volumes, the init container, the container, which is
killed and started again, a look from inside, and one from another container that shares its processes."""

import os
import signal

import yaml

from container import Image
from place import database, until

PROGRAM = """#!/usr/bin/python3
import time
import psycopg2

kept = psycopg2.connect("{dsn}")
try:
    open("/somewhere", "w")
except OSError as error:
    print(error.strerror, flush=True)
time.sleep(60)
"""
# What this reads; another field would be one that nothing here has tried.
CONTAINER = {"name", "image", "command", "env", "securityContext", "volumeMounts"}
POD = {"securityContext", "initContainers", "containers", "volumes"}


def known(fields, expected):
    if unknown := set(fields) - expected:
        raise SystemExit(f"kubernetes.py: not read: {sorted(unknown)}")
    return fields


def main(here):
    pod = yaml.safe_load(here.text("kubernetes"))
    print("pod:", pod["apiVersion"], pod["kind"])
    spec = known(pod["spec"], POD)
    user = known(spec["securityContext"], {"runAsUser", "runAsGroup"})["runAsUser"]
    volumes = {}
    for volume in spec["volumes"]:
        assert known(volume, {"name", "emptyDir"})["emptyDir"] == {}
        path = volumes[volume["name"]] = here.path / f"volume-{volume['name']}"
        path.mkdir()
        path.chmod(0o777)

    def start(container, image, **more):
        known(container, CONTAINER)
        security = known(container.get("securityContext", {}), {"readOnlyRootFilesystem", "allowPrivilegeEscalation"})
        mounts = [
            (volumes[mount["name"]], mount["mountPath"], "ro" if mount.get("readOnly") else "rw")
            for mount in container["volumeMounts"]
        ]
        read_only = security.get("readOnlyRootFilesystem", False)
        return image.start(container["command"], environment(container), user, mounts, read_only, **more)

    def environment(container):
        return {variable["name"]: variable["value"] for variable in container.get("env", [])}

    (init,), (app,) = spec["initContainers"], spec["containers"]
    installed = Image(here, "init-image")
    installed.install(here.build)
    print("init:", start(init, installed).process.wait(20))
    image = Image(here, "image")
    image.write("/usr/local/bin/your-program", PROGRAM.format(dsn=database()))
    here.state = volumes["state"]

    first = start(app, image)
    until(lambda: here.open_connections() == 1)
    os.kill(first.first(), signal.SIGKILL)
    first.process.wait(20)
    second = start(app, image)
    until(lambda: here.open_connections() == 2)
    print("files:", *(state.name for state in here.states()))

    print("exec:")
    second.enter(["/opt/connsan/connsan", "report", "/var/lib/connsan"], environment(app), user)
    print("debug:")
    second.beside(installed, ["connsan", "report", "--pid", "1"], user)
