"""The translation units to measure on, and how clang and gcc compile each."""

import json
import os
import re
import shlex
import subprocess

from measure import Problem, libpq_flags, program

# What `connsan check` adds to a command. Warnings stay as the project has them: some cost time.
TOLERANT = ["-Wno-error", "-Wno-unknown-warning-option", "-Wno-unused-command-line-argument"]
WRAPPERS = ("ccache", "sccache", "distcc", "gomacc")


class Unit:
    """One file and its flags, without compiler, input and output."""

    def __init__(self, entry):
        self.entry = entry
        self.directory = entry["directory"]
        self.file = os.path.normpath(os.path.join(self.directory, entry["file"]))
        command = entry.get("arguments") or shlex.split(entry["command"])
        if os.path.basename(command[0]) in WRAPPERS:
            command = command[1:]
        self.compiler = command[0]
        self.is_cxx = "++" in os.path.basename(self.compiler)
        self.flags = self._flags(command[1:])

    def _flags(self, arguments):
        flags = []
        arguments = iter(arguments)
        for argument in arguments:
            if argument in ("-o", "-MF", "-MT", "-MQ"):
                next(arguments, None)
            elif argument in ("-c", "-M", "-MM", "-MD", "-MMD", "-MP", "--"):
                pass
            elif argument.startswith("-o") and not argument.startswith("-obj"):
                pass
            elif not argument.startswith("-") and self._is_input(argument):
                pass
            else:
                flags.append(argument)
        return flags

    def _is_input(self, argument):
        return os.path.normpath(os.path.join(self.directory, argument)) == self.file

    def clang(self, *extra):
        """clang with the unit's arguments, less those that it does not know: connsan drops them as well."""
        mode = ["--driver-mode=g++"] if self.is_cxx else []
        command = [program("clang-22", "clang-22"), *mode, *self.flags, *TOLERANT]
        for _ in range(4):
            driver = subprocess.run([*command, "-fsyntax-only", "-###", self.file], cwd=self.directory,
                                    capture_output=True, text=True, errors="replace")
            unknown = set(re.findall(r"error: unknown argument:? '([^']*)'", driver.stderr))
            if not unknown:
                break
            command = [argument for argument in command if argument not in unknown]
        return [*command, *extra, self.file]

    def gcc(self, *extra):
        compiler = program("g++", "g++") if self.is_cxx else program("gcc", "gcc")
        return [compiler, *self.flags, *extra, self.file]


def database(build):
    """The units of BUILD/compile_commands.json; of a file that is compiled twice the first, as connsan does."""
    path = os.path.join(build, "compile_commands.json")
    try:
        with open(path) as file:
            units = [Unit(entry) for entry in json.load(file)]
    except OSError as error:
        raise Problem(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, IndexError, TypeError):
        raise Problem(f"{path}: not a compilation database") from None
    first = {}
    for unit in units:
        if os.path.exists(unit.file):
            first.setdefault(unit.file, unit)
    if not first:
        raise Problem(f"{path}: names no file that exists")
    return list(first.values())


def examples(build):
    """The examples of this repository, with a database made for them in `build`: a plain clone has none."""
    root = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    flags = libpq_flags()
    entries = []
    for name in sorted(os.listdir(os.path.join(root, "examples"))):
        standard = {".c": ["cc", "-std=c11"], ".cpp": ["c++", "-std=c++20"]}.get(os.path.splitext(name)[1])
        if standard:
            entries.append({"directory": root, "file": os.path.join(root, "examples", name),
                            "arguments": [*standard, "-Wall", "-Wextra", *flags, "-c", f"examples/{name}"]})
    write(entries, build)
    return database(build)


def write(entries, build):
    with open(os.path.join(build, "compile_commands.json"), "w") as file:
        json.dump(entries, file, indent=1)


def choose(units, wanted):
    """The units that the user named: by path, or by the end of it."""
    chosen = []
    for name in wanted:
        same = [unit for unit in units if unit.file == os.path.abspath(name)]
        same = same or [unit for unit in units if unit.file.endswith("/" + name)]
        if not same:
            raise Problem(f"{name}: not in the compilation database")
        if len(same) > 1:
            raise Problem(f"{name}: {same[0].file} or {same[1].file}?")
        chosen += same
    return chosen


def sample(units, count):
    """`count` units spread over the sizes of all sources, the largest among them."""
    by_size = sorted(units, key=lambda unit: (-os.path.getsize(unit.file), unit.file))
    if count >= len(by_size):
        return by_size
    if count == 1:
        return by_size[:1]
    return [by_size[round(i * (len(by_size) - 1) / (count - 1))] for i in range(count)]
