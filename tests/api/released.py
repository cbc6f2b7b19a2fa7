"""What of the API has been released, as a list that only grows: `python -m tests.api.released` adds what is new to it.

Of each operation: what a call must say, and every field of its answer with its kind. Enumerations may grow; so may answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("released.json")
FIRST_FAILURE = 300
Said = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Released:
    """What programs rely on: what each operation needs and in which shape it answers, and the fields of each shape."""

    needs: Said
    answers: Said
    shapes: Said


def released_in(document: Mapping[str, Any]) -> Released:
    """The same of a document."""
    operations = {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items() for method, operation in methods.items()
    }
    schemas = document["components"]["schemas"]
    return Released(
        {name: sorted(_needs(one, schemas)) for name, one in operations.items()},
        {name: sorted(_answers(one)) for name, one in operations.items()},
        {
            name: sorted(f"{field}: {_kind(one)}" for field, one in schema.get("properties", {}).items())
            for name, schema in schemas.items()
        },
    )


def breaches(released: Released, now: Released) -> list[str]:
    """What a program written for what was released would stumble over."""
    found = [f"{name}: gone" for name in released.needs if name not in now.needs]
    for name in released.needs.keys() & now.needs.keys():
        found += [f"{name}: now needs {one}" for one in set(now.needs[name]) - set(released.needs[name])]
        found += [f"{name}: answers no {one}" for one in set(released.answers[name]) - set(now.answers[name])]
    answered = {one.rpartition(" ")[2] for said in released.answers.values() for one in said}
    for name in _reached(answered, released.shapes):
        found += [f"{name}: no {one}" for one in set(released.shapes[name]) - set(now.shapes.get(name, ()))]
    return sorted(found)


def _reached(names: set[str], shapes: Said) -> set[str]:
    """The shapes answered, and those within them."""
    known = {name for name in names if name in shapes}
    while True:
        within = {word for name in known for one in shapes[name] for word in one.split() if word in shapes}
        if within <= known:
            return known
        known |= within


def _needs(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[str]:
    for one in operation.get("parameters", ()):
        if one.get("required"):
            yield f"{one['in']} {one['name']}"
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        yield from (f"body {one}" for one in schema.get("required", ()))


def _answers(operation: Mapping[str, Any]) -> Iterator[str]:
    for status, answer in operation["responses"].items():
        if int(status) < FIRST_FAILURE:
            for kind, content in answer.get("content", {}).items():
                yield f"{status} {kind} {_kind(content.get('schema', {}))}"


def _kind(schema: Mapping[str, Any]) -> str:
    """`Named`, `string`, `list of Named`, `string or null`."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(map(_kind, schema["anyOf"]))
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("type", "anything"))


def kept() -> Released:
    """The list as it is kept."""
    return Released(**json.loads(KEPT.read_text(encoding="utf-8")))


def keep(new: Released) -> None:
    """Add what is new to the list; what was in it stays."""
    known = kept() if KEPT.exists() else Released({}, {}, {})
    grown = {
        part: {**said, **{name: sorted({*said.get(name, ()), *more}) for name, more in getattr(new, part).items()}}
        for part, said in (("needs", known.needs), ("answers", known.answers), ("shapes", known.shapes))
    }
    KEPT.write_text(json.dumps(grown, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    from tests.api.generating import document

    keep(released_in(document()))
