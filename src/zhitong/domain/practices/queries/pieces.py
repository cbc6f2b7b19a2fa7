"""Lists of pieces, and one of them with its wordings, its uses, its problems, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.models import Piece, PieceUse
from zhitong.domain.practices.queries.doubles import DoubleView, doubles_at
from zhitong.domain.practices.queries.sight import (
    FILES_OF,
    FILES_OF_USE,
    hands_on,
    pieces_inside,
    pieces_seen,
    sees_inside,
)
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import PassingOver, PieceKind, PieceState, UsePlace
from zhitong.domain.practices.rules.way import MOVES, PieceAct, PieceHand, why_not
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.queries.rulebook import rulebook_at_hand
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class PieceFilters:
    """What a list is narrowed to; empty asks nothing. `words` looks in titles and texts."""

    kind: PieceKind | None = None
    state: PieceState | None = None
    unit_id: UUID | None = None
    problem_id: UUID | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece as lists show it; `used` are the places where it was, as often as it was."""

    id: UUID
    title: str
    kind: PieceKind
    state: PieceState
    by_unit: str
    region: str
    category: str
    submitted_at: datetime
    used: tuple[UsePlace, ...]
    published_at: datetime | None
    document_number: str
    issued_on: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording of a piece."""

    version: int
    title: str
    text: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UseView:
    """Where a piece was used, when, and the proof."""

    place: UsePlace
    on: date
    words: str
    by_unit: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class ToldOfPiece:
    """One line of what happened to a piece."""

    at: datetime
    kind: PracticeFact
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece opened; `acts` are those open to the viewer now, with what each leads to.

    Who reads it as published alone gets no wordings, uses and doubles; `problems` are the numbers of those that the viewer sees.
    """

    row: PieceRow
    text: str
    version: int
    campaign: str
    subject_kind: str
    category: str
    names_closed: bool
    words: str
    passed_over: PassingOver | None
    double_of: UUID | None
    decided_at: datetime | None
    origin: UUID | None
    wordings: tuple[WordingView, ...]
    uses: tuple[UseView, ...]
    problems: tuple[str, ...]
    doubles: tuple[DoubleView, ...]
    files: tuple[FileView, ...]
    told: tuple[ToldOfPiece, ...]
    acts: Mapping[PieceAct, str]


