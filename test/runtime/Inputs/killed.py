"""Holds a connection until its state has been written, and is killed then."""
import os
import signal
import sys
import time
import psycopg2

def check_out():
    return psycopg2.connect("")


held = check_out()
state = f"{sys.argv[1]}.{os.getpid()}.state"
for _ in range(400):
    if os.path.exists(state) and '"line":"connection"' in open(state).read():
        break
    time.sleep(0.05)
os.kill(os.getpid(), signal.SIGKILL)
