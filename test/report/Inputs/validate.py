"""validate.py [--complete] SCHEMA FILE...: each document of the files, of .jsonl each line, is what SCHEMA says and no more.

Members and kinds that the schema does not have are wrong, though for readers it is open to them. With --complete all that
the schema names, members and the values of those that are chosen from a list, is in some document. Says what is wrong, one
line each; the exit status is then 1.
"""

import argparse
import json
import sys

import jsonschema

WHOLE = ("items", "additionalProperties", "contains")  # keywords whose schema is that of a whole value


def closed(schema):
    """The schema without room for members that it does not name. `schema` itself may be a part of another one."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {}
    for keyword, value in schema.items():
        if keyword == "$defs":
            result[keyword] = {name: closed(one) for name, one in value.items()}
        elif keyword == "properties":
            result[keyword] = {name: closed_whole(one) for name, one in value.items()}
        elif keyword == "prefixItems":
            result[keyword] = [closed_whole(one) for one in value]
        elif keyword in WHOLE:
            result[keyword] = closed_whole(value)
        else:
            result[keyword] = closed(value)
    branches = schema.get("allOf", [])
    if branches and all("if" in branch for branch in branches):
        # One for each kind: there is no other kind.
        result["anyOf"] = [branch["if"] for branch in branches]
    return result


def closed_whole(schema):
    return schema if isinstance(schema, bool) else {**closed(schema), "unevaluatedProperties": False}


def named(schema, root, found):
    """Adds the members that a schema names, and their values where these are listed."""
    if isinstance(schema, list):
        for one in schema:
            named(one, root, found)
    if not isinstance(schema, dict):
        return
    for name, one in schema.get("properties", {}).items():
        found.add((name,))
        while "$ref" in one and not {"const", "enum"} & one.keys():
            one = root["$defs"][one["$ref"].rsplit("/", 1)[1]]
        listed = [one["const"]] if "const" in one else one.get("enum", [])
        found.update((name, value) for value in listed if isinstance(value, (str, int)))
    for value in schema.values():
        named(value, root, found)


def used(value, found):
    """Adds the members of a document, and their values."""
    for name, one in value.items() if isinstance(value, dict) else ():
        found.add((name,))
        if isinstance(one, (str, int)):
            found.add((name, one))
    if isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            used(one, found)


def documents(path):
    """The text of each, with its place."""
    with open(path, encoding="utf-8", newline="\n") as file:
        if not path.endswith(".jsonl"):
            yield path, file.read()
            return
        for number, line in enumerate(file, 1):
            yield f"{path}:{number}", line


def told(place, error):
    inside = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    return f"{place}: {inside}{' ' if inside else ''}{error.message}"


def main():
    parser = argparse.ArgumentParser(prog="validate.py")
    parser.add_argument("--complete", action="store_true")
    parser.add_argument("schema")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    with open(arguments.schema, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(closed_whole(schema))
    problems, seen = [], set()
    for path in arguments.files:
        count = 0
        for place, text in documents(path):
            count += 1
            try:
                document = json.loads(text)
            except ValueError as error:
                problems.append(f"{place}: {error}")
                continue
            used(document, seen)
            problems += [told(place, error) for error in validator.iter_errors(document)]
        if not count:
            problems.append(f"{path}: is empty")
    if arguments.complete:
        known = set()
        named(schema, schema, known)
        problems += [f"not in any document: {'='.join(map(str, one))}" for one in sorted(known - seen, key=str)]
    print(*problems, sep="\n", end="\n" if problems else "")
    return bool(problems)


sys.exit(main())
