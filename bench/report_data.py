"""A large report, in the form of `connsan report --json`: many processes that hold connections from many places."""

import random

STATES = ("connecting", "failed", "idle", "active", "idle_in_transaction", "active_in_transaction",
          "idle_in_failed_transaction")
WEIGHTS = (1, 1, 40, 10, 35, 8, 5)
CREATED = 1_790_000_000_000
HELD_MS = 60_000
HOUR_MS = 3_600_000
CLASSES = ("Orders", "Billing", "Session", "Ledger", "Catalogue", "Mailer", "Audit", "Scheduler", "Importer", "Pricing")
VERBS = ("load", "store", "refresh", "expire", "dispatch", "reconcile", "visit", "handle", "retry", "flush")
NOUNS = ("Customer", "Invoice", "Batch", "Request", "Page", "Queue", "Shard", "Token", "Summary", "Item")


class Report:
    def __init__(self, processes, connections, stacks, samples, seed=1):
        self.random = random.Random(seed)
        self.frames = []
        self.modules = [{"path": path, "build_id": f"{self.random.getrandbits(160):040x}"} for path in (
            "/usr/lib/x86_64-linux-gnu/libpq.so.5", "/usr/lib/libworker.so.1", "/usr/bin/orders-worker",
            "/usr/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/libbilling.so.3")]
        self.connect = self.frame(0, "PQconnectdb", "")
        self.execute = self.frame(0, "PQexec", "")
        places = [self.place() for _ in range(stacks * 4)]
        # Callers are shared, as in a program: a stack goes down one way from main, and ends where it acquires.
        self.stacks = self.grow(self.connect, places, stacks)
        uses = self.grow(self.execute, places, stacks)
        self.identities = [{"db": db, "user": "app", "host": host, "port": "5432", "application_name": name}
                           for db in ("orders", "billing", "audit") for host in ("10.0.0.5", "10.0.0.6")
                           for name in ("worker", "nightly", "web")]
        self.processes = [self.process(number, samples, connections // processes) for number in range(processes)]
        first_use = len(self.stacks)
        self.stacks += uses
        self.connections = [self.connection(number, stacks, first_use) for number in range(connections)]
        self.sites = [self.site(number) for number in range(stacks)]
        self.tell_sites_of_connections()

    def frame(self, module, function, file, line=0):
        name = {"function": function}
        if file:
            name.update(file=file, line=line)
        self.frames.append({"module": module, "offset": hex(self.random.randrange(1 << 12, 1 << 22)), "names": [name]})
        return len(self.frames) - 1

    def place(self):
        choose = self.random.choice
        owner = choose(CLASSES)
        return self.frame(self.random.choice((1, 2, 4)), f"{owner}::{choose(VERBS)}{choose(NOUNS)}(std::string const&)",
                          f"/src/worker/{owner.lower()}/{choose(NOUNS).lower()}.cpp", self.random.randrange(10, 900))

    def grow(self, innermost, places, number):
        roots = [self.frame(3, "__libc_start_main", ""), self.frame(2, "main", "/src/worker/main.cpp", 31)]
        ways = [list(roots)]
        for _ in range(number):
            way = list(self.random.choice(ways))
            way = way[:self.random.randrange(min(len(way), 8), len(way) + 1)]
            for _ in range(self.random.randrange(10, 25) - len(way)):
                way.append(self.random.choice(places))
            ways.append(way)
        return [[innermost] + way[::-1] for way in ways[1:]]

    def process(self, number, samples, connections):
        started = CREATED - HOUR_MS + self.random.randrange(60_000)
        timeline = []
        for sample in range(samples):
            # More and more, as of a leak.
            number_open = connections * (sample + 1) / samples
            counts = [int(number_open * weight / sum(WEIGHTS) * self.random.uniform(0.8, 1.2)) for weight in WEIGHTS]
            timeline.append([started + sample * (CREATED - started) // samples, *counts])
        return {"pid": 4000 + number, "parent": 3999, "host": f"web{number % 10}", "program": "/usr/bin/orders-worker",
                "started": started, "last_seen": CREATED - 250, "held_ms": HELD_MS,
                "ending": "gone" if number % 33 == 32 else "running",
                "files": [f"/var/log/connsan/worker.{4000 + number}.state"], "timeline": timeline}

    def connection(self, number, sites, first_use):
        pick = self.random
        process = number % len(self.processes)
        # Few sites hold most.
        site = min(int(pick.paretovariate(0.7)) - 1, sites * 50) % sites
        acquired = CREATED - int(min(pick.expovariate(1 / 300_000), 0.95 * HOUR_MS)) - 1
        used = pick.randrange(acquired, CREATED)
        thread = 4000 + process * 64 + pick.randrange(32)
        held_ms = CREATED - acquired
        held = held_ms > HELD_MS
        made = {"process": process, "id": 1 + number // len(self.processes) * 3 + pick.randrange(3), "lease": False,
                "site": site, "identity": site % len(self.identities), "open": True, "held": held,
                "state": pick.choices(STATES, WEIGHTS)[0], "since": used, "held_ms": held_ms,
                "uses": int(pick.expovariate(1 / 20)), "resets": 0, "local_port": pick.randrange(32768, 61000),
                "backend_pid": pick.randrange(1000, 4_000_000),
                "acquired": {"at": acquired, "call": "PQconnectdb", "thread": thread, "stack": site},
                "last_used": {"at": used, "call": "PQexec", "thread": thread,
                              "stack": first_use + pick.randrange(sites)}}
        if held and pick.random() < 0.02:
            made["leaked"] = "reported_before"
        return made

    def site(self, number):
        holds = [int(self.random.expovariate(1 / 200)) for _ in range(self.random.randrange(8, 17))]
        return {"stack": number, "call": "PQconnectdb", "lease": False, "pool": False,
                "open": 0, "held": 0, "leaked": 0, "acquired": 0, "released": sum(holds), "longest_ms": 0,
                "first_seen": CREATED, "last_seen": 0, "processes": [], "holds": holds}

    def tell_sites_of_connections(self):
        for connection in self.connections:
            site = self.sites[connection["site"]]
            at = connection["acquired"]["at"]
            site["open"] += 1
            site["held"] += connection["held"]
            site["leaked"] += "leaked" in connection
            site["longest_ms"] = max(site["longest_ms"], connection["held_ms"])
            site["first_seen"] = min(site["first_seen"], at)
            site["last_seen"] = max(site["last_seen"], at)
            if connection["process"] not in site["processes"]:
                site["processes"].append(connection["process"])
        for site in self.sites:
            site["acquired"] = site["released"] + site["open"]
            site["processes"].sort()

    def json(self):
        return {"connsan_report": 1, "version": "0.1.0", "created": CREATED, "states": list(STATES),
                "modules": self.modules, "frames": self.frames, "stacks": self.stacks, "identities": self.identities,
                "processes": self.processes, "sites": self.sites, "connections": self.connections, "events": [],
                "problems": []}