def pieces_for(
    viewer: Viewer, filters: PieceFilters | None = None, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[PieceRow]:
    """One page of the unit's own and the territory's, the newest first (two queries)."""
    rows = _narrowed(viewer, filters or PieceFilters())
    if after is not None:
        rows = rows.filter(id__gt=after) if turned else rows.filter(id__lt=after)
    return piece_rows(list(rows.order_by("id" if turned else "-id")[:limit]), with_uses=True)


def count_pieces(viewer: Viewer, filters: PieceFilters | None = None, *, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or PieceFilters()).order_by()[:most].count()


def piece_seen(viewer: Viewer, piece_id: UUID) -> PieceView:
    """One piece (nine queries at most).

    Raises NotFound: there is none for this viewer.
    """
    row = pieces_seen(viewer).filter(id=piece_id).first()
    if row is None:
        raise NotFound
    is_inside = sees_inside(viewer, row)
    acts = _acts(viewer, row) if is_inside else {}
    return PieceView(
        row=piece_rows([row], with_uses=is_inside)[0], text=row.text, version=row.version, campaign=row.campaign,
        subject_kind=row.subject_kind, category=row.category, names_closed=row.names_closed, words=row.words if is_inside else "",
        passed_over=PassingOver(row.passed_over) if row.passed_over else None, double_of=row.double_of_id if is_inside else None,
        decided_at=row.decided_at, origin=row.origin_id if is_inside else None, wordings=_wordings(row) if is_inside else (),
        uses=_uses(row) if is_inside else (), problems=_problems(viewer, row), files=_files(row, is_inside),
        doubles=tuple(doubles_at(viewer, row)) if PieceAct.ADOPT in acts else (), told=_told(row) if is_inside else (), acts=acts,
    )


def pieces_waiting_for(viewer: Viewer, *, limit: int = 8) -> list[PieceRow]:
    """What waits for the viewer's unit, the oldest first: to judge at its region's office, to write more where it was asked."""
    if not viewer.may(Permission.HANDLE):
        return []
    wanted = Q(by_unit_id=viewer.unit_id, state=PieceState.RETURNED.value)
    if viewer.unit_kind is UnitKind.CAMPAIGN_OFFICE:
        wanted |= Q(region_id=viewer.region_id, state=PieceState.SUBMITTED.value)
    return piece_rows(list(Piece.objects.filter(wanted).order_by("id")[:limit]))


def piece_rows(rows: Sequence[Piece], *, with_uses: bool = False) -> list[PieceRow]:
    """Pieces as lists show them (one query for their uses, where they are wanted)."""
    here, used = directory(), _places([row.id for row in rows] if with_uses else ())
    return [
        PieceRow(
            row.id, row.title, PieceKind(row.kind), PieceState(row.state), here.name_of(row.by_unit_id),
            here.regions[row.region_id].name, category_words(row), row.submitted_at, tuple(used.get(row.id, ())),
            row.published_at, row.document_number, row.issued_on, row.valid_until,
        ) for row in rows
    ]


def category_words(row: Piece) -> str:
    """The category of the problems that a piece is about; empty where it is of none."""
    return rulebook_at_hand(row.campaign).label(row.subject_kind, row.category) if row.category else ""


def _narrowed(viewer: Viewer, filters: PieceFilters) -> QuerySet[Piece]:
    rows = pieces_inside(viewer)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.unit_id:
        rows = rows.filter(by_unit_id=filters.unit_id)
    if filters.problem_id:
        rows = rows.filter(problems__problem_id=filters.problem_id)
    return rows.filter(Q(title__icontains=filters.words) | Q(text__icontains=filters.words)) if filters.words else rows


def _places(piece_ids: Iterable[UUID]) -> dict[UUID, list[UsePlace]]:
    found: dict[UUID, list[UsePlace]] = {}
    wanted = list(piece_ids)
    if wanted:
        for piece_id, place in PieceUse.objects.filter(piece_id__in=wanted).order_by("on", "id").values_list("piece_id", "place"):
            found.setdefault(piece_id, []).append(UsePlace(place))
    return found


def _wordings(row: Piece) -> tuple[WordingView, ...]:
    here = directory()
    return tuple(
        WordingView(one.version, one.title, one.text, here.name_of(one.unit_id), one.at) for one in row.wordings.order_by("version")
    )


def _uses(row: Piece) -> tuple[UseView, ...]:
    rows = list(row.uses.order_by("on", "id"))
    here, files = directory(), files_of(FILES_OF_USE, [one.id for one in rows]) if rows else {}
    return tuple(
        UseView(UsePlace(one.place), one.on, one.words, here.name_of(one.by_unit_id), tuple(files[one.id])) for one in rows
    )


def _problems(viewer: Viewer, row: Piece) -> tuple[str, ...]:
    heads = heads_for(viewer, ids=list(row.problems.values_list("problem_id", flat=True)))
    return tuple(head.standing.number for head in heads.values())


def _files(row: Piece, is_inside: bool) -> tuple[FileView, ...]:
    """Its own files and, for who sees inside, those of the piece that was sent up."""
    ids = [row.id, *([row.origin_id] if row.origin_id and is_inside else [])]
    found = files_of(FILES_OF, ids)
    return tuple(one for piece_id in ids for one in found[piece_id])


def _told(row: Piece) -> tuple[ToldOfPiece, ...]:
    here = directory()
    return tuple(
        ToldOfPiece(one.at, PracticeFact(one.kind), here.name_of(one.unit_id) if one.unit_id else "", one.words.get("words", ""))
        for one in facts_about(row.id)
    )


def _acts(viewer: Viewer, row: Piece) -> dict[PieceAct, str]:
    """What the viewer's unit may do with a piece as it stands."""
    if not viewer.may(Permission.HANDLE):
        return {}
    hands, kind, state = hands_on(row, viewer.unit_id), PieceKind(row.kind), PieceState(row.state)
    open_now = {act: move.words for act, move in MOVES.items() if not why_not(act, kind, state, hands)}
    if PieceHand.EDITOR in hands and not _may_go_up(row):
        open_now.pop(PieceAct.SEND_UP, None)
    if PieceAct.PART in open_now and not row.problems.exists():
        open_now.pop(PieceAct.PART)
    return open_now


def _may_go_up(row: Piece) -> bool:
    return directory().office_above(row.region_id) is not None and not Piece.objects.filter(origin=row).exists()
