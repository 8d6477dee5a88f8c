"""Writes a state as the runtime does: two connections of one site, which has released nothing."""
import argparse
import json
import os

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("path")
parser.add_argument("--pid", type=int, default=1)
parser.add_argument("--version", type=int, default=1)
parser.add_argument("--build-id", default="ab" * 20)
parser.add_argument("--module", default="/opt/app")
parser.add_argument("--held", action="store_true", help="the connections are held too long")
parser.add_argument("--ended", action="store_true")
parser.add_argument("--name", default="app", help="application_name")
parser.add_argument("--hostile", action="store_true", help="names that would steer a terminal")
parser.add_argument("--cut", type=int, help="leave this many bytes of the last line")
parser.add_argument("--damage", type=int, help="change a byte of this line")
parser.add_argument("--holes", action="store_true", help="zeros in place of the first block")
args = parser.parse_args()
if args.hostile:
    args.module, args.name = "/opt/\033[31mapp", "a\033[2Jb\nc"

START = 1_790_000_000_000
BLOCK = 128


def line_sum(text):
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def line(value):
    body = json.dumps(value, separators=(",", ":"))[:-1]
    text = f'{body},"sum":"{line_sum(body):08x}"}}'
    blocks = len(text) // BLOCK + 1
    return text.ljust(blocks * BLOCK - 1) + "\n"


def connection(number):
    return {"line": "connection", "id": number, "acquired": {"at": START + number, "call": "PQconnectdb", "thread": 7, "stack": 0},
            "identity": 0, **({"held": True} if args.held else {}), "state": "idle", "since": START + number, "uses": 0}


lines = [line(value) for value in (
    {"connsan_state": args.version, "version": "0.1.0", "pid": args.pid, "host": "web1", "program": args.module, "started": START,
     "held_ms": 60000},
    {"line": "beat", "at": START + 5000, "ended": args.ended},
    {"line": "sample", "counts": [START, 0, 0, 2, 0, 0, 0, 0]},
    {"line": "module", "number": 0, "path": args.module, "build_id": args.build_id},
    {"line": "stack", "number": 0, "frames": [[0, "0x100"], [0, "0x200"]]},
    {"line": "identity", "number": 0, "db": "orders", "user": "app", "host": "db1", "port": "5432", "application_name": args.name},
    {"line": "site", "stack": 0, "call": "PQconnectdb", "acquired": 2, "released": 0, "first": START, "last": START + 2, "longest_ms": 0,
     "holds": []},
    {"line": "something to come", "with": "members"},
    connection(1), connection(2))]
if args.damage is not None:
    lines[args.damage] = ";".join(lines[args.damage].rsplit(":", 2)[:2]) + ":" + lines[args.damage].rsplit(":", 1)[1]
data = "".join(lines)
if args.cut is not None:
    data = data[: len(data) - len(lines[-1]) + args.cut]
data = data.encode()
if args.holes:
    data = bytes(BLOCK) + data[BLOCK:]
with open(args.path, "wb") as file:
    file.write(data)
os.chmod(args.path, 0o600)
