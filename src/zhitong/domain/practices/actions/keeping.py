"""What every act on a piece does alike: finding it, asking the rules, keeping a wording, judging what it names, telling it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.practices.models import Piece, PieceProblem, PieceWording
from zhitong.domain.practices.queries.sight import hands_on, pieces_inside
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.kinds import PieceKind, PieceState
from zhitong.domain.practices.rules.naming import numbers_in
from zhitong.domain.practices.rules.way import PieceAct, why_not
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_TITLE, LONGEST_TEXT, LONGEST_WORDS, LONGEST_NUMBER, MOST_PROBLEMS = 120, 2000, 400, 60, 20
SETTLED = frozenset({State.ANSWERED, State.CONFIRMED, State.CLOSED})
"""A piece tells of problems that have been answered; what is still being handled has taught nothing yet."""


class NotNow(Refused):
    """The piece has come too far for that, or not far enough, or it is another's to do."""


def permitted(viewer: Viewer, piece_id: UUID, act: PieceAct) -> Piece:
    """A piece that the viewer's unit may do this with now, locked.

    Raises NotYours: the post handles nothing. Raises NotFound. Raises NotNow: the state or the hand is another.
    """
    require(viewer, Permission.HANDLE)
    row = pieces_inside(viewer).select_for_update(of=("self",)).filter(id=piece_id).first()
    if row is None:
        raise NotFound
    reason = why_not(act, PieceKind(row.kind), PieceState(row.state), hands_on(row, viewer.unit_id))
    if reason:
        raise NotNow(reason)
    return row


def said(title: str, text: str) -> tuple[str, str]:
    """A title and a text as they are kept.

    Raises BadInput: one is missing, too long, or marked as classified.
    """
    return (
        written("title", title, LONGEST_TITLE, wanted="请写明标题。"),
        written("text", text, LONGEST_TEXT, wanted="请写明做了什么、成效如何。"),
    )


def keep_wording(row: Piece, unit_id: UUID, now: datetime) -> None:
    """Keep the wording that a piece has now beside the earlier ones."""
    PieceWording.objects.create(piece=row, version=row.version, title=row.title, text=row.text, unit_id=unit_id, at=now)


def reword(row: Piece, title: str, text: str, unit_id: UUID, now: datetime) -> None:
    """Give a piece its next wording; the caller saves the row. Nothing happens where both are as they were."""
    if (title, text) != (row.title, row.text):
        row.title, row.text, row.version = title, text, row.version + 1
        keep_wording(row, unit_id, now)


def joined(viewer: Viewer, row: Piece, numbers: Sequence[str]) -> list[UUID]:
    """Join problems by their numbers to a piece; returns the ids of those that were not joined before.

    Raises BadInput, at `problems`: a number that the viewer does not see, a problem outside the piece's region, one that is
    not answered yet, or too many.
    """
    wanted = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if len(wanted) > MOST_PROBLEMS:
        raise _wrong(f"一篇稿件最多关联{MOST_PROBLEMS}个问题。")
    heads = {head.standing.number: head.standing for head in heads_for(viewer, numbers=wanted).values()} if wanted else {}
    within = set(directory().within(row.region_id)) if wanted else set()
    for number in wanted:
        standing = heads.get(number)
        if standing is None or standing.region_id not in within:
            raise _wrong(f"没有找到编号为“{number}”的问题，或者不在本辖区。请核对编号。")
        if standing.state not in SETTLED:
            raise _wrong(f"“{number}”现在是“{standing.state.label}”，答复后才能关联。")
    there = set(row.problems.values_list("problem_id", flat=True))
    new = [heads[number].id for number in wanted if heads[number].id not in there]
    PieceProblem.objects.bulk_create(PieceProblem(piece=row, problem_id=one) for one in new)
    return new


def judge_naming(row: Piece) -> list[str]:
    """Note on a piece whether it names what is closed (the caller saves it); returns the numbers that make it so.

    Closed is a problem that its firm wants kept confidential or that is unnamed, and one that the viewer does not see.
    """
    numbers = numbers_in(row.title, row.text)
    rows = Problem.objects.filter(number__in=numbers) | Problem.objects.filter(id__in=row.problems.values("problem_id"))
    open_to = {number: not (confidential or unnamed) for number, confidential, unnamed in rows.order_by("number").values_list(
        "number", "confidential", "unnamed")}
    closed = [number for number in dict.fromkeys([*numbers, *open_to]) if not open_to.get(number, False)]
    row.names_closed = bool(closed)
    return closed


def tell(
    kind: PracticeFact, row: Piece, actor: Actor, now: datetime, body: dict[str, object] | None = None, words: str = "",
    *, also: dict[str, str] | None = None,
) -> None:
    """Record what was done to a piece; `on` is the day on which it was submitted."""
    office = directory().office(row.region_id)
    known = {
        "kind": row.kind, "region": row.region_id, "by_unit": row.by_unit_id, "office": office.id if office else None,
        "on": day_of(row.submitted_at),
    }
    details = {"title": row.title, **({"words": words} if words else {}), **(also or {})}
    record(kind.value, thing_kind="piece", thing_id=row.id, actor=actor, at=now, body={**known, **(body or {})}, details=details)


def _wrong(sentence: str) -> BadInput:
    return BadInput(sentence, {"problems": sentence})
