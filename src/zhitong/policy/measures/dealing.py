"""Values dealt out among several: 城市、农村低保标准分别达到甲、乙, 城乡低保标准不低于甲和乙."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from zhitong.policy.measures.clauses import Clause
from zhitong.policy.measures.found import Found
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.scopes import PLACE

YEARS_JOINED = re.compile(r"[、和及与,]{1,2}[到至]?")
LONGEST_SENTENCE = 200
JOINED = re.compile(r"[、和及与,]{1,2}(?:每[^,。;\d]{1,6})?")
PARTED = re.compile(r"[、和及与]")
LEVELS = re.compile(r"(?:国家|自治区|[省市县区州盟镇村])级(?:[、和及](?:国家|自治区|[省市县区州盟镇村])级)+")
TOWN_AND_COUNTRY = ("城市", "农村")


def named_alike(row: list[Found]) -> list[Found]:
    """市级100项、县级50项高频事项: the noun of the last one, or else of the first, names those that have none."""
    name = row[-1].name or row[0].name
    return [one if one.name or one.unit != row[-1].unit else replace(one, name=name) for one in row]


def dated_alike(row: list[Found]) -> list[Found]:
    """1项省重点、4项市重点年内计划建成项目: the date of the last one's noun holds for the row."""
    last = row[-1]
    if len(row) < 2 or last.mark is None or last.mark.start < last.place:
        return row
    return [one if one.mark else replace(one, mark=last.mark) for one in row]


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
    levels = LEVELS.search(text, row[0].start, row[0].place)
    if levels and len(scopes := PARTED.split(levels[0])) == len(row):
        rest = text[levels.end() : row[0].place].removesuffix("分别")
        return [replace(one, scope=scope, name=rest) for one, scope in zip(row, scopes, strict=True)]
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
        _is_same_unit(one.unit, other.unit) and JOINED.fullmatch(text, one.value_end, other.place)
        for one, other in itertools.pairwise(row)
    )


def _is_same_unit(one: str | None, other: str | None) -> bool:
    """每人每月710元、每人每年6060元 are of one kind."""
    return one == other or (one or "").split("/")[0] == (other or "").split("/")[0] == "元"


def dated_apart(ground: Ground, clause: Clause, row: list[Found]) -> list[Found]:
    """到2022年和2025年,…分别达到甲和乙: each value with its own year, where as many are named."""
    if len(row) < 2 or "分别" not in ground.text[clause.start : row[0].place] or not _is_one_row(ground.text, row):
        return row
    due = ground.due_in(max(clause.start - LONGEST_SENTENCE, 0), row[0].place)
    marks = due[-len(row) :]
    if len(marks) < len(row) or any(
        mark.year == later.year or not YEARS_JOINED.fullmatch(ground.text, mark.end, later.start)
        for mark, later in itertools.pairwise(marks)
    ):
        return row
    if "。" in ground.text[marks[-1].end : row[0].place]:
        return row
    return [replace(one, mark=mark) for one, mark in zip(row, marks, strict=True)]


def _whole(part: str, parts: Sequence[str]) -> str:
    """城市 of 城市、农村低保标准 is 城市低保标准."""
    place = PLACE.match(parts[-1])
    return part + parts[-1][place.end() :] if place and PLACE.fullmatch(part) else part


def _place(part: str) -> str | None:
    found = PLACE.match(part)
    return found[0] if found else None
