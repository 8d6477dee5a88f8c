"""validate_gitlab.py SCHEMA < FILE: whether it is what GitLab's schema says."""

import json
import sys

import jsonschema
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
error = jsonschema.exceptions.best_match(jsonschema.Draft7Validator(schema).iter_errors(yaml.safe_load(sys.stdin)))
print(error.message if error else "valid")
