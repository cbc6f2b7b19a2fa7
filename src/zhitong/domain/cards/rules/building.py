"""Building a template part by part: each step takes a definition and gives a new one; places as `soundness` names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from zhitong.domain.cards.rules.kinds import FieldKind, Period
from zhitong.domain.cards.rules.templates import Definition

_PLACE = re.compile(r"sections\.\d{1,3}(\.fields\.\d{1,3})?|(checks|sums|against_last|among_peers)\.\d{1,3}")
_ROW_FIELDS: Sequence[tuple[str, str, FieldKind, bool, Mapping[str, Any]]] = (
    ("category", "问题类别", FieldKind.CHOICE, True, {}),
    ("text", "问题内容", FieldKind.LONG_TEXT, True, {"longest": 5000, "help": "什么事、卡在哪里、希望怎么解决"}),
    ("known_to_head", "单位负责人已知晓", FieldKind.YES_NO, True, {}),
    ("confidential", "企业要求保密", FieldKind.YES_NO, False, {}),
    ("unnamed", "隐名办理", FieldKind.YES_NO, False, {}),
    ("reporter_name", "填报人", FieldKind.TEXT, True, {"longest": 40, "fact": "contact_name"}),
    ("reporter_post", "填报人职务", FieldKind.TEXT, False, {"longest": 40}),
    ("reporter_phone", "填报人手机", FieldKind.PHONE, True, {"fact": "contact_phone"}),
)
MOST_PROBLEMS = 20


class NoSuchPart(LookupError):
    """The template has nothing at that place."""


def blank(*, code: str, kind: str, name: str, period: Period, categories: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A template that asks nothing yet, but takes problems of these categories (code, label)."""
    offered = [{"code": one, "label": label} for one, label in categories]
    rows = [
        {"code": one, "label": label, "type": str(field), **({"required": True} if required else {}), **more,
         **({"options": offered} if one == "category" else {})}
        for one, label, field, required, more in _ROW_FIELDS
    ]
    return {
        "code": code, "version": 1, "kind": kind, "name": name, "period": str(period), "sections": [],
        "problems": {"title": "需要协调解决的问题", "most": MOST_PROBLEMS, "fields": rows},
    }


def part_at(definition: Definition, place: str) -> dict[str, Any]:
    """The section, field, comparison or other check at a place.

    Raises NoSuchPart.
    """
    parts, at = _list_of(definition, place)
    if at >= len(parts):
        raise NoSuchPart(place)
    found: dict[str, Any] = parts[at]
    return found


def with_head(definition: Definition, head: Mapping[str, Any]) -> dict[str, Any]:
    """With other words at the head: name, period, purpose, basis, source, warning."""
    return {**deepcopy(dict(definition)), **head}


def with_problems(definition: Definition, *, title: str, most: int) -> dict[str, Any]:
    """With another head of the problem section, taking at most so many problems; none at 0."""
    built = deepcopy(dict(definition))
    built["problems"].update(title=title, most=most)
    return built


def with_part(definition: Definition, place: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """With a part put at a place: over the one that stands there, or after the last.

    Raises NoSuchPart: the place is beyond the one after the last.
    """
    built = deepcopy(dict(definition))
    if _PLACE.fullmatch(place):
        built.setdefault(place.partition(".")[0], [])
    parts, at = _list_of(built, place)
    if at > len(parts):
        raise NoSuchPart(place)
    parts[at : at + 1] = [dict(part)]
    return built


def without(definition: Definition, place: str) -> dict[str, Any]:
    """Without the part at a place.

    Raises NoSuchPart.
    """
    part_at(definition, place)
    built = deepcopy(dict(definition))
    parts, at = _list_of(built, place)
    del parts[at]
    return built


def moved(definition: Definition, place: str, step: int) -> dict[str, Any]:
    """With the part one up (−1) or down (+1); a field at the edge of its section goes over into the next one.

    Raises NoSuchPart.
    """
    part_at(definition, place)
    built = deepcopy(dict(definition))
    parts, at = _list_of(built, place)
    if 0 <= at + step < len(parts):
        parts[at], parts[at + step] = parts[at + step], parts[at]
        return built
    steps = place.split(".")
    beside = int(steps[1]) + step
    if len(steps) > 2 and 0 <= beside < len(built["sections"]):
        neighbour = built["sections"][beside]["fields"]
        neighbour.insert(0 if step > 0 else len(neighbour), parts.pop(at))
    return built


def next_place(definition: Definition, of: str) -> str:
    """The place after the last part of a list: `sections`, `sections.0.fields`, `checks` and the like.

    Raises NoSuchPart.
    """
    parts, _at = _list_of(definition, f"{of}.0")
    return f"{of}.{len(parts)}"


def fresh_code(definition: Definition, stem: str) -> str:
    """A code that no section or field of the template has: the stem with the next free number."""
    taken = {part["code"] for section in definition["sections"] for part in (section, *section["fields"])}
    return next(f"{stem}{n}" for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)


def _list_of(definition: Definition, place: str) -> tuple[list[Any], int]:
    """The list that holds a place, and the number in it; a kind of check that the template has none of is empty."""
    if not _PLACE.fullmatch(place):
        raise NoSuchPart(place)
    head, *way, last = place.split(".")
    found: Any = definition.get(head, [])
    for step in way:
        try:
            found = found[int(step)] if isinstance(found, list) else found[step]
        except LookupError:
            raise NoSuchPart(place) from None
    return found, int(last)
