"""The shape of a written template: which keys it has and what may stand under them, whoever wrote it.

What is well shaped can be read by `templates.template_of`; whether it makes sense is asked by `soundness`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from zhitong.domain.cards.rules.kinds import FieldKind, Period, Prefill, Weight
from zhitong.kit.source import Finding, Row, fields

_TEMPLATE = {
    "code": str, "version": int, "kind": str, "name": str, "period": Period, "sections": list[Row], "problems": Row,
}
_TEMPLATE_MORE = {
    "source": str, "purpose": str, "basis": str, "warning": str, "seen_by": list[Row], "checks": list[Row],
    "against_last": list[Row], "sums": list[Row], "among_peers": list[Row],
}
_SECTION = {"code": str, "title": str, "prefill": Prefill, "fields": list[Row]}
_SECTION_MORE = {"lists": list[str], "help": str}
_FIELD = {"code": str, "label": str, "type": FieldKind}
_FIELD_MORE = {
    "required": bool, "least": float, "most": float, "longest": int, "options": list[Row], "options_of": str,
    "fact": str, "help": str, "stock": bool, "place": bool, "unit": str, "when": Row,
}
_OPTION = {"code": str, "label": str}
_CONDITION = {"field": str, "is": str}
_COMPARISON = {"left": str, "must": str, "severity": Weight, "say": str}
_COMPARISON_MORE = {"right": str, "number": float, "when": Row}
_AGAINST_LAST = {"fields": list[str], "times": float, "say": str}
_SUM = {"parts": list[str], "must": str, "whole": str, "severity": Weight, "say": str}
_AMONG_PEERS = {"field": str, "say": str}
_PROBLEMS = {"title": str, "most": int, "fields": list[Row]}


def shape_findings(template: Row) -> Iterator[Finding]:
    """Every key that is missing, unknown or holds another kind of thing."""
    yield from fields(template, _TEMPLATE, _TEMPLATE_MORE)
    for reader in template.rows("seen_by"):
        yield from fields(reader, {"what": str, "who": str})
    for section in template.rows("sections"):
        yield from fields(section, _SECTION, _SECTION_MORE)
        yield from _of_fields(section.rows("fields"))
    for comparison in template.rows("checks"):
        yield from fields(comparison, _COMPARISON, _COMPARISON_MORE)
        yield from _of_condition(comparison)
    yield from _of_suspicions(template)
    yield from fields(template.row("problems"), _PROBLEMS)
    yield from _of_fields(template.row("problems").rows("fields"))


def _of_suspicions(template: Row) -> Iterator[Finding]:
    for one in template.rows("against_last"):
        yield from fields(one, _AGAINST_LAST)
    for one in template.rows("sums"):
        yield from fields(one, _SUM)
    for one in template.rows("among_peers"):
        yield from fields(one, _AMONG_PEERS, {"per": str, "far": float})


def _of_fields(asked: list[Row]) -> Iterator[Finding]:
    for field in asked:
        yield from fields(field, _FIELD, _FIELD_MORE)
        yield from _of_condition(field)
        for option in field.rows("options"):
            yield from fields(option, _OPTION, {"help": str})


def _of_condition(row: Row) -> Iterator[Finding]:
    if "when" in row:
        yield from fields(row.row("when"), _CONDITION)


def plain(value: Any) -> Any:
    """Rows as plain values that JSON keeps exactly: decimals as text."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return str(Decimal(str(value))) if isinstance(value, float) else value


def placed(value: Any, place: str = "") -> Any:
    """Plain values as rows whose file is their place, such as `sections.0.fields.3`."""
    if isinstance(value, Mapping):
        row = Row(place, 0)
        row.update({key: placed(item, _beneath(place, key)) for key, item in value.items()})
        return row
    if isinstance(value, list):
        return [placed(item, _beneath(place, n)) for n, item in enumerate(value)]
    return value


def _beneath(place: str, key: object) -> str:
    return f"{place}.{key}" if place else str(key)
