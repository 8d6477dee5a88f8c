"""with_debuginfod.py DIRECTORY COMMAND...: runs the command while a debuginfod of its own serves the directory."""

import os
import socket
import subprocess
import sys
import time
import urllib.request

directory, command = sys.argv[1], sys.argv[2:]
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
# It also asks other servers, if told of any.
environment = {name: value for name, value in os.environ.items() if name != "DEBUGINFOD_URLS"}
server = subprocess.Popen(
    ["debuginfod", "-d", ":memory:", "-p", str(port), "-F", directory],
    env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)
url = f"http://127.0.0.1:{port}"
expected = len(os.listdir(directory))
try:
    while True:
        # The command's timeout ends this too.
        assert server.poll() is None, "debuginfod has ended"
        try:
            metrics = urllib.request.urlopen(f"{url}/metrics").read().decode()
        except OSError:
            metrics = ""
        scanned = [line for line in metrics.splitlines() if line.startswith("scanned_files_total")]
        if sum(float(line.split()[-1]) for line in scanned) >= expected:
            break
        time.sleep(0.1)
    status = subprocess.run(command, env={**environment, "DEBUGINFOD_URLS": url}).returncode
finally:
    server.terminate()
    server.wait()
sys.exit(status)
