"""sarif.py SCHEMA FILE...: whether the files are what the schema says and their own places are right. Prints each
result with its path, for FileCheck."""

import json
import pathlib
import sys
import urllib.parse

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)


def place(location, root):
    """FILE:LINE:COLUMN, and what stands there."""
    physical = location["physicalLocation"]
    artifact = physical["artifactLocation"]
    region = physical["region"]
    assert artifact["uriBaseId"] == "SRCROOT"
    assert not urllib.parse.urlparse(artifact["uri"]).scheme
    path = urllib.parse.unquote(artifact["uri"])
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    text = lines[region["startLine"] - 1].encode("utf-16-le")[2 * (region["startColumn"] - 1):].decode("utf-16-le")
    return f"{path}:{region['startLine']}:{region['startColumn']} <{text}>"


for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        document = json.load(file)
    jsonschema.Draft202012Validator(schema).validate(document)
    run, = document["runs"]
    root = urllib.parse.urlparse(run["originalUriBaseIds"]["SRCROOT"]["uri"])
    assert root.scheme == "file" and root.path.endswith("/")
    root = pathlib.Path(urllib.parse.unquote(root.path))
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["help"]["markdown"].startswith("# " + rule["id"]), rule["id"]
        assert "](../" not in rule["help"]["markdown"] and urllib.parse.urlparse(rule["helpUri"]).scheme, rule["id"]
    for note in run["invocations"][0]["toolExecutionNotifications"]:
        print("NOTIFICATION", note["message"]["text"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        print(result["level"].upper(), result["ruleId"], place(result["locations"][0], root),
              result["message"]["text"], result["partialFingerprints"]["connsan/v1"])
        for flow in result["codeFlows"]:
            for step in flow["threadFlows"][0]["locations"]:
                print("  STEP", place(step["location"], root), step["location"]["message"]["text"])
        for related in result["relatedLocations"]:
            print("  RELATED", place(related, root), related["message"]["text"])
        for fix in result.get("fixes", []):
            for change in fix["artifactChanges"]:
                for edit in change["replacements"]:
                    region = edit["deletedRegion"]
                    print("  FIX", urllib.parse.unquote(change["artifactLocation"]["uri"]),
                          *(region[key] for key in ("startLine", "startColumn", "endLine", "endColumn")),
                          repr(edit["insertedContent"]["text"]))
