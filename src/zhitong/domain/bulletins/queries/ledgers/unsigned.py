"""未签收超期名单: what was dispatched and not signed for within its limit, unit by unit, with whom to ring. Source: R-H7."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from zhitong.domain.bulletins.queries.ledgers.notes import foot_of
from zhitong.domain.bulletins.queries.ledgers.territory import territory_of
from zhitong.domain.bulletins.queries.ledgers.then import Stood, stood
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.printing import PrintBook, PrintSheet
from zhitong.kit.workbook import Head, Shape

HEADS = (
    Head("序号", Shape.WHOLE, 5), Head("承办单位", width=20), Head("责任人", width=9), Head("电话", width=13),
    Head("问题编号", width=20), Head("企业（项目）", width=22), Head("属地", width=11), Head("问题", width=40),
    Head("交办时间", Shape.MOMENT, 16), Head("签收时限", Shape.MOMENT, 16), Head("超出时限（小时）", Shape.WHOLE, 9),
)
_NARROWED = " AND stay.state = 'dispatched' AND stay.stage = 'acknowledge' AND stay.stage_due_at < %(at)s"


def unsigned(viewer: Viewer, about: str, at: datetime) -> PrintBook:
    """Who had not signed in time: one row per problem, the unit that owes most first, in it the longest overdue first.

    Raises NotFound: the territory is not the reader's.
    """
    territory = territory_of(viewer, about, at)
    found = list(stood(territory, _NARROWED, "stay.stage_due_at, problem.id"))
    title = f"{territory.region.name}{PaperKind.UNSIGNED.label}"
    sheet = PrintSheet(
        title, HEADS, _rows(found, at), territory.made_by, territory.cut_off, [*_said(found), *foot_of(territory)],
    )
    return PrintBook(title, [sheet], at, SHANGHAI)


def _rows(found: Sequence[Stood], at: datetime) -> Iterator[Sequence[Any]]:
    owed = by_unit(found)
    for place, one in enumerate((each for rows in owed.values() for each in rows), start=1):
        contact = one.contact
        yield (
            place, one.unit, contact.name if contact else "", contact.phone if contact else "", one.number, one.subject,
            one.region, one.text, one.handed_at, one.stage_due_at, hours_beyond(one, at),
        )


def by_unit(found: Sequence[Stood]) -> dict[str, list[Stood]]:
    """Problems by the unit that had them, the one with most first."""
    owed: dict[str, list[Stood]] = {}
    for one in found:
        owed.setdefault(one.unit, []).append(one)
    return dict(sorted(owed.items(), key=lambda each: (-len(each[1]), each[0])))


def hours_beyond(one: Stood, at: datetime) -> int:
    """How many hours of the clock had passed since the limit, begun ones not counted."""
    return (at - one.stage_due_at) // timedelta(hours=1) if one.stage_due_at else 0


def _said(found: Sequence[Stood]) -> list[str]:
    if not found:
        return ["截至统计截止时间，没有超过签收时限仍未签收的问题。"]
    return [f"共{len(found)}件，涉及{len(by_unit(found))}个单位。超出时限按自然小时计算。"]
