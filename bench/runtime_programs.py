"""What the benchmarks of the runtime share: its library, their C programs, and bare and preloaded commands."""

import argparse
import os
import subprocess
import sys
import tempfile

import measure

HERE = os.path.dirname(os.path.abspath(__file__))


def parser(name, description):
    """With the build directory as argument, which all of them have."""
    result = argparse.ArgumentParser(prog=name, description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("build", nargs="?", metavar="BUILD", default=os.path.join(HERE, "..", "build"),
                        help="directory in which the runtime was built (default: build/)")
    return result


def runtime_of(build):
    path = os.path.realpath(os.path.join(build, "lib", "libconnsan_rt.so"))
    if not os.path.exists(path):
        raise measure.Problem(f"no runtime at {path}; build it (cmake --preset runtime && "
                              "cmake --build --preset runtime) and name its directory")
    return path


def inside_postgres():
    """Starts this program again with a throw-away PostgreSQL, unless that has been done."""
    if "CONNSAN_BENCH_INSIDE" not in os.environ:
        os.environ["CONNSAN_BENCH_INSIDE"] = "1"
        os.execv(os.path.join(HERE, "..", "test", "with-postgres"),
                 ["with-postgres", os.path.abspath(sys.argv[0]), *sys.argv[1:]])


class Programs:
    """Compiles programs of this directory into one that is removed at the end."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="connsan-bench-")
        self.has_stub = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.directory.cleanup()

    def path(self, name):
        return os.path.join(self.directory.name, name)

    def compile(self, source, output, flags=()):
        measure.run([measure.program("gcc", "gcc"), "-g", "-O2", "-Wall", "-Werror", "-fno-optimize-sibling-calls",
                     *measure.libpq_flags(), os.path.join(HERE, source), "-o", self.path(output), "-pthread",
                     *flags])
        return self.path(output)

    def against_stub(self, name):
        """The program of `name`.c, linked to the libpq that answers at once."""
        if not self.has_stub:
            self.has_stub = True
            stub = self.compile("stub_libpq.c", "libpq.so.5", ["-shared", "-fPIC", "-Wl,-Bsymbolic",
                                                               "-Wl,-soname,libpq.so.5"])
            os.symlink(stub, self.path("libpq.so"))
        directory = self.directory.name
        return self.compile(f"{name}.c", name, [f"-L{directory}", "-lpq", f"-Wl,-rpath,{directory}"])


def under(preload, command, options=""):
    """`command` with libraries preloaded, and options of the runtime; bare when there are none."""
    settings = [f"LD_PRELOAD={preload}", f"CONNSAN_OPTIONS={options}"] if preload else []
    return ["env", *settings, *command]


def output(command):
    """The words that a command printed."""
    return measure.run(command).stdout.split()


def verdict(holds):
    return "holds" if holds else "DOES NOT HOLD"


def main(name, function):
    """Runs `function`, which returns whether all bars hold."""
    try:
        sys.exit(0 if function() else 1)
    except measure.Problem as problem:
        print(f"{name}: {problem}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.TimeoutExpired as problem:
        print(f"{name}: {problem}", file=sys.stderr)
        sys.exit(2)
