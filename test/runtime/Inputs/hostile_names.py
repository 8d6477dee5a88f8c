"""Builds a program whose own name and a function's name are hostile, runs it, prints its log and what JSON makes of it."""
import glob
import json
import os
import subprocess
import sys

directory, preload, cc, *flags, source = sys.argv[1:]
program = os.path.join(directory, 'prog\n\x1bram"\x7f')
renamed, plain = os.path.join(directory, "renamed.o"), os.path.join(directory, "plain.o")
# The name of a function without debug information is that of its symbol.
subprocess.run([cc, "-O1", *flags, "-DRENAMED", "-x", "c", "-c", source, "-o", renamed], check=True)
subprocess.run([cc, "-O1", "-g", *flags, "-x", "c", "-c", source, "-o", plain], check=True)
name = 'evil\n==1==ERROR: \x1b[2J"'
for file in (renamed, plain):
    subprocess.run(["objcopy", "--redefine-sym=toBeRenamed=" + name, file], check=True)
subprocess.run([cc, renamed, plain, "-lpq", "-o", program], check=True)

environment = dict(
    os.environ,
    LD_PRELOAD=preload,
    CONNSAN_OPTIONS="open_at_exit=leak:log_path=" + os.path.join(directory, "log"),
)
subprocess.run([program], env=environment, check=True)
(json_log,) = glob.glob(os.path.join(directory, "log.*.jsonl"))
with open(json_log[: -len(".jsonl")], encoding="utf-8", newline="") as log:
    sys.stdout.write(log.read())
with open(json_log, encoding="utf-8", newline="\n") as lines:
    for line in lines:
        event = json.loads(line)
        if event["kind"] != "leaked":
            print("json", event["kind"])
            continue
        print("json leaked db=%s host=%s" % (ascii(event["db"]), ascii(event["host"])))
        first, second = event["acquired"]["frames"][:2]
        print("json function %s of %s" % (ascii(first["function"]), ascii(os.path.basename(first["module"]))))
        print("json file", ascii(os.path.basename(second["file"])))
