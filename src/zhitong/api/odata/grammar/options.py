"""The options of an address: what is selected, filtered, ordered, cut to pages; unknown ones are refused, not passed over.

Source: OData 4.0, Part 1 (Protocol), 11.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from zhitong.api.odata.grammar.conditions import condition_of
from zhitong.api.odata.grammar.refusing import NotOffered, Unreadable, quoted
from zhitong.api.taking import FIRST_YEAR, LAST_YEAR
from zhitong.domain.opendata.rules.asking import LONGEST_PAGE, MOST_SKIPPED, USUAL_PAGE, Asked
from zhitong.domain.opendata.rules.columns import Column, DataSet
from zhitong.domain.opendata.rules.files import FileKind
from zhitong.domain.organisations.queries import directory
from zhitong.kit.paging import BadCursor, Cursor, Key, Sealer, Sort

SELECT, ORDER, TOP, SKIP, COUNT, TOKEN, FORMAT, WHERE = (
    "$select", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$format", "$filter",
)
REGION, SINCE, UNTIL = "region", "since", "until"
"""Options of our own: the code of a region, and the first and last day of a period."""
TAKEN = (SELECT, WHERE, ORDER, TOP, SKIP, COUNT, TOKEN, FORMAT, REGION, SINCE, UNTIL)
_LONGEST_NUMBER = 9
_YES_NO = {"true": True, "false": False}
_JSON = ("json", "application/json")
_sealer = Sealer(settings.SECRET_KEY, "odata pages of one export")


@dataclass(frozen=True, slots=True)
class Options:
    """What an address asks for: rows of a set, and which page of them.

    `top` is how many in all, None without an end; `given` how many of them earlier pages had; `file` asks for a file instead; `export`
    is the number under which a person, `exported_by`, took out the pages before.
    """

    asked: Asked
    top: int | None = None
    skip: int = 0
    counts: bool = False
    after: Key | None = None
    given: int = 0
    page: int = USUAL_PAGE
    file: FileKind | None = None
    exported_by: str = ""
    export: str = ""

    @property
    def limit(self) -> int:
        """So many rows this page has at most."""
        return self.page if self.top is None else max(0, min(self.page, self.top - self.given))


def options_of(query: Mapping[str, str], data: DataSet, page: int | None = None) -> Options:
    """The options of an address over a set; `page` is the size of pages the caller prefers.

    Raises Unreadable, NotOffered: an option cannot be read, or is not offered.
    """
    _refuse_unknown(query)
    asked = Asked(
        data, columns=_selected(query.get(SELECT, ""), data), region_id=None, since=_day(query, SINCE, data),
        until=_day(query, UNTIL, data), where=condition_of(query[WHERE], data) if query.get(WHERE, "").strip() else None,
    )
    asked = _within(_ordered(asked, query.get(ORDER, "")), query.get(REGION, ""))
    after, given, (exported_by, export) = _continued(asked, query.get(TOKEN, ""))
    return Options(
        asked, top=_number(query, TOP), skip=0 if after else _skipped(query), counts=_yes_no(query, COUNT), after=after,
        given=given, page=min(page or USUAL_PAGE, LONGEST_PAGE), file=_format(query.get(FORMAT, "")), exported_by=exported_by,
        export=export,
    )


def token_of(options: Options, key: Key, given: int, export: tuple[str, str]) -> str:
    """The sealed place from which the next page goes on, under the same number of export of the same person."""
    return _sealer.seal(Cursor(_list_of(options.asked), (options.given + given, *export, *key)))


def _continued(asked: Asked, token: str) -> tuple[Key | None, int, tuple[str, str]]:
    if not token:
        return None, 0, ("", "")
    try:
        cursor = _sealer.open(token)
    except BadCursor as bad:
        raise Unreadable(TOKEN, bad.sentence) from bad
    if cursor.sort != _list_of(asked):
        raise Unreadable(TOKEN, BadCursor().sentence)
    given, exported_by, export, *key = cursor.key
    return tuple(key), int(given), (str(exported_by), str(export))


def _list_of(asked: Asked) -> Sort:
    """What a place belongs to: it goes on in the same set and order only."""
    return Sort(f"{asked.data.name}.{asked.by}", asked.descending)


def _refuse_unknown(query: Mapping[str, str]) -> None:
    for name in query:
        if name not in TAKEN:
            raise NotOffered(name, f"没有 {quoted(name)} 这个选项。可以用 {' '.join(TAKEN)}。")


def _selected(text: str, data: DataSet) -> tuple[Column, ...]:
    names = [name.strip() for name in text.split(",")] if text.strip() else []
    if "*" in names:
        return ()
    for name in names:
        if name not in data.by_name:
            raise Unreadable(SELECT, f"{data.name} 没有{quoted(name)}这一列。列名见 $metadata。")
    return tuple(data.by_name[name] for name in dict.fromkeys(names))


def _ordered(asked: Asked, text: str) -> Asked:
    """The order asked for: by one column that an index serves, or by the whole key."""
    if not text.strip():
        return asked
    parts = [part.split() for part in text.split(",")]
    names = [part[0] if part else "" for part in parts]
    directions = {part[1] if part[1:] else "asc" for part in parts}
    key, sorts = asked.data.key, asked.data.sorts
    is_served = tuple(names) in {key[: place + 1] for place in range(len(key))} | {(name,) for name in sorts}
    if not is_served or len(directions) > 1 or directions - {"asc", "desc"} or any(len(part) > 2 for part in parts):
        offered = "、".join(dict.fromkeys([",".join(key), key[0], *sorts]))
        said = f"{asked.data.name} 不能按{quoted(text)}排序。可以按 {offered} 排序，加 desc 为倒序；其他顺序请取回后再排。"
        raise NotOffered(ORDER, said)
    return replace(asked, by=names[0], descending=directions == {"desc"})


def _within(asked: Asked, code: str) -> Asked:
    if not code:
        return asked
    found = directory().region_coded(code)
    if found is None or not asked.data.has_region:
        raise Unreadable(REGION, f"没有代码为{quoted(code)}的地区，或者 {asked.data.name} 不分地区。代码见 regions。")
    return replace(asked, region_id=found.id)


def _day(query: Mapping[str, str], name: str, data: DataSet) -> date | None:
    text = query.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR or not data.period:
        raise Unreadable(name, f"{name} 应为日期，如 2018-04-27；这里是{quoted(text)}，或者 {data.name} 不分期间。")
    return day


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise Unreadable(name, f"{name} 应为不大于999999999的整数，这里是{quoted(text)}。")
    return int(text)


def _skipped(query: Mapping[str, str]) -> int:
    skip = _number(query, SKIP) or 0
    if skip > MOST_SKIPPED:
        raise NotOffered(SKIP, f"$skip 最多{MOST_SKIPPED}。更后面的请跟随答复里的 @odata.nextLink，一页一页取，不会漏也不会重。")
    return skip


def _yes_no(query: Mapping[str, str], name: str) -> bool:
    text = query.get(name, "false")
    if text not in _YES_NO:
        raise Unreadable(name, f"{name} 应为 true 或 false，这里是{quoted(text)}。")
    return _YES_NO[text]


def _format(text: str) -> FileKind | None:
    if not text or text.partition(";")[0].strip() in _JSON:
        return None
    found = next((kind for kind in FileKind if kind.value == text), None)
    if found is None:
        raise NotOffered(FORMAT, f"没有{quoted(text)}这种格式。可以用 json、csv、parquet。")
    return found
