"""未办结问题一览: how many are not done, and whose they are; one sheet to lay on a table. Source: R-H7."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

MOST = 20
"""More late matters, or units, than this are no sheet but a ledger; the oldest and those with most stand here."""
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


@dataclass(frozen=True, slots=True)
class OwingUnit:
    """A unit on the sheet: whom to ring, how many it has, and for how many of its working days the oldest is late."""

    id: UUID
    name: str
    person: str
    phone: str
    still_open: int
    overdue: int
    days: str


@dataclass(frozen=True, slots=True)
class LateMatter:
    """A late matter on the sheet; `due_on` and `days` as a cell says them."""

    unit: str
    number: str
    subject: str
    excerpt: str
    stands: str
    due_on: str
    days: str


@dataclass(frozen=True, slots=True)
class OwingSheet:
    """All units with something open, who has most that is late first, and the MOST matters that have been late longest."""

    region: str
    made_by: str
    notes: str
    at: datetime
    units: tuple[OwingUnit, ...]
    late: tuple[LateMatter, ...]

    @property
    def still_open(self) -> int:
        """How many matters were not done."""
        return sum(one.still_open for one in self.units)

    @property
    def overdue(self) -> int:
        """How many of them were past their limit."""
        return sum(one.overdue for one in self.units)


def owing(viewer: Viewer, about: str, at: datetime) -> Document:
    """Who owes what, on paper: the units with their open and late matters, whom to ring, and the late matters themselves.

    Raises NotFound: the territory is not the reader's.
    """
    sheet = owing_sheet(viewer, about, at)
    title = f"{sheet.region}{PaperKind.OWING.label}"
    return Document(Style.FORM, title, _blocks(sheet), cut_off=at, note=sheet.notes, is_landscape=True)


def owing_sheet(viewer: Viewer, about: str, at: datetime) -> OwingSheet:
    """The same for a screen: of a region by its code (empty: the reader's own), at a moment.

    Raises NotFound: the territory is not the reader's.
    """
    territory = territory_of(viewer, about, at)
    late = stood(territory, OVERDUE, "stay.stage_due_at, problem.id", most=MOST)
    return OwingSheet(
        region=territory.region.name, made_by=territory.made_by, at=at,
        notes="；".join(one.rstrip("。") for one in foot_of(territory)) + "。",
        units=tuple(_with_contacts(territory, owing_units(territory))), late=tuple(_late(territory, one) for one in late),
    )


def _with_contacts(territory: Territory, units: Sequence[Owing]) -> Iterator[OwingUnit]:
    contacts = contacts_on([one.unit_id for one in units], territory.today)
    for one in units:
        who = contacts.get(one.unit_id)
        yield OwingUnit(
            one.unit_id, one.unit, who.name if who else "", who.phone if who else "", one.still_open, one.overdue,
            days_beyond(territory, one.oldest, one.unit_id),
        )


def _late(territory: Territory, one: Stood) -> LateMatter:
    return LateMatter(
        one.unit, one.number, one.subject, excerpt_of(one.text), one.stage.label if one.stage else one.state.label,
        day_said(one.stage_due_at) if one.stage_due_at else "", days_beyond(territory, one.stage_due_at, one.unit_id),
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


def _blocks(sheet: OwingSheet) -> tuple[Block, ...]:
    said: tuple[Piece, ...] = (
        f"{sheet.made_by}。未办结", counted("open", sheet.still_open), "件，其中超期", counted("overdue", sheet.overdue), "件，涉及",
        counted("units", sum(1 for one in sheet.units if one.overdue)), "个单位。",
    )
    blocks: list[Block] = [Paragraph(said), Heading(1, "一、谁的")]
    blocks.append(_table_of_units(sheet.units[:MOST]) if sheet.units else Paragraph(("没有未办结的问题。",)))
    if left := sheet.units[MOST:]:
        rest = sum(one.still_open for one in left), sum(one.overdue for one in left)
        blocks.append(Paragraph((f"其余{len(left)}个单位未办结{rest[0]}件，其中超期{rest[1]}件。",)))
    if sheet.late:
        blocks += [Heading(1, "二、超期的是哪几件"), _table_of_matters(sheet.late)]
    if more := sheet.overdue - len(sheet.late):
        blocks.append(Paragraph((f"以上为超期最久的{len(sheet.late)}件，其余{more}件见同一截止时间的问题台账。",)))
    return tuple(blocks)


def _table_of_units(units: Sequence[OwingUnit]) -> Table:
    heads = ("单位", "责任人", "电话", "未办结（件）", "超期（件）", "最久（工作日）")
    rows: tuple[tuple[Piece, ...], ...] = tuple(
        (
            one.name, one.person, one.phone, counted(f"open.{one.id}", one.still_open), counted(f"overdue.{one.id}", one.overdue),
            one.days,
        )
        for one in units
    )
    return Table(heads, rows, (9, 3, 4, 3, 3, 5), numeric=frozenset({3, 4, 5}))


def _table_of_matters(late: Sequence[LateMatter]) -> Table:
    heads = ("单位", "编号", "企业（项目）", "问题", "到哪一步", "时限", "超期（工作日）")
    rows = tuple((one.unit, one.number, one.subject, one.excerpt, one.stands, one.due_on, one.days) for one in late)
    return Table(heads, rows, (6, 5, 6, 10, 3, 3, 3), numeric=frozenset({6}))


def excerpt_of(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}……"
