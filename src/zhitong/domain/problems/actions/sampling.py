"""A second look by the office above at what an office declined: drawn by a seed when the month is over. R-F9."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import Check, Party, Problem
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import CheckKind, CheckState, PartyRole, State
from zhitong.domain.problems.rules.sampling import drawn, seed_of
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound

VERDICTS = (CheckState.SOUND, CheckState.WANTING)
"""What an office may find of a decline: the papers are there, so nobody stays unreached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the office above found of a declined matter, and why."""

    check_id: UUID
    found: CheckState
    words: str
    actor: Actor
    now: datetime


@transaction.atomic
def sample_declined(now: datetime) -> int:
    """Draw from what was declined in the month before, for each office above those that declined; returns how many.

    For the schedule: a month and place that has been drawn is not drawn again, so doing it twice changes nothing. The root's
    own declines have no office above. One problem of an office that declined any is always drawn (package: `samples`).
    """
    first = day_of(now).replace(day=1)
    month = (first - timedelta(days=1)).replace(day=1)
    begin, end = (datetime(day.year, day.month, 1, tzinfo=SHANGHAI) for day in (month, first))
    rows = Problem.objects.filter(state=State.DECLINED.value, objections=0, ended_at__gte=begin, ended_at__lt=end)
    here = directory()
    piles: dict[tuple[str, UUID], list[UUID]] = {}
    for problem_id, campaign, region_id in rows.values_list("id", "campaign", "region_id"):
        above = _office_above(region_id, here)
        if above is not None:
            piles.setdefault((campaign, above), []).append(problem_id)
    return sum(_draw(campaign, office_id, month, ids, here, now) for (campaign, office_id), ids in sorted(piles.items()))


def _office_above(region_id: UUID, here: Directory) -> UUID | None:
    home = here.office(region_id)
    above = here.office_above(home.region_id) if home else None
    return above.id if above else None


def _draw(campaign: str, office_id: UUID, month: date, ids: Iterable[UUID], here: Directory, now: datetime) -> int:
    share = rulebook(campaign).samples.get(CheckKind.DECLINED)
    seed = seed_of(campaign, month, here.regions[here.units[office_id].region_id].code)
    if share is None or Check.objects.filter(kind=CheckKind.DECLINED.value, seed=seed).exists():
        return 0
    chosen = drawn(seed, ids, share)
    Check.objects.bulk_create([
        Check(id=uuid7(), problem_id=one, kind=CheckKind.DECLINED.value, state=CheckState.WAITING.value, unit_id=office_id,
              seed=seed, asked_at=now)
        for one in chosen
    ], ignore_conflicts=True)
    Party.objects.bulk_create(
        [Party(unit_id=office_id, problem_id=one, role=PartyRole.INFORMED.value, since=now) for one in chosen],
        ignore_conflicts=True,
    )
    return len(chosen)


@transaction.atomic
def judge_decline(judged: Judged) -> None:
    """Register what the office found; a wanting decline is told to the office that declined, which decides nothing anew.

    The firm may still object: that, and not the sample, reopens the matter.
    Raises NotFound: no such sample waits for this office. Raises NotNow: it was judged before. Raises NotYours: no right.
    """
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.DISPATCH)
    check = (
        Check.objects.select_for_update(of=("self",)).select_related("problem")
        .filter(id=judged.check_id, kind=CheckKind.DECLINED.value).first()
    )
    if check is None or check.unit_id != judged.actor.unit_id or judged.found not in VERDICTS:
        raise NotFound
    if check.state != CheckState.WAITING.value:
        raise NotNow(f"这一件已经登记为“{CheckState(check.state).label}”，不能重复登记。请刷新页面查看。")
    check.state, check.words, check.settled_at = judged.found.value, judged.words, judged.now
    check.save(update_fields=["state", "words", "settled_at"])
    home = directory().office(check.problem.region_id)
    body = {"found": judged.found, "seed": check.seed, "office": home.id if home else None}
    kind = ProblemFact.DECLINE_WANTING if judged.found is CheckState.WANTING else ProblemFact.DECLINE_SOUND
    record_many([
        Fact(kind.value, "problem", check.problem_id, judged.actor, judged.now, body, {"reason": judged.words})
    ])
