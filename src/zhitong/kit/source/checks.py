"""The small checks every reader of a package makes: fields present, of the right kind, known, and written once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import Enum
from typing import Any, get_args, get_origin

from zhitong.kit.source.rows import Finding, Row, as_text, is_number, is_whole

_KINDS: dict[Any, tuple[str, Any]] = {
    str: ("一个词", lambda value: as_text(value) != ""),
    int: ("整数", is_whole),
    float: ("数", is_number),
    bool: ("是非（true 或 false）", lambda value: isinstance(value, bool)),
    date: ("日期（如 2018-10-31）", lambda value: isinstance(value, date)),
    Row: ("一组“字段: 值”", lambda value: isinstance(value, Row)),
    list: ("一个列表", lambda value: isinstance(value, list)),
    list[str]: ("一列词", lambda value: isinstance(value, list) and all(as_text(item) for item in value)),
    list[Row]: ("一列“字段: 值”", lambda value: isinstance(value, list) and all(isinstance(i, Row) for i in value)),
    object: ("任何内容", lambda value: True),
}


def fields(row: Row, required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> list[Finding]:
    """Every field that is missing, of the wrong kind or unknown.

    A kind is str, int, float, bool, date, Row, list, list[str], list[Row], object (anything), or an Enum or
    list[Enum], whose values are then the only words allowed. An optional field may be absent or empty.
    A misspelt field is one finding: the one that offers the right word.
    """
    kinds = {**required, **(optional or {})}
    unknown = [key for key in row if key not in kinds]
    misspelt = {near for key in unknown for near in get_close_matches(key, kinds, n=1)}
    findings = require(row, *(key for key in required if key not in misspelt or key in row))
    for key, value in row.items():
        if key in unknown:
            findings.append(row.finding(f"不认识字段“{key}”{_nearest(key, kinds)}，请改正或删去。", key))
        elif value not in (None, "") and (wrong := _wrong(value, kinds[key])):
            findings.append(row.finding(f"“{key}”{wrong}", key))
    return findings


def require(row: Row, *keys: str) -> list[Finding]:
    """Every named field that is absent or empty."""
    return [row.finding(f"缺少“{key}”，请补上。", key) for key in keys if row.get(key) in (None, "")]


def unique(rows: Iterable[Row], key: str = "code") -> list[Finding]:
    """Every row whose word under `key` was written by an earlier row."""
    seen: dict[str, Row] = {}
    findings = []
    for row in rows:
        word = row.text(key)
        first = seen.setdefault(word, row) if word else row
        if first is not row:
            place = f"{first.file} 第 {first.line} 行"
            findings.append(row.finding(f"{key}“{word}”在 {place}已经用过，请换一个或删去一处。", key))
    return findings


def known(row: Row, key: str, words: Collection[str], where: str) -> list[Finding]:
    """Every word under `key` (one or a list) that is not among `words`, which are written in `where`."""
    return [
        row.finding(f"“{key}”写的“{word}”在 {where} 里没有{_nearest(word, words)}，请改正或先在 {where} 里写上。", key)
        for word in row.texts(key)
        if word not in words
    ]


def _wrong(value: Any, kind: Any) -> str:
    if get_origin(kind) is list and _is_enum(member := get_args(kind)[0]):
        return _wrong(value, list) or next(filter(None, (_wrong(item, member) for item in value)), "")
    if _is_enum(kind):
        words = [str(member.value) for member in kind]
        return "" if as_text(value) in words else f"写的是“{value}”，只能是 {'、'.join(words)}，请改正。"
    name, fits = _KINDS[kind]
    return "" if fits(value) else f"应当是{name}，写的是“{value}”，请改正。"


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and get_origin(kind) is None and issubclass(kind, Enum)


def _nearest(word: str, words: Collection[str]) -> str:
    near = get_close_matches(word, words, n=1)
    return f"（是不是“{near[0]}”？）" if near else ""
