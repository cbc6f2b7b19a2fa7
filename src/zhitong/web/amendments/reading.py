"""What people type on a line of an amendment, read into what it changes to; and what is kept, said as people type it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.rules import Changed, Comparator, Goal, Role, goal_in_words
from zhitong.kit.figures import NoDay, day_in, whole_day
from zhitong.web.shell.forms import half_width

_SIGNS = {"≥": Comparator.AT_LEAST, ">=": Comparator.AT_LEAST, "≤": Comparator.AT_MOST, "<=": Comparator.AT_MOST,
          ">": Comparator.MORE, "<": Comparator.LESS, "=": Comparator.EQUAL}
_WORDS = {"不低于": Comparator.AT_LEAST, "不少于": Comparator.AT_LEAST, "不超过": Comparator.AT_MOST, "达到": Comparator.EQUAL}
_SIZES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": Decimal(1)}
_NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*([万亿]?)"
_UNIT = re.compile(r"^(\S+)\s+([^（(]+?)(?:[（(](.+)[)）])?$")


def read_after(changed: Changed, typed: str, measure: str, before: Comparator) -> dict[str, Any]:
    """What a line changes to, as the act takes it; what cannot be read is handed on as typed and refused there.

    A bare number keeps how the target is compared now.
    """
    match changed:
        case Changed.VALUE:
            return _goal(typed, measure, before)
        case Changed.DEADLINE:
            return {"deadline": _day(typed)}
        case Changed.ASPIRATION:
            return {"value": _goal(typed, measure, before)["value"] if typed.strip() else ""}
        case Changed.UNITS:
            return {"units": [_unit(line) for line in typed.splitlines() if line.strip()]}
        case Changed.CONTENT:
            return {"content": typed}
    return {}


def said_after(changed: Changed, after: Mapping[str, Any], measure: str) -> str:
    """What is kept of a line as one would type it."""
    match changed:
        case Changed.VALUE:
            upper = Decimal(after["upper"]) if after["upper"] else None
            return goal_in_words(Goal(Comparator(after["comparator"]), Decimal(after["value"]), upper, measure))
        case Changed.DEADLINE:
            return whole_day(date.fromisoformat(after["deadline"]))
        case Changed.ASPIRATION:
            return str(after["value"])
        case Changed.UNITS:
            return "\n".join(_said_unit(one) for one in after["units"])
        case Changed.CONTENT:
            return str(after["content"])
    return ""


def _day(typed: str) -> str:
    try:
        day = day_in(typed)
    except NoDay:
        return half_width(typed)
    return day.isoformat() if day else ""


def _goal(typed: str, measure: str, before: Comparator) -> dict[str, str]:
    words = half_width(typed)
    comparator = Comparator.EQUAL if before is Comparator.RANGE else before
    for sign, meant in (*_WORDS.items(), *_SIGNS.items()):
        if words.startswith(sign):
            comparator, words = meant, words.removeprefix(sign)
            break
    bare = words.removesuffix(half_width(measure)) if measure else words
    span = re.fullmatch(rf"{_NUMBER}\s*[-–—~至]\s*{_NUMBER}", bare)
    if span:
        low, high = _figure(span[1], span[2]), _figure(span[3], span[4])
        return {"comparator": str(Comparator.RANGE), "value": low, "upper": high}
    one = re.fullmatch(_NUMBER, bare)
    return {"comparator": str(comparator), "value": _figure(one[1], one[2]) if one else typed, "upper": ""}


def _figure(digits: str, size: str) -> str:
    return format(Decimal(digits.replace(",", "")) * _SIZES[size], "f")


def _unit(line: str) -> dict[str, str]:
    """“牵头 省交通厅（交通沿线厕所建设）”: role, unit by name or short name, part."""
    found = _UNIT.match(line.strip())
    if found is None:
        return {"unit": "?", "role": "", "part": "", "name": line.strip()}
    role = next((one.value for one in Role if one.label == found[1]), "")
    name = found[2].strip()
    unit = next((one for one in directory().units.values() if name in (one.name, one.short)), None)
    return {"unit": str(unit.id) if unit else "?", "role": role, "part": found[3] or "", "name": name}


def _said_unit(one: Mapping[str, str]) -> str:
    part = f"（{one['part']}）" if one["part"] else ""
    return f"{Role(one['role']).label} {one['name']}{part}"
