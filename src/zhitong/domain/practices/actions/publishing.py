"""Publishing a good practice or a policy result to the officials of a region, and taking it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.actions.keeping import LONGEST_NUMBER, LONGEST_WORDS, judge_naming, permitted, tell
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import PieceKind, PieceState
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written


class NamesWhatIsClosed(Refused):
    """The piece names a problem that its firm wants kept confidential or that is unnamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """With what a piece is published: of a policy result its 文号, the day of issue and, where it ends, until when it is valid."""

    document_number: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


@transaction.atomic
def publish(viewer: Viewer, piece_id: UUID, publishing: Publishing, *, actor: Actor, now: datetime) -> None:
    """Publish an adopted piece to all officials of its region and below.

    Raises NotYours, NotFound, NotNow. Raises NamesWhatIsClosed. Raises BadInput: a policy result without its number and day, a
    day of issue to come, or valid until before it. Source: R-H5, R-F13.
    """
    row = permitted(viewer, piece_id, PieceAct.PUBLISH)
    row.document_number = written("document_number", publishing.document_number, LONGEST_NUMBER)
    row.issued_on, row.valid_until = publishing.issued_on, publishing.valid_until
    _refuse_wrong(PieceKind(row.kind), publishing, row.document_number, day_of(now))
    closed = judge_naming(row)
    if closed:
        named = "、".join(closed)
        raise NamesWhatIsClosed(f"稿件关联或写到了企业要求保密、隐名的问题（{named}），不能发布。请取消关联、删去编号后再发布。")
    row.state, row.published_at = PieceState.PUBLISHED.value, now
    row.save()
    tell(PracticeFact.PUBLISHED, row, actor, now, {"issued_on": row.issued_on, "valid_until": row.valid_until})


@transaction.atomic
def take_down(viewer: Viewer, piece_id: UUID, words: str, *, actor: Actor, now: datetime) -> None:
    """Take a published piece down; it stays adopted and may be edited and published anew.

    Raises NotYours, NotFound, NotNow. Raises BadInput: no reason.
    """
    row = permitted(viewer, piece_id, PieceAct.TAKE_DOWN)
    row.words = written("words", words, LONGEST_WORDS, wanted="请写明撤下的理由。")
    row.state = PieceState.ADOPTED.value
    row.save()
    tell(PracticeFact.TAKEN_DOWN, row, actor, now, words=row.words)


def _refuse_wrong(kind: PieceKind, publishing: Publishing, number: str, today: date) -> None:
    issued_on, valid_until = publishing.issued_on, publishing.valid_until
    is_result = kind is PieceKind.POLICY_RESULT
    for field, is_wrong, sentence in (
        ("document_number", is_result and not number, "制度成果请填写文号。"),
        ("issued_on", is_result and issued_on is None, "制度成果请填写印发日期。"),
        ("issued_on", issued_on is not None and issued_on > today, "印发日期不能晚于今天。"),
        ("valid_until", valid_until is not None and (issued_on is None or valid_until < issued_on), "有效期要在印发日期以后。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})
