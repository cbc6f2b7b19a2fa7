"""What a correction says, held to the contract of the reader: fields it knows, words it knows, places in the text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zhitong.domain.papers.rules.kinds import OF_TASKS, CorrectionKind
from zhitong.domain.papers.rules.replaying import INDICATOR_FIELDS, TASK_FIELDS
from zhitong.domain.plans.rules import Comparator, IndicatorClass, IndicatorKind, Role, TaskKind
from zhitong.kit.choices import Word
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import clean_text

LONGEST = 200
MOST_UNITS = 60
LARGEST = Decimal(10) ** 17
_ROLES = {role.value for role in (Role.LEAD, Role.SUPPORT, Role.RESPONSIBLE)}


def settled(kind: CorrectionKind, said: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The fields of a correction as the draft keeps them; an added thing has its place, a new number is whole again.

    Raises BadInput, at the field.
    """
    fields = TASK_FIELDS if kind in OF_TASKS else INDICATOR_FIELDS
    for name in said:
        if name not in fields:
            raise _wrong(name, f"没有“{name}”这一项可以改，请核对接口说明。")
    found = {name: _KEPT[name](name, value) for name, value in said.items() if name in _KEPT}
    found |= _kinds(kind, said)
    found |= _place(kind, said, text)
    if {"value", "values"} & found.keys():
        found |= _one_goal(found)
    if found.get("value") is not None or found.get("values"):
        found["damaged"] = False
    return found


def _one_goal(found: Mapping[str, Any]) -> dict[str, Any]:
    """A number or a range, never both."""
    if found.get("values"):
        return {"value": None, "comparator": Comparator.RANGE.value}
    return {"values": []}


def _kinds(kind: CorrectionKind, said: Mapping[str, Any]) -> dict[str, Any]:
    if "kind" not in said:
        return {}
    return {"kind": _word("kind", said["kind"], TaskKind if kind in OF_TASKS else IndicatorKind)}


def _place(kind: CorrectionKind, said: Mapping[str, Any], text: str) -> dict[str, Any]:
    if kind in (CorrectionKind.TASK_ADDED, CorrectionKind.INDICATOR_ADDED) and not {"start", "end"} <= said.keys():
        raise _wrong("words", "请在原文上选中一段，或者填写原文里的文字。")
    if not {"start", "end"} & said.keys():
        return {}
    start, end = said.get("start"), said.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise _wrong("words", "选中的位置不在原文里，请重新选中。")
    return {"start": start, "end": end, **({} if kind in OF_TASKS else {"text": text[start:end]})}


def _words(name: str, value: Any) -> str | None:
    words = clean_text(str(value)) if value is not None else ""
    if len(words) > LONGEST:
        raise _wrong(name, f"最多{LONGEST}字，请改短。")
    return words or None


def _wanted(name: str, value: Any) -> str:
    words = _words(name, value)
    if words is None:
        raise _wrong(name, "请填写这一项。")
    return words


def _number(name: str, value: Any) -> int | float | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise _wrong(name, "这里要填一个数，例如 1200。") from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise _wrong(name, "这个数太大或者不是数，请核对。")
    return int(number) if number == number.to_integral_value() else float(number)


def _numbers(name: str, value: Any) -> list[int | float]:
    numbers = [_number(name, one) for one in _listed(name, value)]
    found = [one for one in numbers if one is not None]
    if found and (len(found) != 2 or found[0] > found[1]):
        raise _wrong(name, "区间要填下限和上限两个数，下限在前。")
    return found


def _day(name: str, value: Any) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise _wrong(name, "请填写日期，例如 2018-12-31。") from None


def _units(name: str, value: Any) -> list[dict[str, Any]]:
    """The units of a task as the contract has them."""
    rows = _listed(name, value)
    if len(rows) > MOST_UNITS:
        raise _wrong(name, f"一项任务最多{MOST_UNITS}个单位，请核对。")
    return [_unit(name, one) for one in rows]


def _listed(name: str, value: Any) -> list[Any]:
    if value is not None and not isinstance(value, list | tuple):
        raise _wrong(name, "这里要填一组，写法见接口说明。")
    return list(value or ())


def _unit(name: str, row: Any) -> dict[str, Any]:
    if not isinstance(row, Mapping) or str(row.get("role")) not in _ROLES:
        raise _wrong(name, "单位的身份只有牵头、配合、责任三种。")
    said = _wanted(name, row.get("name"))
    if len(said) > 120:
        raise _wrong(name, "单位名称最多120字。")
    return {
        "name": said, "role": row["role"], "part": _words(name, row.get("part")), "printed": _words(name, row.get("printed")),
        "is_collective": bool(row.get("is_collective")), "alias_of": None, **_whole_place(row),
    }


def _whole_place(row: Mapping[str, Any]) -> dict[str, int | None]:
    """Where a name is printed, when both ends are told."""
    start, end = row.get("start"), row.get("end")
    is_told = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    return {"start": start, "end": end} if is_told else {"start": None, "end": None}


def _word(name: str, value: Any, words: type[Word]) -> str:
    known = {str(one.value) for one in words}
    if str(value) not in known:
        raise _wrong(name, "请从列出的选项中选择。")
    return str(value)


def _comparator(name: str, value: Any) -> str | None:
    return _word(name, value, Comparator) if value else None


def _class(name: str, value: Any) -> str:
    return _word(name, value, IndicatorClass)


def _flag(name: str, value: Any) -> bool:
    return bool(value)


_KEPT: dict[str, Callable[[str, Any], Any]] = {
    "title": _wanted, "name": _wanted, "task_id": _words, "unit": _words, "scope": _words, "deadline_text": _words,
    "value": _number, "values": _numbers, "comparator": _comparator, "class": _class, "deadline": _day,
    "responsible": _units, "damaged": _flag,
}


def _wrong(field: str, sentence: str) -> BadInput:
    return BadInput(sentence, {field: sentence})
