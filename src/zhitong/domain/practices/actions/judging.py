"""The office of a region judges what was submitted: gives it back, edits it, adopts it or passes it over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.actions.keeping import LONGEST_WORDS, judge_naming, permitted, reword, said, tell
from zhitong.domain.practices.actions.using import note_above
from zhitong.domain.practices.models import Piece
from zhitong.domain.practices.queries.sight import pieces_inside
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import PassingOver, PieceState
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written


class WordedMeanwhile(Refused):
    """Another wrote a newer wording of the piece meanwhile."""


@transaction.atomic
def give_back(viewer: Viewer, piece_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Ask the unit to write more; the piece comes back to the desk when it has.

    Raises NotYours, NotFound, NotNow. Raises BadInput: what is missing is not said.
    """
    row = permitted(viewer, piece_id, PieceAct.RETURN)
    row.words = written("words", words, LONGEST_WORDS, wanted="请写明还要补充什么。")
    row.state = PieceState.RETURNED.value
    row.save()
    tell(PracticeFact.RETURNED, row, actor, now, words=row.words)


@transaction.atomic
def edit(viewer: Viewer, piece_id: UUID, version: int, title: str, text: str, *, actor: Actor, now: datetime) -> int:
    """Give a piece the office's wording beside the unit's own; returns the number of the wording in force.

    `version` is the wording that the editor began with. Raises NotYours, NotFound, NotNow. Raises WordedMeanwhile: there is a
    newer one. Raises BadInput: a title or text that cannot be kept.
    """
    row = permitted(viewer, piece_id, PieceAct.EDIT)
    title, text = said(title, text)
    if version != row.version:
        raise WordedMeanwhile(f"您打开之后，有人已改成第{row.version}稿。您写的还在下面，请对照稿件页的新稿改好后再保存。")
    reword(row, title, text, viewer.unit_id, now)
    judge_naming(row)
    row.save()
    tell(PracticeFact.EDITED, row, actor, now, {"version": row.version})
    return row.version


@transaction.atomic
def adopt(viewer: Viewer, piece_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Adopt a piece; where it came from below, the pieces it was made of are noted as used above.

    Raises NotYours, NotFound, NotNow. Raises BadInput: the opinion is too long or marked as classified.
    """
    row = permitted(viewer, piece_id, PieceAct.ADOPT)
    row.words = written("words", words, LONGEST_WORDS)
    row.state, row.adopted_at, row.decided_at = PieceState.ADOPTED.value, now, now
    judge_naming(row)
    row.save()
    tell(PracticeFact.ADOPTED, row, actor, now, words=row.words)
    note_above(row, directory().name_of(viewer.unit_id), actor, now)


@transaction.atomic
def pass_over(
    viewer: Viewer, piece_id: UUID, why: PassingOver, words: str, double_of: UUID | None = None, *, actor: Actor, now: datetime
) -> None:
    """Not adopt a piece, with the reason; for a double, the piece that told it first.

    Raises NotYours, NotFound, NotNow. Raises BadInput: a double of nothing.
    """
    row = permitted(viewer, piece_id, PieceAct.PASS_OVER)
    row.words = written("words", words, LONGEST_WORDS)
    if why is PassingOver.DOUBLE:
        row.double_of = _first_told(viewer, row, double_of)
    row.passed_over, row.state, row.decided_at = why.value, PieceState.PASSED_OVER.value, now
    row.save()
    tell(PracticeFact.PASSED_OVER, row, actor, now, {"why": why, "double_of": row.double_of_id}, row.words)


def _first_told(viewer: Viewer, row: Piece, double_of: UUID | None) -> Piece:
    """The piece that told the same before. Raises BadInput: none is named. Raises NotFound: it is none of the region's."""
    if double_of is None:
        raise BadInput("请选择与哪一篇重复。", {"double_of": "请选择与哪一篇重复。"})
    first = pieces_inside(viewer).filter(id=double_of, region_id=row.region_id).exclude(id=row.id).first()
    if first is None:
        raise NotFound
    return first
