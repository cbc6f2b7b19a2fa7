"""Joining a piece to the problems that it tells of, and parting it from one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.actions.keeping import joined, judge_naming, permitted, tell
from zhitong.domain.practices.rules.facts import PracticeFact
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.kit.refusals import BadInput


@transaction.atomic
def join_problems(viewer: Viewer, piece_id: UUID, numbers: Sequence[str], *, actor: Actor, now: datetime) -> int:
    """Join a piece to problems by their numbers; returns how many were not joined before.

    Raises NotYours, NotFound, NotNow. Raises BadInput: no number, or one that `keeping.joined` refuses.
    """
    row = permitted(viewer, piece_id, PieceAct.JOIN)
    if not any(number.strip() for number in numbers):
        raise BadInput("请填写问题编号，一行一个。", {"problems": "请填写问题编号，一行一个。"})
    new = joined(viewer, row, numbers)
    if new:
        judge_naming(row)
        row.save(update_fields=["names_closed"])
        tell(PracticeFact.JOINED, row, actor, now, {"problems": new})
    return len(new)


@transaction.atomic
def part_problem(viewer: Viewer, piece_id: UUID, number: str, *, actor: Actor, now: datetime) -> None:
    """Part a piece from a problem.

    Raises NotYours, NotFound, NotNow. Raises BadInput: the piece does not tell of a problem of that number.
    """
    row = permitted(viewer, piece_id, PieceAct.PART)
    heads = heads_for(viewer, numbers=[number.strip()])
    gone, _by_table = row.problems.filter(problem_id__in=heads).delete()
    if not gone:
        raise BadInput("这篇稿件没有关联这个问题。", {"problem": "这篇稿件没有关联这个问题。"})
    judge_naming(row)
    row.save(update_fields=["names_closed"])
    tell(PracticeFact.PARTED, row, actor, now, {"problems": sorted(heads)})
