"""log_every_kind.py DIRECTORY RUNTIME CC FLAG...: logs of programs of the other tests, which together have lines of every kind."""

import concurrent.futures
import os
import subprocess
import sys

directory, runtime, cc, *flags = sys.argv[1:]
tests = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

PROGRAMS = (
    # name, options, flags of the compiler
    ("log_path", "held=200ms:no_such_option=1", ()),  # held, released, note
    ("idle_in_transaction", "idle_in_transaction=150ms", ()),
    ("transaction_states", "long_query=150ms", ()),
    ("async_connect_never_completed", "connecting=150ms", ()),
    ("pool_grows", "held=200ms:open_at_exit=off", ()),
    ("pool_lease", "held=200ms", ()),
    ("too_many_clients", "open_at_exit=off", ()),
    ("too_many_clients_in_pool", "long_query=150ms", ()),
    ("double_finish", "", ()),
    ("use_after_finish", "", ()),
    ("fork_misuse", "", ()),
    # What is open at the end, for each reason.
    ("several_from_one_site", "open_at_exit=leak", ()),
    ("one_site_many", "held=200ms", ()),
    ("failed_connect_not_finished", "", ()),
    ("check_on_demand", "", ()),
    ("library_unloaded", "", (f'-DPLUGIN_PATH="{directory}/plugin.so"',)),
    # What only some connections and frames have.
    ("counts", "", ()),
    ("symbolize", "", ("-O2",)),
)


def build(source, output, *more):
    subprocess.run([cc, "-g", "-O1", "-pthread", *flags, *more, "-x", "c", os.path.join(tests, source + ".c"), "-o",
                    os.path.join(directory, output), "-lpq", "-ldl"], check=True)


def run(name, options, *command):
    environment = dict(os.environ, LD_PRELOAD=runtime, CONNSAN_OPTIONS=f'{options}:log_path="{directory}/{name}"')
    # Some are meant to crash; what they print is not the matter here.
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def build_and_run(program):
    name, options, more = program
    build(name, name + ".program", *more)
    run(name, options, os.path.join(directory, name + ".program"))


os.makedirs(directory)
build("library_unloaded", "plugin.so", "-shared", "-fPIC", "-DPLUGIN")
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    list(pool.map(build_and_run, PROGRAMS))
run("python", "held=400ms", sys.executable, os.path.join(tests, "Inputs", "held.py"))
