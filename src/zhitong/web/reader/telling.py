"""A correction as its list tells it: each field with what it was and what it is, in the words of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from zhitong.domain.papers.queries.cases import CorrectionView
from zhitong.domain.papers.rules.kinds import OF_TASKS, STRIKING, CorrectionKind
from zhitong.domain.plans.rules import Comparator, IndicatorClass, IndicatorKind, Role, TaskKind
from zhitong.kit.choices import Word
from zhitong.web.shell.words import NOTHING

_FIELDS = {
    "title": gettext_lazy("任务"), "responsible": gettext_lazy("单位"), "kind": gettext_lazy("类别"), "name": gettext_lazy("指标"),
    "value": gettext_lazy("数值"), "values": gettext_lazy("区间"), "unit": gettext_lazy("计量单位"), "comparator": gettext_lazy("要求"),
    "class": gettext_lazy("用途"), "scope": gettext_lazy("范围"), "deadline": gettext_lazy("时限"), "task_id": gettext_lazy("所属任务"),
    "text": gettext_lazy("原文"),
}
"""The fields that are told; places and marks go along without words."""
_SHOWN = 60


@dataclass(frozen=True)
class ToldCorrection:
    """A correction with its fields told: (name, before, after)."""

    number: int
    kind: CorrectionKind
    thing: str
    said: tuple[tuple[str, str, str], ...]
    reason: str
    by: str
    at: datetime
    restored_at: datetime | None


def told(one: CorrectionView) -> ToldCorrection:
    """A correction for its list; of what was struck the name alone."""
    return ToldCorrection(one.number, one.kind, one.thing, tuple(_fields(one)), one.reason, one.by, one.at, one.restored_at)


def _fields(one: CorrectionView) -> Iterator[tuple[str, str, str]]:
    if one.kind in STRIKING:
        name = one.before.get("title") or one.before.get("name") or one.before.get("text")
        yield str(_FIELDS["title" if one.kind in OF_TASKS else "name"]), _words("name", name, one.kind), NOTHING
        return
    for field, label in _FIELDS.items():
        was, now = one.before.get(field), one.after.get(field)
        if field in one.after and (now not in (None, "", []) or was not in (None, "", [])):
            yield str(label), _words(field, was, one.kind), _words(field, now, one.kind)


def _words(field: str, value: Any, kind: CorrectionKind) -> str:
    if value in (None, "", []):
        return str(NOTHING)
    if field == "responsible":
        return "；".join(f"{_label(one['role'], Role)} {one['name']}" for one in value)
    if field == "values":
        return "–".join(str(one) for one in value)
    if field == "comparator":
        return _label(value, Comparator)
    if field == "class":
        return _label(value, IndicatorClass)
    if field == "kind":
        return _label(value, TaskKind if kind in OF_TASKS else IndicatorKind)
    text = str(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _label(word: str, words: type[Word]) -> str:
    return words(word).label
