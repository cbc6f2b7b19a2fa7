"""A unit submits a piece, writes more where it was asked, or takes it back before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import attach
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.practices.actions.keeping import (
    LONGEST_NUMBER,
    LONGEST_WORDS,
    joined,
    judge_naming,
    keep_wording,
    permitted,
    reword,
    said,
    tell,
)
from zhitong.domain.practices.models import Piece
from zhitong.domain.practices.queries.doubles import doubles_of_own
from zhitong.domain.practices.queries.sight import FILES_OF
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import PieceKind, PieceState
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import UNDECIDED
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import written


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPiece:
    """A piece as it is written. `problems` are the numbers of what it solved; `category` is of `subject_kind`, both empty for
    none; `knowingly` once its writer was told that it resembles an earlier one of the same unit."""

    campaign: str
    kind: PieceKind
    title: str
    text: str
    subject_kind: str = ""
    category: str = ""
    problems: tuple[str, ...] = ()
    document_number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    file_ids: tuple[UUID, ...] = ()
    knowingly: bool = False


@transaction.atomic
def submit_piece(viewer: Viewer, new: NewPiece, *, actor: Actor, now: datetime) -> UUID:
    """Submit a piece to the office that receives the viewer's unit; returns its id.

    Raises NotYours: the post handles nothing. Raises NotFound: no office. Raises BadInput: something is missing, too long or
    marked as classified, a category that there is not, a problem that cannot be joined, or, unless it is done knowingly, a
    piece of the same unit that tells the same. Raises what `files.actions.attach` refuses. Source: R-H5.
    """
    require(viewer, Permission.HANDLE)
    title, text = said(new.title, new.text)
    _refuse_wrong(new)
    office = directory().office(viewer.region_id)
    if office is None:
        raise NotFound
    _refuse_double(viewer, new, title, text)
    row = Piece.objects.create(
        campaign=new.campaign, kind=new.kind.value, by_unit_id=viewer.unit_id, region_id=office.region_id,
        subject_kind=new.subject_kind, category=new.category, title=title, text=text, state=PieceState.SUBMITTED.value,
        document_number=written("document_number", new.document_number, LONGEST_NUMBER), issued_on=new.issued_on,
        valid_until=new.valid_until, submitted_at=now,
    )
    keep_wording(row, viewer.unit_id, now)
    problems = joined(viewer, row, new.problems)
    judge_naming(row)
    row.save(update_fields=["names_closed"])
    attach(new.file_ids, FILES_OF, row.id, actor=actor, now=now)
    tell(PracticeFact.SUBMITTED, row, actor, now, {"problems": problems})
    return row.id


@transaction.atomic
def revise(
    viewer: Viewer, piece_id: UUID, title: str, text: str, file_ids: tuple[UUID, ...] = (), *, actor: Actor, now: datetime
) -> None:
    """Submit a returned piece again with what was asked for; the earlier wordings are kept.

    Raises NotYours, NotFound, NotNow. Raises BadInput: a title or text that cannot be kept. Raises what `attach` refuses.
    """
    row = permitted(viewer, piece_id, PieceAct.REVISE)
    title, text = said(title, text)
    reword(row, title, text, viewer.unit_id, now)
    row.state = PieceState.SUBMITTED.value
    judge_naming(row)
    row.save()
    attach(file_ids, FILES_OF, row.id, actor=actor, now=now)
    tell(PracticeFact.REVISED, row, actor, now, {"version": row.version})


@transaction.atomic
def withdraw_piece(viewer: Viewer, piece_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take a piece back before it is judged; it counts no longer.

    Raises NotYours, NotFound, NotNow. Raises BadInput: no reason.
    """
    row = permitted(viewer, piece_id, PieceAct.WITHDRAW)
    row.words = written("words", reason, LONGEST_WORDS, wanted="请写明撤回的理由。")
    row.state, row.decided_at = PieceState.WITHDRAWN.value, now
    row.save()
    tell(PracticeFact.WITHDRAWN, row, actor, now, words=row.words)


def _refuse_wrong(new: NewPiece) -> None:
    known = rulebook(new.campaign)
    is_known = not new.category or (bool(new.subject_kind) and known.has(new.subject_kind, new.category))
    for field, is_wrong, sentence in (
        ("category", not is_known or new.category == UNDECIDED, "没有这个问题类别，请重新选择。"),
        ("valid_until", bool(new.valid_until) and (not new.issued_on or new.valid_until < new.issued_on),  # type: ignore[operator]
         "有效期要在印发日期以后，请一并填写印发日期。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})


def _refuse_double(viewer: Viewer, new: NewPiece, title: str, text: str) -> None:
    found = [] if new.knowingly else doubles_of_own(viewer, title, text)
    if found:
        first, day = found[0], day_of(found[0].submitted_at)
        sentence = (
            f"与本单位{day.month}月{day.day}日报送的“{first.title}”有{first.per_cent}%相同。"
            "确实是新情况的，请勾选“不是重复报送”后再报。"
        )
        raise BadInput(sentence, {"knowingly": sentence})
