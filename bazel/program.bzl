"""Which connsan the rules run."""

def _connsan_program_impl(repository_ctx):
    path = repository_ctx.attr.path or repository_ctx.which("connsan")
    if not path:
        fail("connsan_program: there is no 'connsan' in PATH; give its path")
    if not repository_ctx.path(path).exists:
        fail("connsan_program: {}: no such file".format(path))

    # What connsan runs for what it is asked here: a new one makes new facts.
    directory = str(repository_ctx.path(path).realpath.dirname)
    for place in ["", "/../libexec/connsan"]:
        checker = repository_ctx.path(directory + place + "/connsan-checker")
        if checker.exists:
            path = checker
    repository_ctx.symlink(path, "connsan")
    repository_ctx.file("BUILD.bazel", 'exports_files(["connsan"])\n')

connsan_program = repository_rule(
    implementation = _connsan_program_impl,
    doc = "Makes @NAME//:connsan of a program that is installed.",
    attrs = {"path": attr.string(doc = "absolute; by default the 'connsan' in PATH")},
    environ = ["PATH"],
    local = True,
)
