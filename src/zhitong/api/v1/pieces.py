"""稿件: what units write of their work, one piece opened, what is published, and how often whose was used."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import (
    Labelled,
    LongNote,
    Note,
    OneOf,
    Said,
    Shape,
    ShortText,
    Words,
    labelled,
    maybe_labelled,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.practices.actions.submitting import NewPiece, submit_piece
from zhitong.domain.practices.queries.counting import Stretch, unit_counts
from zhitong.domain.practices.queries.library import LibraryFilters, published_for
from zhitong.domain.practices.queries.pieces import PieceFilters, PieceRow, piece_seen, pieces_for
from zhitong.domain.practices.queries.sight import officials_only
from zhitong.domain.practices.rules.kinds import PieceKind, PieceState
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()
CategoryCode = Annotated[str, Field(pattern=r"^[a-z_]{0,40}$", description="问题类别的代码，见 GET /categories")]


class PieceInList(Shape):
    """A piece as a list shows it; `used` are the places where it was, as often as it was."""

    id: UUID
    title: str
    kind: Labelled
    state: Labelled
    by_unit: str
    region: str
    category: str
    submitted_at: datetime
    used: list[Labelled]
    published_at: datetime | None
    document_number: str
    issued_on: date | None
    valid_until: date | None


class PiecesTold(Shape):
    """One page, the newest first."""

    rows: list[PieceInList]
    next: str | None


class PieceWordingTold(Shape):
    """One wording; the first is the unit's own."""

    version: int
    title: str
    text: str
    unit: str
    at: datetime


class PieceUseTold(Shape):
    """Where and when a piece was used, and the proof."""

    place: Labelled
    on: date
    words: str
    by_unit: str
    files: list[Attached]


class PieceAlike(Shape):
    """A piece that tells the same; `per_cent` is how much of it."""

    id: UUID
    title: str
    by_unit: str
    per_cent: int


class PieceTold(Shape):
    """A piece opened, and what the caller may do with it now."""

    piece: PieceInList
    text: str
    version: int
    words: str
    passed_over: Labelled | None
    double_of: UUID | None
    origin: UUID | None
    names_closed: bool = Field(description="涉及企业要求保密、隐名的问题，不能发布")
    problems: list[str]
    wordings: list[PieceWordingTold]
    uses: list[PieceUseTold]
    doubles: list[PieceAlike]
    files: list[Attached]
    acts: list[Labelled]


class UnitPieces(Shape):
    """What of a unit's was submitted, adopted and used."""

    code: str
    unit: str
    submitted: int
    adopted: int
    used: dict[str, int]


class PieceCountsTold(Shape):
    """One row per unit, the most adopted first."""

    rows: list[UnitPieces]


