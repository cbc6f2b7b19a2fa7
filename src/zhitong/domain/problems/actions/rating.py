"""The head of the firm rates an answer too: beside the reporter's word, never in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.problems.actions.closing import newest_answers
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run_seeing
from zhitong.domain.problems.models import Verdict
from zhitong.domain.problems.rules.kinds import Rating
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Step):
    """What the head says: of the solution and of the reply, any of the three words; `device` as in closing.Confirm."""

    rating: Rating
    reply_rating: Rating | None = None
    words: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class _Rated:
    newest: dict[UUID, UUID]
    rated: frozenset[UUID]


def rate(steps: Sequence[Rate]) -> list[Standing]:
    """Keep what heads of firms say of the newest answers; what scores stays the reporter's first word.

    Raises NotNow: the head has rated this answer.
    """

    def decide(step: Rate, standing: Standing, here: Desk, seen: _Rated) -> Change:
        answer_id = seen.newest.get(standing.id)
        if answer_id is None or answer_id in seen.rated:
            raise NotNow("每份答复负责人只评价一次，您已经评价过这份答复。")
        verdict = {
            "id": uuid7(), "problem_id": standing.id, "answer_id": answer_id, "by_head": True, "rating": step.rating.value,
            "reply_rating": step.reply_rating.value if step.reply_rating else "", "words": step.words,
            "device": step.device, "at": step.now,
        }
        after = moved(standing, Act.RATE, step.actor, step.now)
        return Change(
            Act.RATE, step.actor, step.now, standing, after, rows=(("Verdict", verdict),),
            body={"rating": step.rating, "reply_rating": step.reply_rating},
            words={"words": step.words} if step.words else {},
        )

    return run_seeing(Act.RATE, steps, _rated, decide)


def _rated(problem_ids: Sequence[UUID]) -> _Rated:
    newest = newest_answers(problem_ids)
    by_head = Verdict.objects.filter(answer_id__in=newest.values(), by_head=True)
    return _Rated(newest, frozenset(by_head.values_list("answer_id", flat=True)))
