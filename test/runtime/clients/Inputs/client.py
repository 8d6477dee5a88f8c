"""client.py --preload=LIBRARY --connsan=PROGRAM [OPTION...] -- COMMAND...

Runs COMMAND without the runtime, and with it in each way that programs are started in: at once, by env, by a shell script
that execs it or waits for it, and by `connsan run`. Standard output must be the same in all. Without --summary, so must be
standard error and the exit status; with it, the SUMMARY lines must be exactly these, in any order, and the status
--status or else COMMAND's own. Prints what the first way printed, the reports last.
"""

import argparse
import os
import subprocess
import sys
import tempfile

SUMMARY = "SUMMARY: ConnectionSanitizer: "
EXEC = '#!/bin/sh\nexec "$@"\n'
WAIT = '#!/bin/sh\n"$@"\nstatus=$?\nexit $status\n'


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preload", required=True)
    parser.add_argument("--connsan", required=True)
    parser.add_argument("--options", default="", help="for the runtime, as in CONNSAN_OPTIONS")
    parser.add_argument("--ci", action="store_true", help="as connsan run --ci")
    parser.add_argument("--summary", action="append", default=[])
    parser.add_argument("--status", type=int)
    parser.add_argument("--killed", help="what the reports hold of a COMMAND that a signal ends")
    parser.add_argument("--input", default="", help="standard input; \\n is a new line")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def script(directory, name, text):
    path = os.path.join(directory, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    os.chmod(path, 0o755)
    return path


def start(command, extra, given):
    environment = {**os.environ, **extra}
    with open(given, "rb") as stdin:
        return subprocess.Popen(
            command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )


def signal_of(status):
    """A shell that waits for a program tells the signal as 128 and its number."""
    return -status if status < 0 else status - 128


def main():
    wanted = arguments()
    options = wanted.options.split(":") if wanted.options else []
    flags = ["--" + option for option in options] + (["--ci"] if wanted.ci else [])
    if wanted.ci:
        options += ["open_at_exit=leak", "exitcode=23"]
    preload = {"LD_PRELOAD": wanted.preload, "CONNSAN_OPTIONS": ":".join(options)}
    with tempfile.TemporaryDirectory() as directory:
        ways = {
            "bare": (wanted.command, {}),
            "preload": (wanted.command, preload),
            "env": (["env", "A=1"] + wanted.command, preload),
            "exec": ([script(directory, "exec", EXEC)] + wanted.command, preload),
            "wait": ([script(directory, "wait", WAIT)] + wanted.command, preload),
            "connsan run": ([wanted.connsan, "run"] + flags + ["--"] + wanted.command, {}),
        }
        # All at once: most of them only sleep.
        given = script(directory, "input", wanted.input.replace("\\n", "\n"))
        running = {way: start(*how, given) for way, how in ways.items()}
        ended = {way: process.communicate(timeout=100) for way, process in running.items()}

    failures = []

    def same(way, what, got, expected):
        if got != expected:
            failures.append(f"{way}: {what} is {got!r}, not {expected!r}")

    bare_out, bare_err = ended["bare"]
    bare_status = running["bare"].returncode
    for way, (out, err) in ended.items():
        status = running[way].returncode
        same(way, "standard output", out, bare_out)
        if way != "bare" and wanted.killed:
            same(way, "signal", signal_of(status), signal_of(bare_status))
            if wanted.killed not in err.decode() or SUMMARY in err.decode():
                failures.append(f"{way}: standard error: {err.decode()}")
        elif way == "bare" or not wanted.summary:
            same(way, "standard error", err, bare_err)
            same(way, "exit status", status, bare_status)
        else:
            lines = err.decode(errors="replace").splitlines()
            summaries = [line[len(SUMMARY) :] for line in lines if line.startswith(SUMMARY)]
            same(way, "summary", sorted(summaries), sorted(wanted.summary))
            same(way, "exit status", status, bare_status if wanted.status is None else wanted.status)
            if failures:
                failures.append(f"{way}: standard error: {err.decode(errors='replace')}")
    sys.stdout.write(ended["preload"][0].decode() + ended["preload"][1].decode(errors="replace"))
    for failure in failures:
        print("client.py:", failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
