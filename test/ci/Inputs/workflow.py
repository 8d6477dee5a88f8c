"""workflow.py PAGE ACTION EVENT ORIGIN DIRECTORY [INPUT=VALUE...]

Runs the workflow of PAGE in DIRECTORY as GitHub would for EVENT in the repository ORIGIN: `push`, of main, or
`pull_request`, of the branch topic into main. ACTION is where the action is; an INPUT is one of its inputs, or
`checkout.NAME` one of the checkout. DIRECTORY/cache is what the cache has kept, DIRECTORY/workspace the clone.
"""

import os
import pathlib
import json
import shutil
import subprocess
import sys

import action

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "recipes" / "Inputs"))
from snippet import snippet


def git(directory, *arguments):
    return subprocess.run(["git", "-C", directory, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def merge(origin):
    """The commit that GitHub makes of a request, as the one to be checked out."""
    tree = git(origin, "merge-tree", "--write-tree", "main", "topic")
    commit = git(origin, "commit-tree", tree, "-p", "main", "-p", "topic", "-m", "merge")
    git(origin, "update-ref", "refs/pull/1/merge", commit)
    return commit


class Run:
    def __init__(self, event, origin, directory, actions, overridden):
        self.origin, self.actions, self.overridden = origin, actions, overridden
        self.workspace, self.cache = directory / "workspace", directory / "cache"
        self.summary = directory / "summary"
        shutil.rmtree(self.workspace, ignore_errors=True)
        self.workspace.mkdir(parents=True)
        self.summary.write_text("")
        is_request = event == "pull_request"
        self.github = {"event_name": event, "sha": merge(origin) if is_request else git(origin, "rev-parse", "main"),
                       "base_ref": "main" if is_request else "", "head_ref": "topic" if is_request else "",
                       "ref": "refs/pull/1/merge" if is_request else "refs/heads/main", "workspace": str(self.workspace)}
        self.environment = os.environ | {f"GITHUB_{name.upper()}": value for name, value in self.github.items()}
        self.environment |= {"CI": "true", "GITHUB_STEP_SUMMARY": str(self.summary)}
        self.after = []

    def checkout(self, given):
        given |= self.of("checkout.")
        depth = [] if int(given["fetch-depth"]) == 0 else [f"--depth={given['fetch-depth']}"]
        wanted = given.get("ref", self.github["sha"])
        branches = [] if depth else ["refs/heads/*:refs/remotes/origin/*"]
        git(self.workspace, "init", "-q")
        git(self.workspace, "remote", "add", "origin", f"file://{self.origin}")
        git(self.workspace, "fetch", "-q", *depth, "origin", f"{wanted}:refs/remotes/checked-out", *branches)
        git(self.workspace, "checkout", "-q", "--detach", "refs/remotes/checked-out")
        return 0

    def keep(self, given):
        kept = self.workspace / given["path"]
        if self.cache.exists():
            shutil.copytree(self.cache, kept)
            print("cache: restored", given["path"])
        self.after.append(lambda: shutil.copytree(kept, self.cache, dirs_exist_ok=True))
        return 0

    def upload(self, given):
        document = json.loads((self.workspace / given["sarif_file"]).read_text(encoding="utf-8"))
        for result in document["runs"][0]["results"]:
            place = result["locations"][0]["physicalLocation"]
            print("uploaded:", f"{place['artifactLocation']['uri']}:{place['region']['startLine']}", result["ruleId"])
        return 0

    def check(self, given):
        own = {name: value for name, value in self.overridden.items() if "." not in name}
        status, outputs = action.run_action(self.actions, given | own, self.environment, self.workspace)
        print("outputs:", outputs)
        return status

    def of(self, prefix):
        return {name.removeprefix(prefix): value for name, value in self.overridden.items() if name.startswith(prefix)}

    def step(self, step, context):
        if "run" in step:
            return action.run_command(step, context, self.environment, self.workspace)
        given = {name: action.expand(value, context) for name, value in step.get("with", {}).items()}
        name = step["uses"].split("@")[0]
        known = {"actions/checkout": self.checkout, "actions/cache": self.keep, "your-organization/connsan": self.check,
                 "github/codeql-action/upload-sarif": self.upload}
        return known[name](given)

    def run(self, job):
        def hash_files(pattern):
            return "hash" if list(self.workspace.glob(pattern)) else ""
        context = {"github": self.github, "steps": {}, "functions": {"hashFiles": hash_files}}
        status = 0
        for step in job["steps"]:
            if action.applies(step, context, status != 0):
                status = self.step(step, context) or status
        for each in self.after:
            each()
        return status


def main():
    page, actions, event, origin, directory = sys.argv[1:6]
    workflow = action.load(snippet(page, "github-workflow"))
    assert event in workflow["on"], event
    overridden = dict(argument.split("=", 1) for argument in sys.argv[6:])
    run = Run(event, os.path.realpath(origin), pathlib.Path(directory).resolve(), os.path.realpath(actions), overridden)
    job, = workflow["jobs"].values()
    status = run.run(job)
    print("summary:", run.summary.read_text(encoding="utf-8"), sep="\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
