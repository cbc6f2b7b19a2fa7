"""Taking a matter out of the pool: what is a complaint goes into its sealed channel, and its words do not stay behind."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import erase_details
from zhitong.domain.problems.actions.receiving import Decline, decline
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.refusals import NotFound

LEFT_BEHIND = "（内容已转入密封的投诉举报渠道，这里不再保留。）"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What a problem said before it was taken out, and how it stands now: declined."""

    standing: Standing
    text: str
    reporter_unit_id: UUID | None
    subject_name: str


@transaction.atomic
def take_out(step: Decline) -> TakenOut:
    """Decline a matter, give its words to the caller, and leave none of them in the pool: neither text nor history.

    The facts stay with their digests. A card in which the matter was written keeps what it said.
    Raises what `decline` raises: NotFound, NotYours, NotNow.
    """
    if step.problem_id not in standings_locked([step.problem_id]):
        raise NotFound
    said = Problem.objects.values("text", "reporter_unit_id", "subject_name").get(id=step.problem_id)
    erase_details(step.problem_id, actor=step.actor, at=step.now)
    [standing] = decline([step])
    Problem.objects.filter(id=step.problem_id).update(text=LEFT_BEHIND)
    return TakenOut(standing, said["text"], said["reporter_unit_id"], said["subject_name"])
