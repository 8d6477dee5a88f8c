"""Runs a program with the sanitizer's library first, then ours; options of the test suite for sanitizers are left out."""
import os
import subprocess
import sys

sanitizer, cc, runtime, *command = sys.argv[1:]
library = subprocess.run([cc, "-print-file-name=" + sanitizer], capture_output=True, text=True, check=True).stdout.strip()
environment = dict(os.environ, LD_PRELOAD=library + ":" + runtime, CONNSAN_OPTIONS="held=100ms")
environment["ASAN_OPTIONS"] = "detect_leaks=1"
environment["TSAN_OPTIONS"] = "exitcode=66"
print("status", subprocess.run(command, env=environment, timeout=100).returncode)
