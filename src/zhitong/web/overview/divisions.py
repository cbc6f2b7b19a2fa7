"""One division of the whole: drawn as bars to one scale, or the same figures as a table; and as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.overview import Overview, Slice
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.overview.figures import UNSETTLED
from zhitong.web.overview.findings import share_in_words
from zhitong.web.overview.links import Rows
from zhitong.web.overview.regions import BAR, SHARE, Number
from zhitong.web.shell.columns import Column, Kind

COLUMNS = (Phase.WAITING, Phase.HANDLING, Phase.ANSWERED, Phase.REVIEW, Phase.CLOSED, Phase.ENDED)

Reported = Mapping[tuple[str, str], int] | None
"""What was reported within the period, by (kind, key); None where that is not asked or not known."""


@dataclass(frozen=True)
class Bar:
    """One value of a division: its parts one after the other as (start, length, name of the shade), and its cells."""

    label: str
    note: str
    moved: Number | None
    reported: Number
    unsettled: Number
    cells: Sequence[Number]
    closed_text: str
    parts: Sequence[tuple[float, float, str]]

    @property
    def name(self) -> str:
        """The value with the kind it belongs to, where it belongs to one."""
        return f"{self.label}（{self.note}）" if self.note else self.label


SHOWN = 12
"""So many categories are shown at first; of other divisions all, since they stand in an order of their own."""


def ordered(found: Overview, dimension: Dimension, reported: Reported) -> list[Slice]:
    """The values of a division; categories by what was reported within the period, where one is asked for."""
    slices = list(found.slices[dimension])
    if dimension is not Dimension.CATEGORY or reported is None:
        return slices
    return sorted(slices, key=lambda one: -reported.get((one.kind, one.key), 0))


def bars_of(found: Overview, dimension: Dimension, rows: Rows, reported: Reported) -> list[Bar]:
    """The division drawn: every bar to the scale of the longest."""
    slices = ordered(found, dimension, reported)
    longest = max((one.numbers.reported for one in slices), default=0)
    return [_bar(found, dimension, one, longest, rows, reported) for one in slices]


def _bar(found: Overview, dimension: Dimension, one: Slice, longest: int, rows: Rows, reported: Reported) -> Bar:
    numbers, asked = one.numbers, asked_by(dimension, one)
    code = one.key if dimension is Dimension.REGION else found.region.code

    def number(value: int, *phases: Phase) -> Number:
        return Number(value, rows.of(code, phases=phases, **asked) if asked is not None and value else "")

    moved = reported.get((one.kind, one.key), 0) if reported is not None else None
    opens = dimension in (Dimension.KIND, Dimension.REGION) and asked is not None and bool(moved)
    return Bar(
        one.label, _kind_of(one),
        Number(moved, rows.reported(code, **(asked or {})) if opens else "") if moved is not None else None,
        number(numbers.reported), number(numbers.unsettled, *UNSETTLED), [number(numbers.of(one), one) for one in COLUMNS],
        share_in_words(numbers.of(Phase.CLOSED), numbers.reported), parts_of(numbers, longest),
    )


def parts_of(numbers: Numbers, longest: int) -> list[tuple[float, float, str]]:
    """What a bar is made of, to the scale of the longest: closed, answered, open otherwise, ended otherwise."""
    parts: list[tuple[float, float, str]] = []
    start = 0.0
    answered = numbers.of(Phase.ANSWERED)
    for value, shade in (
        (numbers.of(Phase.CLOSED), "closed"), (answered, "answered"), (numbers.unsettled - answered, "open"),
        (numbers.of(Phase.ENDED), "ended"),
    ):
        length = round(value * BAR / longest, 2) if longest else 0
        parts.append((round(start, 2), length, shade))
        start += length
    return [part for part in parts if part[1]]


def asked_by(dimension: Dimension, one: Slice) -> dict[str, str] | None:
    """What narrows the list to one value; None where the list has no such filter."""
    if dimension is Dimension.CATEGORY:
        return {"kind": one.kind, "category": one.key} if one.kind else None
    if dimension is Dimension.KIND:
        return {"kind": one.key} if one.key else None
    if dimension is Dimension.LEVEL:
        return {"rank": one.key}
    if dimension is Dimension.REGION:
        return {} if one.key else None
    line = directory().lines.get(UUID(one.key)) if one.key else None
    return {"line": line.code} if line else None


def _kind_of(one: Slice) -> str:
    """The kind of subject beside a category, since the same word may stand in several kinds' lists."""
    return SubjectKind(one.kind).label if one.kind else ""


def columns_of(dimension: Dimension, reported: Reported) -> tuple[Column, ...]:
    """The division's columns for a workbook."""
    moved = (
        Column("moved", _("期内反映"), Kind.NUMBER, _("个"), value=lambda bar: bar.moved.value if bar.moved else None),
    ) if reported is not None else ()
    return (
        Column("name", dimension.label, value=lambda bar: bar.name), *moved,
        Column("reported", _("反映问题"), Kind.NUMBER, _("个"), value=lambda bar: bar.reported.value),
        Column("unsettled", _("未办结"), Kind.NUMBER, _("个"), value=lambda bar: bar.unsettled.value),
        *(
            Column(phase.value, phase.label, Kind.NUMBER, _("个"), value=lambda bar, place=place: bar.cells[place].value)
            for place, phase in enumerate(COLUMNS)
        ),
        Column(SHARE, _("已销号占比"), value=lambda bar: bar.closed_text),
    )
