"""未办结问题一览: how many are not done, and whose they are; one sheet to lay on a table. Source: R-H7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhitong.domain.bulletins.queries.ledgers.notes import foot_of
from zhitong.domain.bulletins.queries.ledgers.territory import WITHIN, Territory, territory_of
from zhitong.domain.bulletins.queries.ledgers.then import Stood, day_said, stood
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import workdays_between
from zhitong.domain.organisations.queries import contacts_on
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.official.shapes import Block, Document, Figure, Heading, Paragraph, Piece, Style, Table

MOST = 60
"""More late matters than this are no sheet but a ledger; the oldest stand here."""
EXCERPT = 40
OVERDUE = " AND stay.unit_id IS NOT NULL AND stay.stage_due_at < %(at)s"
"""What was past its limit at the cut-off, as a condition on stays."""
_OWED = f"""
SELECT stay.unit_id, count(*), count(*) FILTER (WHERE stay.stage_due_at < %(at)s),
       min(stay.stage_due_at) FILTER (WHERE stay.stage_due_at < %(at)s)
FROM problems_stay stay
WHERE stay.since <= %(at)s AND (stay.until IS NULL OR stay.until > %(at)s) AND NOT stay.confidential
  AND stay.unit_id IS NOT NULL AND (NOT %(first_wall)s OR stay.region_id IN {WITHIN}) {{lines}}
GROUP BY stay.unit_id
"""


@dataclass(frozen=True, slots=True)
class Owing:
    """A unit with what it had not done; `oldest` is the limit that was passed first."""

    unit_id: UUID
    unit: str
    still_open: int
    overdue: int
    oldest: datetime | None


def owing(viewer: Viewer, about: str, at: datetime) -> Document:
    """Who owes what: the units with their open and late matters, whom to ring, and the late matters themselves.

    Raises NotFound: the territory is not the reader's.
    """
    territory = territory_of(viewer, about, at)
    units = owing_units(territory)
    late = list(stood(territory, OVERDUE, "stay.stage_due_at, problem.id", most=MOST))
    return Document(
        Style.FORM, f"{territory.region.name}{PaperKind.OWING.label}", _blocks(territory, units, late), cut_off=at,
        note="；".join(one.rstrip("。") for one in foot_of(territory)) + "。", is_landscape=True,
    )


def owing_units(territory: Territory) -> list[Owing]:
    """The units that had something open, who had most that was late first; one query."""
    lines = " AND stay.line_id = ANY(%(lines)s::uuid[])" if territory.line_ids is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(_OWED.format(lines=lines), territory.parameters() | {"first_wall": first_wall_stands()})
        rows = cursor.fetchall()
    found = [Owing(row[0], territory.here.name_of(row[0]), *row[1:]) for row in rows]
    return sorted(found, key=lambda one: (-one.overdue, -one.still_open, one.unit))


def days_beyond(territory: Territory, due_at: datetime | None, unit_id: UUID | None) -> str:
    """How long past its limit: working days of the unit, 当日 on the day itself, empty where it is not late."""
    if due_at is None or due_at >= territory.at:
        return ""
    owners = territory.here.calendar_owners(unit_id or territory.region.id)
    days = workdays_between(due_at, territory.at, calendar_of(owners))
    return str(days) if days else "当日"


def counted(key: str, number: int) -> Figure:
    """A number with the key it was counted under."""
    return Figure(key, str(number))


def _blocks(territory: Territory, units: Sequence[Owing], late: Sequence[Stood]) -> tuple[Block, ...]:
    overdue = sum(one.overdue for one in units)
    said: tuple[Piece, ...] = (
        f"{territory.made_by}。未办结", counted("open", sum(one.still_open for one in units)), "件，其中超期",
        counted("overdue", overdue), "件，涉及", counted("units", sum(1 for one in units if one.overdue)), "个单位。",
    )
    blocks: list[Block] = [Paragraph(said), Heading(1, "一、谁的")]
    blocks.append(_table_of_units(territory, units) if units else Paragraph(("没有未办结的问题。",)))
    if late:
        blocks += [Heading(1, "二、超期的是哪几件"), _table_of_matters(territory, late)]
    if overdue > len(late):
        blocks.append(Paragraph((f"以上为超期最久的{len(late)}件，其余{overdue - len(late)}件见同一截止时间的问题台账。",)))
    return tuple(blocks)


def _table_of_units(territory: Territory, units: Sequence[Owing]) -> Table:
    contacts = contacts_on([one.unit_id for one in units], territory.today)

    def row(one: Owing) -> tuple[Piece, ...]:
        who = contacts.get(one.unit_id)
        return (
            one.unit, who.name if who else "", who.phone if who else "", counted(f"open.{one.unit_id}", one.still_open),
            counted(f"overdue.{one.unit_id}", one.overdue), days_beyond(territory, one.oldest, one.unit_id),
        )

    heads = ("单位", "责任人", "电话", "未办结（件）", "超期（件）", "最久超期（工作日）")
    return Table(heads, tuple(map(row, units)), (9, 3, 4, 3, 3, 4), numeric=frozenset({3, 4, 5}))


def _table_of_matters(territory: Territory, late: Sequence[Stood]) -> Table:
    heads = ("单位", "编号", "企业（项目）", "问题", "到哪一步", "时限", "超期（工作日）")
    rows = tuple(
        (
            one.unit, one.number, one.subject, excerpt_of(one.text), one.stage.label if one.stage else one.state.label,
            day_said(one.stage_due_at) if one.stage_due_at else "", days_beyond(territory, one.stage_due_at, one.unit_id),
        )
        for one in late
    )
    return Table(heads, rows, (6, 5, 6, 10, 3, 3, 3), numeric=frozenset({6}))


def excerpt_of(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}……"
