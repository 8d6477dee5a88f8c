"""The part of GitHub's runner that an action of steps needs.

action.py DIRECTORY [INPUT=VALUE...]: runs its action.yml in the current directory, with the GITHUB_* variables that are
set; \\n in a value is the end of a line. Prints what the steps print, then the outputs and the summary.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

STATUS_FUNCTIONS = ("success", "failure", "always", "cancelled")


def load(text):
    """YAML as GitHub reads it: `on` is no truth value."""
    class Loader(yaml.SafeLoader):
        pass
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


def evaluate(expression, context):
    """What stands between ${{ and }}."""
    words = []
    tokens = re.findall(r"'(?:[^']|'')*'|&&|\|\||==|!=|[!(),]|[\w.-]+", expression)
    for token, following in zip(tokens, tokens[1:] + [""]):
        if token in ("&&", "||", "!"):
            words.append({"&&": "and", "||": "or", "!": "not"}[token])
        elif token[0] == "'":
            words.append(repr(token[1:-1].replace("''", "'")))
        elif following == "(" or re.match(r"[!=(),]", token):
            words.append(token)
        else:
            value = context
            for name in token.split("."):
                value = value.get(name, "")
            words.append(repr(value))
    return eval(" ".join(words), {"__builtins__": {}}, context["functions"])


def expand(text, context):
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(evaluate(match[1], context)), str(text))


def applies(step, context, failed):
    """Whether a step runs after what was before."""
    condition = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", step.get("if", "success()").strip())
    if not any(f"{name}(" in condition for name in STATUS_FUNCTIONS):
        condition = f"success() && {condition}"
    context["functions"].update(
        success=lambda: not failed, failure=lambda: failed, always=lambda: True, cancelled=lambda: False)
    return evaluate(condition, context)


def run_command(step, context, environment, directory):
    """Returns its status and sets its outputs."""
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as outputs, \
            tempfile.NamedTemporaryFile("w", encoding="utf-8") as script:
        script.write(expand(step["run"], context))
        script.flush()
        variables = {name: expand(value, context) for name, value in step.get("env", {}).items()}
        sys.stdout.flush()
        status = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script.name], check=False, cwd=directory,
            env=environment | variables | {"GITHUB_OUTPUT": outputs.name}, stderr=subprocess.STDOUT).returncode
        given = dict(line.split("=", 1) for line in outputs.read().splitlines())
    if "id" in step:
        context["steps"][step["id"]] = {"outputs": given}
    return status


def run_action(directory, inputs, environment, workspace):
    """Returns the status and the outputs."""
    action = load((pathlib.Path(directory) / "action.yml").read_text(encoding="utf-8"))
    unknown = set(inputs) - set(action["inputs"])
    assert not unknown, f"unknown inputs: {unknown}"
    values = {name: inputs.get(name, each.get("default", "")) for name, each in action["inputs"].items()}
    context = {"inputs": values, "steps": {}, "functions": {}}
    status = 0
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"], "an input in the text of a command"
        assert step["shell"] == "bash"
        if applies(step, context, status != 0):
            status = run_command(step, context, environment | {"GITHUB_ACTION_PATH": str(directory)}, workspace) or status
    return status, {name: expand(each["value"], context) for name, each in action["outputs"].items()}


def main():
    directory = os.path.realpath(sys.argv[1])
    inputs = dict(argument.replace("\\n", "\n").split("=", 1) for argument in sys.argv[2:])
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as summary:
        status, outputs = run_action(directory, inputs, os.environ | {"GITHUB_STEP_SUMMARY": summary.name}, os.getcwd())
        print("outputs:", outputs)
        print("summary:", summary.read(), sep="\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
