import ctypes
import sys
import time

how, end = sys.argv[1:]
pq = ctypes.CDLL("libpq.so.5")
for name in ("PQconnectdb", "PQsetdbLogin", "PQconnectStart", "PQexec"):
    getattr(pq, name).restype = ctypes.c_void_p

if how == "connectdb":
    conn = ctypes.c_void_p(pq.PQconnectdb(b""))
elif how == "setdb":
    conn = ctypes.c_void_p(pq.PQsetdbLogin(None, None, None, None, None, None, None))
elif how == "start":
    conn = ctypes.c_void_p(pq.PQconnectStart(b""))
    while pq.PQconnectPoll(conn) not in (0, 3):
        time.sleep(0.01)
elif how == "refused":
    conn = ctypes.c_void_p(pq.PQsetdbLogin(None, b"1", None, None, None, None, None))
print("status", pq.PQstatus(conn), flush=True)

if end == "query":
    pq.PQclear(ctypes.c_void_p(pq.PQexec(conn, b"SELECT 1")))
if end in ("finish", "query"):
    time.sleep(0.6)
    pq.PQfinish(conn)
