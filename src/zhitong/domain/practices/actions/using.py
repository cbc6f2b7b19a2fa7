"""What becomes of an adopted piece: used here and there with its proof, and sent up to the level above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import attach
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.actions.keeping import LONGEST_WORDS, NotNow, keep_wording, permitted, tell
from zhitong.domain.practices.models import Piece, PieceProblem, PieceUse
from zhitong.domain.practices.queries.briefing import BriefPiece
from zhitong.domain.practices.queries.sight import FILES_OF_USE
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import WANTED_OF_USE, PieceState, UsePlace
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Where a piece was used, on which day, and the proof in words, with a scan where there is one."""

    place: UsePlace
    on: date
    words: str
    file_ids: tuple[UUID, ...] = ()


@transaction.atomic
def register_use(viewer: Viewer, piece_id: UUID, used: Used, *, actor: Actor, now: datetime) -> UUID:
    """Register that an adopted piece was used somewhere; returns the id of the use.

    Raises NotYours, NotFound, NotNow. Raises BadInput: no proof, a day to come or before the piece was submitted, or registered
    before. Raises what `files.actions.attach` refuses.
    """
    row = permitted(viewer, piece_id, PieceAct.USE)
    words = written("words", used.words, LONGEST_WORDS, wanted=WANTED_OF_USE[used.place])
    if not day_of(row.submitted_at) <= used.on <= day_of(now):
        sentence = "采用日期要在报送之后，不能晚于今天。"
        raise BadInput(sentence, {"on": sentence})
    made = _use(row, used.place, used.on, words, actor, now)
    if made is None:
        raise BadInput("这一次采用已经登记过。", {"words": "这一次采用已经登记过。"})
    attach(used.file_ids, FILES_OF_USE, made.id, actor=actor, now=now)
    return made.id


@transaction.atomic
def send_up(viewer: Viewer, piece_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Submit an adopted piece to the office above in one's own name; returns the id of the piece there.

    Raises NotYours, NotFound. Raises NotNow: there is nobody above, or it was sent up before.
    """
    row = permitted(viewer, piece_id, PieceAct.SEND_UP)
    above = directory().office_above(row.region_id)
    if above is None:
        raise NotNow("上面没有可报送的单位。")
    if Piece.objects.filter(origin=row).exists():
        raise NotNow("这篇稿件已经报上级。")
    new = Piece.objects.create(
        campaign=row.campaign, kind=row.kind, by_unit_id=viewer.unit_id, region_id=above.region_id, subject_kind=row.subject_kind,
        category=row.category, title=row.title, text=row.text, names_closed=row.names_closed, document_number=row.document_number,
        issued_on=row.issued_on, valid_until=row.valid_until, state=PieceState.SUBMITTED.value, submitted_at=now, origin=row,
    )
    keep_wording(new, viewer.unit_id, now)
    told_of = row.problems.values_list("problem_id", flat=True)
    PieceProblem.objects.bulk_create(PieceProblem(piece=new, problem_id=one) for one in told_of)
    tell(PracticeFact.SENT_UP, new, actor, now, {"origin": row.id})
    return new.id


def note_above(row: Piece, office: str, actor: Actor, now: datetime) -> None:
    """Note on every piece that an adopted one was made of, level by level, that the office above adopted it."""
    below = row.origin
    while below is not None:
        _use(below, UsePlace.ABOVE, day_of(now), office, actor, now)
        below = below.origin


@transaction.atomic
def note_in_brief(pieces: Iterable[BriefPiece], text: str, number: str, on: date, *, actor: Actor, now: datetime) -> None:
    """Note on those pieces whose titles stand in an issued brief that it told them; again changes nothing.

    For the room that issues briefs, which has asked whether the actor may.
    """
    told = [one.id for one in pieces if one.title in text]
    for row in Piece.objects.filter(id__in=told).order_by("id"):
        _use(row, UsePlace.LOCAL_BRIEF, on, number, actor, now)


def _use(row: Piece, place: UsePlace, on: date, words: str, actor: Actor, now: datetime) -> PieceUse | None:
    """Keep and tell a use; None where it is kept already."""
    same = {"piece": row, "place": place.value, "on": on, "words": words}
    if PieceUse.objects.filter(**same).exists() or actor.unit_id is None:
        return None
    made = PieceUse.objects.create(**same, by_unit_id=actor.unit_id, at=now)
    tell(PracticeFact.USED, row, actor, now, {"place": place, "used_on": on}, f"{place.label}：{words}")
    return made
