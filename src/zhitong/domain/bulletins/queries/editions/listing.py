"""Editions from each side, and the register of numbers, as lists with filters and sorts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhitong.domain.bulletins.models import Edition, FigureCheck, PaperNumber
from zhitong.domain.bulletins.queries.editions.sight import editions_of, numbers_seen, sides_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import CheckState, EditionState, NumberState, PaperSide
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class EditionFilters:
    """What a list is narrowed to; empty asks nothing. `words` looks in number and title."""

    kinds: tuple[PaperKind, ...] = ()
    states: tuple[EditionState, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition as a list shows it; of `asked` units `answered` have confirmed or got their answer, `objected` wait for one."""

    id: UUID
    kind: PaperKind
    title: str
    number: str
    state: EditionState
    unit: str
    since: datetime
    cut_off: datetime
    issued_at: datetime | None
    asked: int
    answered: int
    objected: int


@dataclass(frozen=True, slots=True)
class NumberFilters:
    """What the register is narrowed to; empty asks nothing. `words` looks in number, title and reason."""

    kinds: tuple[PaperKind, ...] = ()
    states: tuple[NumberState, ...] = ()
    year: int | None = None
    words: str = ""
    ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A number of the register, with the paper it stands on or the reason why it stands on none."""

    id: UUID
    number: str
    kind: PaperKind
    year: int
    serial: int
    state: NumberState
    edition_id: UUID | None
    title: str
    signed_by: str
    signed_on: date | None
    taken_at: datetime
    reason: str


def editions_for(
    viewer: Viewer, side: PaperSide, filters: EditionFilters, *, turned: bool = False, after: UUID | None = None, limit: int = 50,
) -> list[EditionRow]:
    """One page of a side's editions, the newest first; two queries; `turned` reads from the other end.

    Raises NotFound: the viewer has no such side.
    """
    found = _asked(viewer, side, filters)
    if after is not None:
        found = found.filter(id__gt=after) if turned else found.filter(id__lt=after)
    rows = list(_with_checks(found).order_by("id" if turned else "-id")[:limit])
    names = unit_names(one.unit_id for one in rows)
    return [edition_row(one, names[one.unit_id]) for one in rows]


def count_editions(viewer: Viewer, side: PaperSide, filters: EditionFilters, *, most: int) -> int:
    """How many a side holds, counted up to `most`. One query. Raises NotFound: the viewer has no such side."""
    return _asked(viewer, side, filters)[:most].count()


def edition_row(one: Edition, unit: str) -> EditionRow:
    """An edition as a list shows it, from a row that carries its checks."""
    counted = {name: int(getattr(one, name, 0)) for name in ("asked", "answered", "objected")}
    return EditionRow(
        one.id, PaperKind(one.kind), one.title, one.number, EditionState(one.state), unit, one.since, one.cut_off,
        one.issued_at, **counted,
    )


def numbers_for(
    viewer: Viewer, filters: NumberFilters, *, turned: bool = False, after: UUID | None = None, limit: int = 50
) -> list[NumberRow]:
    """One page of the register, the newest first; one query. Raises NotYours: the post keeps no register."""
    found = _register(viewer, filters)
    if after is not None:
        found = found.filter(id__gt=after) if turned else found.filter(id__lt=after)
    rows = found.select_related("edition").order_by("id" if turned else "-id")[:limit]
    return [_number_row(one) for one in rows]


def count_numbers(viewer: Viewer, filters: NumberFilters, *, most: int) -> int:
    """How many numbers those are, counted up to `most`. One query. Raises NotYours: the post keeps no register."""
    return _register(viewer, filters)[:most].count()


def reserved_for(viewer: Viewer, kind: PaperKind) -> list[NumberRow]:
    """The reserved numbers that an edition of a kind may take, in order; one query."""
    rows = numbers_seen(viewer).filter(kind=kind.value, state=NumberState.RESERVED.value).select_related("edition")
    return [_number_row(one) for one in rows.order_by("year", "serial")]


def _asked(viewer: Viewer, side: PaperSide, filters: EditionFilters) -> QuerySet[Edition]:
    if side not in sides_of(viewer):
        raise NotFound
    found = editions_of(viewer, side)
    if filters.kinds:
        found = found.filter(kind__in=[kind.value for kind in filters.kinds])
    if filters.states:
        found = found.filter(state__in=[state.value for state in filters.states])
    if filters.words:
        found = found.filter(Q(title__icontains=filters.words) | Q(number__icontains=filters.words))
    return found


def _with_checks(found: QuerySet[Edition]) -> QuerySet[Edition]:
    """Each edition with how its checks stand: three counts by its index for each row of the page."""
    checks = FigureCheck.objects.filter(edition_id=OuterRef("id"))
    waiting = (CheckState.ASKED.value, CheckState.OBJECTED.value, CheckState.SILENT.value)
    which = {
        "asked": checks, "answered": checks.exclude(state__in=waiting), "objected": checks.filter(state=CheckState.OBJECTED.value),
    }
    counted = {
        name: Coalesce(Subquery(rows.order_by().values("edition_id").annotate(n=Count("id")).values("n"),
                                output_field=IntegerField()), 0)
        for name, rows in which.items()
    }
    return found.annotate(**counted)


def _register(viewer: Viewer, filters: NumberFilters) -> QuerySet[PaperNumber]:
    require(viewer, Permission.DISPATCH)
    found = numbers_seen(viewer)
    if filters.kinds:
        found = found.filter(kind__in=[kind.value for kind in filters.kinds])
    if filters.states:
        found = found.filter(state__in=[state.value for state in filters.states])
    if filters.ids:
        found = found.filter(id__in=filters.ids)
    if filters.year is not None:
        found = found.filter(year=filters.year)
    if filters.words:
        said = Q(number__icontains=filters.words) | Q(reason__icontains=filters.words)
        found = found.annotate(title=F("edition__title")).filter(said | Q(title__icontains=filters.words))
    return found


def _number_row(one: PaperNumber) -> NumberRow:
    edition = one.edition
    return NumberRow(
        one.id, one.number, PaperKind(one.kind), one.year, one.serial, NumberState(one.state), one.edition_id,
        edition.title if edition else "", edition.signed_by if edition else "", edition.signed_on if edition else None,
        one.taken_at, one.reason,
    )
