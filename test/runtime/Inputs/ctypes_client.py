import ctypes
import sys

pq = ctypes.CDLL("libpq.so.5")
pq.PQconnectdb.restype = ctypes.c_void_p
conn = ctypes.c_void_p(pq.PQconnectdb(b""))
print("status", pq.PQstatus(conn), flush=True)
if sys.argv[1] == "finish":
    pq.PQfinish(conn)
