"""same_warnings.py PLUGIN VERSION VERSION DIRECTORY -- FLAGS...: compares what two versions of clang-tidy say with the plugin.

Only what our checks say: the compilers differ in their own diagnostics.
"""

import difflib
import pathlib
import subprocess
import sys
import tempfile

import yaml

plugin, *versions, directory = sys.argv[1 : sys.argv.index("--")]
flags = sys.argv[sys.argv.index("--") + 1 :]


def place(said):
    # Clang 19 has no name for the class of a lambda.
    text = said["Message"].replace("(anonymous class)", "(lambda)")
    return f"{pathlib.Path(said['FilePath']).name}:{said['FileOffset']}: {text}"


def lines(diagnostic):
    yield f"{place(diagnostic['DiagnosticMessage'])} [{diagnostic['DiagnosticName']}]"
    for edit in diagnostic["DiagnosticMessage"]["Replacements"]:
        yield f"  fix: {edit['Offset']} {edit['Length']} {edit['ReplacementText']!r}"
    for note in diagnostic.get("Notes", ()):
        yield f"  {place(note)}"


def said_by(version, sources, more):
    with tempfile.NamedTemporaryFile(suffix=".yaml") as fixes:
        command = [f"clang-tidy-{version}", "-load", plugin, "-checks=-*,connsan-*", f"-export-fixes={fixes.name}",
                   "-config={CheckOptions: {Confidence: medium}}", *map(str, sources), "--", *flags, *more]
        subprocess.run(command, capture_output=True, check=False, timeout=250)
        found = yaml.safe_load(fixes)["Diagnostics"]
    ours = ["\n".join(lines(each)) for each in found if each["DiagnosticName"].startswith("connsan-")]
    return sorted(ours)


files = warnings = edits = 0
for suffix, more in ((".c", []), (".cpp", ["-std=c++20"])):
    sources = sorted(pathlib.Path(directory).glob("*" + suffix))
    one, other = (said_by(version, sources, more) for version in versions)
    if one != other:
        sys.exit("\n".join(difflib.unified_diff(one, other, *versions, n=0, lineterm="")))
    files += len(sources)
    warnings += len(one)
    edits += sum("  fix: " in each for each in one)
print(f"{warnings} warnings and {edits} fixes in {files} files are the same")
