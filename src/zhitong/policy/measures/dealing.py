"""Values dealt out among several: 城市、农村低保标准分别达到甲、乙, 城乡低保标准不低于甲和乙."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from zhitong.policy.measures.found import Found
from zhitong.policy.measures.scopes import PLACE

JOINED = re.compile(r"[、和及与,]{1,2}(?:每[^,。;\d]{1,6})?")
PARTED = re.compile(r"[、和及与]")
TOWN_AND_COUNTRY = ("城市", "农村")


def dealt_out(text: str, row: Sequence[Found], clause_start: int) -> list[Found]:
    """The row with each value given to its own subject, where the clause names as many subjects as values."""
    if len(row) < 2 or not _is_one_row(text, row):
        return list(row)
    name = row[0].name
    if len(row) == 2 and "城乡" in name:
        return [
            replace(one, scope=place, name=name.replace("城乡", place, 1))
            for one, place in zip(row, TOWN_AND_COUNTRY, strict=True)
        ]
    if "分别" not in text[max(clause_start, row[0].place - 40) : row[0].place]:
        return list(row)
    parts = PARTED.split(name)
    if len(parts) != len(row) or not all(parts):
        return list(row)
    return [
        replace(one, name=_whole(part, parts), scope=_place(part) or one.scope)
        for one, part in zip(row, parts, strict=True)
    ]


def _is_one_row(text: str, row: Sequence[Found]) -> bool:
    return all(
        one.unit == other.unit and JOINED.fullmatch(text, one.value_end, other.place)
        for one, other in itertools.pairwise(row)
    )


def _whole(part: str, parts: Sequence[str]) -> str:
    """城市 of 城市、农村低保标准 is 城市低保标准."""
    place = PLACE.match(parts[-1])
    return part + parts[-1][place.end() :] if place and PLACE.fullmatch(part) else part


def _place(part: str) -> str | None:
    found = PLACE.match(part)
    return found[0] if found else None
