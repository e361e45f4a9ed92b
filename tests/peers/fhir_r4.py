"""Holds what candidacy writes as FHIR against fhir.resources and, where there is one, the official JSON schema."""

import importlib
import json
import os
from pathlib import Path

from common import ROOT, RULES, as_json, missing

try:
    import fhir.resources.R4B
except ImportError:
    missing("fhir.resources")

PATIENTS = [
    ["--set", "keloid=not sure"],
    ["--set", "keloid=yes"],
]


def resources():
    """Every resource, with a name."""
    for name, rules in RULES.items():
        yield f"questionnaire of {name}", as_json(*rules, "questionnaire", "--format", "fhir")
        for patient in PATIENTS:
            words = ["screen", "--as-of", "2026-11-20", "--format", "fhir", *patient]
            yield f"result of {name}, {patient}", as_json(*rules, *words)
            yield f"for the desk, {name}, {patient}", as_json(*rules, *words, "--view", "desk")
    folder = ROOT / "tests/forms/exported"
    yield "the bundle", json.loads((folder / "asked.bundle.json").read_text())
    for number, line in enumerate((folder / "asked.ndjson").read_text().splitlines(), 1):
        yield f"response {number}", json.loads(line)


def model(resource):
    """The model of fhir.resources for a resource; R4B differs from R4 in none of those written here."""
    kind = resource["resourceType"]
    module = importlib.import_module(f"fhir.resources.R4B.{kind.lower()}")
    return getattr(module, kind)


def schema():
    """The official schema."""
    path = os.environ.get("FHIR_SCHEMA")
    if not path:
        print("the official JSON schema is not asked: FHIR_SCHEMA names no file")
        return None
    return json.loads(Path(path).read_text())


def mistakes(official, resource):
    """What the official schema says of a resource, and of those in it, each by its own kind: it is quicker."""
    import jsonschema

    inner = resource.get("contained", []) + [entry["resource"] for entry in resource.get("entry", [])]
    found = [mistake for one in inner for mistake in mistakes(official, one)]
    outer = {key: value for key, value in resource.items() if key not in ("contained", "entry")}
    kind = {"$ref": f"#/definitions/{resource['resourceType']}"}
    judge = jsonschema.Draft6Validator({**kind, "definitions": official["definitions"]})
    return found + [f"{list(error.path)}: {error.message[:200]}" for error in judge.iter_errors(outer)]


def main():
    official = schema()
    count = 0
    for name, resource in resources():
        again = json.loads(model(resource).model_validate(resource).model_dump_json())
        assert again == resource, f"{name}: fhir.resources reads something else"
        if official is not None:
            found = mistakes(official, resource)
            assert not found, f"{name}: {found[:3]}"
        count += 1
    print(f"{count} resources are valid")


main()
