"""What waits at the problems of a batch is read once, so that it lapses where an act leaves it behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.models import Escalation, Offer, Part, Request
from zhitong.domain.problems.queries.standings import stops_running
from zhitong.domain.problems.rules.kinds import EscalationState, OfferState, PartState, RequestState
from zhitong.domain.problems.rules.lapsing import Waiting, has_waiting, with_decider, with_lapsed
from zhitong.domain.problems.rules.standing import Change

NOTHING = Waiting()


def settled(changes: Sequence[Change], calendar: Calendar, directory: Directory) -> list[Change]:
    """Changes with all that lapses by them; asks the database only where something waits, five statements at most."""
    waiting = _waiting([change.before.id for change in changes if has_waiting(change.before)])
    whole = []
    for change in changes:
        rows = waiting.get(change.before.id, NOTHING)
        whole.append(with_decider(with_lapsed(change, rows, calendar), rows, directory))
    return whole


def _waiting(problem_ids: Sequence[UUID]) -> dict[UUID, Waiting]:
    found: dict[UUID, Waiting] = dict.fromkeys(problem_ids, NOTHING)
    if not problem_ids:
        return found
    for name, model, word in (
        ("request_id", Request, RequestState.ASKED), ("offer_id", Offer, OfferState.OFFERED),
        ("proposal_id", Escalation, EscalationState.PROPOSED),
    ):
        rows = model.objects.filter(problem_id__in=problem_ids, state=word.value)
        for problem_id, row_id in rows.values_list("problem_id", "id"):
            one: dict[str, Any] = {name: row_id}
            found[problem_id] = replace(found[problem_id], **one)
    parts = Part.objects.filter(problem_id__in=problem_ids, state=PartState.ASKED.value)
    for problem_id, row_id in parts.order_by("id").values_list("problem_id", "id"):
        found[problem_id] = replace(found[problem_id], part_ids=(*found[problem_id].part_ids, row_id))
    for problem_id, stop in stops_running(problem_ids).items():
        found[problem_id] = replace(found[problem_id], stop_id=stop.id, stopped_at=stop.decided_at)
    return found
