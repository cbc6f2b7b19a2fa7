"""A body for every operation that acts: the least that its schema takes, so that a refusal is about the thing and not the form."""

from __future__ import annotations

from typing import Any

from tests.access.walking import ABSENT
from zhitong.api.v1 import api

TEXTS = {"date": "2018-09-03", "date-time": "2018-09-03T03:00:00Z", "uuid": ABSENT, "decimal": "1"}


def body_of(path: str) -> Any:
    """What is sent to a POST operation; None where it takes none or a file."""
    document: dict[str, Any] = api.get_openapi_schema(path_prefix="/")
    sent = document["paths"][path]["post"].get("requestBody", {}).get("content", {}).get("application/json")
    return _least(sent["schema"], document) if sent else None


def _least(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _least(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return _least(schema[several][0], document)
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [""])[0])
    kind = schema.get("type")
    if kind == "object":
        wanted = schema.get("required", ())
        return {name: _least(schema["properties"][name], document) for name in wanted if name in schema.get("properties", {})}
    if kind == "array":
        return [_least(schema["items"], document)] * schema.get("minItems", 0)
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    return kind == "boolean" or TEXTS.get(schema.get("format", ""), "演示" * max(1, schema.get("minLength", 0)))
