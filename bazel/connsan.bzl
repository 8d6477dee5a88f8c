"""Checks cc_library, cc_binary and cc_test targets for connection leaks; see docs/index.md#bazel.

    bazel build --aspects=@connsan//:connsan.bzl%connsan_aspect --output_groups=connsan //...

or a target that does the same, connsan_check. Each source is read once, into a file of facts; for each target the facts
of its sources and of all that it depends on become an index; each source is checked with that. A finding fails the
action that checks its source.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME", "C_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

ConnsanInfo = provider(
    doc = "What connsan made of a target.",
    fields = {
        "facts": "depset of the facts of its sources and of those that it depends on",
        "checked": "depset of the stamps of its checked sources",
    },
)

_C_ENDINGS = ["c"]
_CXX_ENDINGS = ["cc", "cpp", "cxx", "c++", "C"]

def _own_files(rule):
    """What the rule compiles itself, and what else it names with that: its private headers."""
    files = [file for each in getattr(rule.attr, "srcs", []) for file in each.files.to_list()]
    endings = _C_ENDINGS + _CXX_ENDINGS
    return (
        [file for file in files if file.extension in endings],
        [file for file in files if file.extension not in endings],
    )

def _compilation_contexts(target, rule):
    """Those that say how the sources of the rule are compiled."""
    if CcInfo in target:
        return [target[CcInfo].compilation_context]
    return [each[CcInfo].compilation_context for each in getattr(rule.attr, "deps", []) if CcInfo in each]

def _own_flags(ctx):
    """What the attributes of the rule add."""
    attributes = ctx.rule.attr
    targets = getattr(attributes, "data", []) + getattr(attributes, "srcs", []) + getattr(attributes, "deps", [])
    flags = []
    for option in getattr(attributes, "copts", []):
        flags += ctx.tokenize(ctx.expand_location(option, targets))
    return flags

def _merge(contexts, field):
    return depset(transitive = [getattr(context, field) for context in contexts])

def _compiler_flags(ctx, toolchain, source, contexts):
    """The arguments with which Bazel would compile the source."""
    is_c = source.extension in _C_ENDINGS
    cpp = ctx.fragments.cpp
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = cpp.copts + (cpp.conlyopts if is_c else cpp.cxxopts) + _own_flags(ctx),
        include_directories = _merge(contexts, "includes"),
        quote_include_directories = _merge(contexts, "quote_includes"),
        system_include_directories = _merge(contexts, "system_includes"),
        preprocessor_defines = depset(transitive = [
            _merge(contexts, "defines"),
            _merge(contexts, "local_defines"),
        ]),
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = C_COMPILE_ACTION_NAME if is_c else CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )

def _output(ctx, source, ending):
    return ctx.actions.declare_file("connsan/{}/{}.{}".format(ctx.label.name, source.short_path, ending))

def _connsan_aspect_impl(target, ctx):
    program = ctx.files._program[0]
    of_deps = [each[ConnsanInfo] for each in getattr(ctx.rule.attr, "deps", []) if ConnsanInfo in each]
    sources, private_headers = _own_files(ctx.rule)
    toolchain = find_cpp_toolchain(ctx)
    contexts = _compilation_contexts(target, ctx.rule)
    headers = depset(private_headers, transitive = [context.headers for context in contexts] + [toolchain.all_files])

    facts = []
    for source in sources:
        made = _output(ctx, source, "facts")
        arguments = ctx.actions.args()
        arguments.add("check")
        arguments.add(made, format = "--export-facts=%s")
        arguments.add(source)
        arguments.add("--")
        arguments.add_all(_compiler_flags(ctx, toolchain, source, contexts))

        # Names without the directory of the sandbox.
        arguments.add("-ffile-compilation-dir=.")
        ctx.actions.run(
            executable = program,
            arguments = [arguments],
            inputs = depset([source], transitive = [headers]),
            outputs = [made],
            mnemonic = "ConnsanFacts",
            progress_message = "Reading {} for connsan".format(source.short_path),
        )
        facts.append((source, made))

    all_facts = depset([made for _, made in facts], transitive = [each.facts for each in of_deps])
    checked = []
    if facts:
        index = ctx.actions.declare_file("connsan/{}/index".format(ctx.label.name))
        arguments = ctx.actions.args()
        arguments.add("index")
        arguments.add("-o", index)
        arguments.add_all(all_facts)
        ctx.actions.run(
            executable = program,
            arguments = [arguments],
            inputs = depset(ctx.files._models, transitive = [all_facts]),
            outputs = [index],
            mnemonic = "ConnsanIndex",
            progress_message = "Linking what connsan knows of {}".format(ctx.label),
        )
    for source, made in facts:
        stamp = _output(ctx, source, ctx.attr.confidence + ".checked")
        arguments = ctx.actions.args()
        arguments.add_all([stamp, program, "check"])
        arguments.add(ctx.attr.confidence, format = "--confidence=%s")
        arguments.add(index, format = "--index=%s")
        arguments.add(made)
        ctx.actions.run_shell(
            command = 'stamp=$1; shift; "$@" && touch "$stamp"',
            arguments = [arguments],
            tools = [program],
            inputs = depset([source, made, index] + ctx.files._models, transitive = [headers]),
            outputs = [stamp],
            mnemonic = "ConnsanCheck",
            progress_message = "Checking {} with connsan".format(source.short_path),
        )
        checked.append(stamp)
    result = [ConnsanInfo(facts = all_facts, checked = depset(checked))]
    if checked:
        result.append(OutputGroupInfo(connsan = depset(checked)))
    return result

connsan_aspect = aspect(
    implementation = _connsan_aspect_impl,
    doc = "Checks a target and all that it depends on; the output group `connsan` is what was checked.",
    attr_aspects = ["deps"],
    attrs = {
        "confidence": attr.string(values = ["high", "medium"], default = "high"),
        "_program": attr.label(default = "//:program", allow_files = True, cfg = "exec"),
        "_models": attr.label(default = "//:models", allow_files = True),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
    },
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    fragments = ["cpp"],
)

def _connsan_check_impl(ctx):
    return [DefaultInfo(files = depset(transitive = [each[ConnsanInfo].checked for each in ctx.attr.targets]))]

connsan_check = rule(
    implementation = _connsan_check_impl,
    doc = "A target that is built when connsan finds nothing in the sources of `targets`.",
    attrs = {
        "targets": attr.label_list(aspects = [connsan_aspect]),
        "confidence": attr.string(values = ["high", "medium"], default = "high"),
    },
)