class PiecesWanted(Shape):
    """Which pieces."""

    kind: OneOf[PieceKind] | None = Field(None, description="种类")
    state: OneOf[PieceState] | None = Field(None, description="状态")
    problem: Annotated[str, Field(max_length=40)] = Field("", description="写到哪个问题，填问题编号")
    words: Words = Field("", description="在标题和正文中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class PublishedWanted(Shape):
    """Which of the published."""

    kind: OneOf[PieceKind] | None = Field(None, description="种类")
    subject_kind: OneOf[SubjectKind] | None = Field(None, description="问题类别属于哪种服务对象")
    category: CategoryCode = ""
    in_force: bool = Field(False, description="只看有效的")
    words: Words = Field("", description="在标题和正文中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class PieceCountsWanted(Shape):
    """Of which days, this month's unless others are named."""

    since: date | None = None
    until: date | None = None
    kind: OneOf[PieceKind] | None = Field(None, description="种类")
    below: bool = Field(False, description="包括下级单位")


class PieceSaid(Said):
    """稿件."""

    kind: OneOf[PieceKind]
    title: ShortText
    text: LongNote
    subject_kind: OneOf[SubjectKind] | None = None
    category: CategoryCode = ""
    problems: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=20)
    document_number: Note = ""
    issued_on: date | None = None
    valid_until: date | None = None
    files: list[UUID] = Field(default_factory=list, max_length=9)
    knowingly: bool = Field(False, description="与本单位以前的稿件相似，确认不是重复报送")


@reads(router, "/pieces", answer=PiecesTold, summary="稿件")
def pieces(request: Request, wanted: Annotated[PiecesWanted, Query()]) -> PiecesTold:
    """The unit's own and, for who oversees a territory, those of the territory."""
    officials_only(request.viewer)
    key = opened("pieces", wanted.cursor)
    problem_id = problem_id_of(request.viewer, wanted.problem) if wanted.problem else None
    filters = PieceFilters(kind=wanted.kind, state=wanted.state, problem_id=problem_id, words=wanted.words)
    rows = pieces_for(request.viewer, filters, after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1)
    return _page("pieces", rows, wanted.limit)


@reads(router, "/pieces/{piece_id}", answer=PieceTold, summary="一篇稿件")
def piece(request: Request, piece_id: UUID) -> PieceTold:
    """With wordings and uses for its writer and the offices; for others what is published."""
    return piece_told(request, piece_id)


@writes(router, "/pieces", answer=PieceTold, summary="报送稿件", status=HTTPStatus.CREATED)
def submission(request: Request, said: PieceSaid) -> PieceTold:
    """由本级活动办公室审核，原稿始终保留."""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    made = submit_piece(request.viewer, NewPiece(
        campaign=campaign.code, kind=said.kind, title=said.title, text=said.text, category=said.category,
        subject_kind=str(said.subject_kind) if said.subject_kind else "", problems=tuple(said.problems),
        document_number=said.document_number, issued_on=said.issued_on, valid_until=said.valid_until, file_ids=tuple(said.files),
        knowingly=said.knowingly,
    ), actor=actor_of(request), now=request.now)  # fmt: skip
    return piece_told(request, made)


@reads(router, "/good-practices", answer=PiecesTold, summary="已发布的典型做法和制度成果")
def published(request: Request, wanted: Annotated[PublishedWanted, Query()]) -> PiecesTold:
    """Published in the caller's region and above it."""
    officials_only(request.viewer)
    key = opened("published", wanted.cursor)
    filters = LibraryFilters(
        kind=wanted.kind, subject_kind=str(wanted.subject_kind) if wanted.subject_kind else "", category=wanted.category,
        in_force=wanted.in_force, words=wanted.words,
    )
    rows = published_for(
        request.viewer, filters, today=day_of(request.now), after=UUID(str(key[0])) if key else None, limit=wanted.limit + 1
    )
    return _page("published", rows, wanted.limit)


@reads(router, "/piece-counts", answer=PieceCountsTold, summary="稿件采用情况")
def piece_counts(request: Request, wanted: Annotated[PieceCountsWanted, Query()]) -> PieceCountsTold:
    """Of the units that submit to the caller's office; of a department its own."""
    officials_only(request.viewer)
    today = day_of(request.now)
    stretch = Stretch(wanted.since or today.replace(day=1), wanted.until or today, wanted.kind, wanted.below)
    return PieceCountsTold(rows=[
        UnitPieces(
            code=one.code, unit=one.unit, submitted=one.submitted, adopted=one.adopted,
            used={str(place): n for place, n in one.used.items()},
        ) for one in unit_counts(request.viewer, stretch)
    ])  # fmt: skip


def piece_told(request: Request, piece_id: UUID) -> PieceTold:
    """A piece as its own resource and the acts on it answer.

    Raises NotFound: there is none for the caller.
    """
    officials_only(request.viewer)
    found = piece_seen(request.viewer, piece_id)
    return PieceTold(
        piece=_listed(found.row), text=found.text, version=found.version, words=found.words,
        passed_over=maybe_labelled(found.passed_over), double_of=found.double_of, origin=found.origin,
        names_closed=found.names_closed, problems=list(found.problems),
        wordings=[
            PieceWordingTold(version=one.version, title=one.title, text=one.text, unit=one.unit, at=one.at) for one in found.wordings
        ],
        uses=[
            PieceUseTold(
                place=labelled(one.place), on=one.on, words=one.words, by_unit=one.by_unit, files=[attached(file) for file in one.files]
            ) for one in found.uses
        ],
        doubles=[PieceAlike(id=one.id, title=one.title, by_unit=one.by_unit, per_cent=one.per_cent) for one in found.doubles],
        files=[attached(one) for one in found.files], acts=[labelled(one) for one in found.acts],
    )


def _page(name: str, rows: list[PieceRow], limit: int) -> PiecesTold:
    shown, more = rows[:limit], len(rows) > limit
    return PiecesTold(rows=[_listed(one) for one in shown], next=sealed(name, (shown[-1].id,) if more else None))


def _listed(one: PieceRow) -> PieceInList:
    return PieceInList(
        id=one.id, title=one.title, kind=labelled(one.kind), state=labelled(one.state), by_unit=one.by_unit, region=one.region,
        category=one.category, submitted_at=one.submitted_at, used=[labelled(place) for place in one.used],
        published_at=one.published_at, document_number=one.document_number, issued_on=one.issued_on, valid_until=one.valid_until,
    )
