"""The one test suite. test/check: the checker; test/plugin: its plugin for clang-tidy; test/runtime: the preload library;
test/report: what is made of its files; test/unit: tables and lexers."""

import os
import shutil

import lit.formats

config.name = "connsan"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".test"]
config.excludes = ["CMakeLists.txt", "Inputs", "support"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.build_dir, "test")

config.environment["PATH"] = os.pathsep.join(
    [config.llvm_bin, "/usr/local/bin", "/usr/bin", "/bin"]
)
config.environment["LC_ALL"] = "C.UTF-8"

if config.checker:
    config.available_features.add("checker")
if config.sanitize:
    config.available_features.add("sanitized")
    for one in config.sanitize.split(","):
        config.available_features.add(one)

# What with-postgres has set up; runtime tests reach the server as any client does.
for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSYSCONFDIR", "PGCLUSTER"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
# Pools that the runtime knows; scripts/install-packages brings them.
for feature, header in (("soci", "soci/soci.h"), ("libzdb", "zdb/zdb.h")):
    if os.path.exists(os.path.join("/usr/include", header)):
        config.available_features.add(feature)
if config.clangd:
    config.available_features.add("clangd")
if shutil.which("npm"):
    config.available_features.add("npm")
if "PGHOST" in os.environ and "PGPORT" in os.environ:
    config.available_features.add("postgresql")

runtime = os.path.join(config.build_dir, "lib", "libconnsan_rt.so")
preload = runtime
sanitizer_flags = ""
if config.sanitize:
    # The programs carry the same sanitizer, and its library must come first.
    sanitizer_flags = " -fsanitize=" + config.sanitize
    preload = ":".join([config.sanitizer_library, runtime])
    # The programs leave connections open on purpose.
    config.environment["ASAN_OPTIONS"] = "detect_leaks=0:verify_asan_link_order=0"
    config.environment["TSAN_OPTIONS"] = "halt_on_error=0:exitcode=66:die_after_fork=0"

flags = "-g -O1 -Wall -Werror -pthread " + config.libpq_flags + sanitizer_flags
libs = " -lpq -pthread -ldl"

# Longer names first: lit replaces them in this order.
config.substitutions += [
    ("%connsan_tidy", os.path.join(config.build_dir, "lib", "libconnsan_tidy.so")),
    # %connsan_page REPORT.json PAGE.html
    ("%connsan_page", os.path.join(config.build_dir, "bin", "connsan-page")),
    ("%connsan", os.path.join(config.build_dir, "bin", "connsan")),
    ("%clang_tidy", os.path.join(config.llvm_bin, "clang-tidy")),
    ("%libpq_flags", config.libpq_flags),
    ("%libpq_so", config.libpq_so),
    ("%include", os.path.join(config.test_source_root, "..", "include")),
    ("%runtime_unittests", os.path.join(config.build_dir, "bin", "connsan_runtime_unittests")),
    ("%checks_unittests", os.path.join(config.build_dir, "bin", "connsan_checks_unittests")),
    ("%runtime_lib", runtime),
    ("%exports_map", os.path.join(config.test_source_root, "..", "runtime", "exports.map")),
    # %build_c FILE -o PROGRAM: a test program against libpq, with debug information.
    ("%build_cxx", f"{config.cxx} -std=c++20 {flags} -x c++ %s{libs}"),
    ("%build_c", f"{config.cc} {flags} -x c %s{libs}"),
    # %build_fake: the program %t against a libpq that does nothing, in %t.fake.
    (
        "%build_fake",
        f"mkdir -p %t.fake && {config.cc} -g -O1 -shared -fPIC -x c %S/Inputs/fake_libpq.c -Wl,-soname,libpq.so.5"
        f" -o %t.fake/libpq.so.5 && {config.cc} {flags} -x c %s -x none %t.fake/libpq.so.5 -Wl,-rpath,%t.fake"
        " -ldl -o %t",
    ),
    ("%cxx", config.cxx),
    ("%cc", config.cc),
    # %run PROGRAM: the program with the runtime preloaded; a hang fails.
    ("%run", f"timeout 120 env LD_PRELOAD={preload}"),
    ("%preload", preload),
    ("%python", "/usr/bin/python3"),
    # %validate SCHEMA FILE...: whether the files are what a schema of docs/ says.
    ("%validate", "/usr/bin/python3 " + os.path.join(config.test_source_root, "report", "Inputs", "validate.py")),
    ("%docs", os.path.join(config.test_source_root, "..", "docs")),
]
