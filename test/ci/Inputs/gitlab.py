"""gitlab.py PAGE PIPELINE ORIGIN DIRECTORY [VARIABLE=VALUE...]

Runs the job of PAGE in DIRECTORY as GitLab would in a PIPELINE of the repository ORIGIN: `push`, of main,
`merge_request`, of the branch topic into main, or `merged_results`, of both merged. DIRECTORY/cache is what the cache has
kept, DIRECTORY/project the clone. A VARIABLE replaces one of the job.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "recipes" / "Inputs"))
from snippet import snippet


def git(directory, *arguments):
    return subprocess.run(["git", "-C", directory, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def predefined(pipeline, origin):
    variables = {"CI": "true", "CI_DEFAULT_BRANCH": "main", "CI_COMMIT_SHA": git(origin, "rev-parse", "main")}
    if pipeline == "push":
        return variables | {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main"}
    variables |= {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_SHA": git(origin, "rev-parse", "topic"),
                  "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(origin, "merge-base", "main", "topic")}
    if pipeline == "merged_results":
        tree = git(origin, "merge-tree", "--write-tree", "main", "topic")
        variables["CI_COMMIT_SHA"] = git(origin, "commit-tree", tree, "-p", "main", "-p", "topic", "-m", "merge")
        variables["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = git(origin, "rev-parse", "main")
    return variables


def holds(rule, variables):
    left, right = (variables.get(side[1:], "") if side.startswith("$") else side.strip('"')
                   for side in re.fullmatch(r"(\S+) == (\S+)", rule["if"]).groups())
    return left == right and left != ""


def main():
    page, pipeline, origin, directory = sys.argv[1:5]
    origin, directory = os.path.realpath(origin), pathlib.Path(directory).resolve()
    job, = yaml.safe_load(snippet(page, "gitlab-job")).values()
    variables = predefined(pipeline, origin)
    assert any(holds(rule, variables) for rule in job["rules"]), "no rule applies"
    variables |= {name: str(value) for name, value in job["variables"].items()}
    variables |= dict(argument.split("=", 1) for argument in sys.argv[5:])

    project, cache = directory / "project", directory / "cache"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    git(project, "init", "-q")
    depth = [] if variables["GIT_DEPTH"] == "0" else [f"--depth={variables['GIT_DEPTH']}"]
    git(project, "fetch", "-q", *depth, f"file://{origin}", variables["CI_COMMIT_SHA"])
    git(project, "checkout", "-q", "--detach", "FETCH_HEAD")
    kept, = job["cache"]["paths"]
    if cache.exists():
        shutil.copytree(cache, project / kept)
        print("cache: restored", kept)
    sys.stdout.flush()
    status = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", "\n".join(job["script"])], check=False, cwd=project,
                            env=os.environ | variables, stderr=subprocess.STDOUT).returncode
    if (project / kept).exists():
        shutil.copytree(project / kept, cache, dirs_exist_ok=True)
    assert job["artifacts"]["when"] == "always"
    report = project / job["artifacts"]["reports"]["codequality"]
    for issue in json.loads(report.read_text(encoding="utf-8")) if report.exists() else []:
        print("report:", f"{issue['location']['path']}:{issue['location']['lines']['begin']}", issue["check_name"])
    sys.exit(status)


if __name__ == "__main__":
    main()
