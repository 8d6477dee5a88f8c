"""Runs the instructions of the Dockerfile, but those that build in its first stage: that stage has what this build
installs. A container of the image is told to end, its program is killed, and all of it is."""

import json
import os
import re
import shlex
import shutil
import signal

from container import Image
from place import children, database, until

PROGRAM = """#!/usr/bin/python3
import time
import psycopg2

kept = psycopg2.connect("{dsn}")
time.sleep(60)
"""
NO_SHELL = ("ENTRYPOINT", "CMD")


def instructions(text):
    for line in text.replace("\\\n", " ").splitlines():
        if line:
            word, _, rest = line.partition(" ")
            yield word, json.loads(rest) if word in NO_SHELL else rest


def build(here, text):
    """Returns the last image, and what it says of its containers."""
    stages, settings = {}, {}
    for word, rest in instructions(text):
        if word == "FROM":
            name = rest.partition(" AS ")[2] or "last"
            image = stages[name] = Image(here, name)
            settings = {"ENV": {}, "USER": "root"}
        elif name == "connsan":
            check_stage(here, image, rest)
        elif word == "COPY":
            source, files = re.fullmatch(r"--from=(\w+) (.*)", rest).groups()
            *files, target = files.split()
            for file in files:
                shutil.copy(stages[source].inside(file), image.inside(target))
        elif word == "RUN":
            image.run(rest)
        elif word == "ENV":
            settings["ENV"].update(word.split("=", 1) for word in shlex.split(rest))
        else:
            settings[word] = rest
    return image, settings


def check_stage(here, image, rest):
    """The packages are those that a build takes, and what is installed is where the next stage looks for it."""
    if "apt-get install" in rest:
        packages = set(re.search(r"apt-get install -y ([^&]*)", rest)[1].split())
        listed = os.path.join(os.path.dirname(here.page), "..", "scripts", "install-packages")
        with open(listed, encoding="utf-8") as file:
            print("unknown packages:", sorted(packages - set(re.search(r'\[build]="([^"]*)"', file.read())[1].split())))
    if install := re.search(r"cmake --install build-runtime --prefix (\S+)", rest):
        image.install(here.build, install[1])


def main(here):
    image, settings = build(here, here.text("dockerfile"))
    image.write("/usr/local/bin/your-program", PROGRAM.format(dsn=database()))
    volume = settings["VOLUME"]
    # A new volume begins as the directory is in the image.
    begin = image.inside(volume).stat()
    os.chown(here.state, begin.st_uid, begin.st_gid)
    here.state.chmod(begin.st_mode)
    errors = here.path / "logs"

    def start():
        with errors.open("w") as out:
            command = settings["ENTRYPOINT"] + settings["CMD"]
            mounts = [(here.state, volume, "rw")]
            container = image.start(command, settings["ENV"], settings["USER"], mounts, stderr=out)
        until(lambda: here.open_connections() == 1)
        return container

    container = start()
    os.kill(container.first(), signal.SIGTERM)
    print("told to end:", container.process.wait(20), errors.read_text())
    here.forget()

    container = start()
    program = children(container.first())[0]
    os.kill(program, signal.SIGKILL)
    print("program killed:", container.process.wait(20), errors.read_text())
    here.forget()

    container = start()
    here.report("--pid", str(children(container.first())[0]))
    os.kill(container.first(), signal.SIGKILL)
    container.process.wait(20)
    print("all killed:", errors.read_text())
    here.report()
