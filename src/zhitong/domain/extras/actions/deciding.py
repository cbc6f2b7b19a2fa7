"""The office weighs proposals, lists them as tasks with a lead and a timetable, or turns them down with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.extras.actions.proposing import LONGEST_WORDS, found, must_allow, must_be_office, tell
from zhitong.domain.extras.models import Criterion, Proposal, Score
from zhitong.domain.extras.queries.criteria import criteria_of
from zhitong.domain.extras.rules.facts import ExtraFact
from zhitong.domain.extras.rules.kinds import ON_THE_LIST, ExtraAct, ProposalState
from zhitong.domain.extras.rules.weighing import Points, faults_of, score_of
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.actions.listing import ListedTask, put_on_list
from zhitong.domain.plans.actions.scheduling import NewMilestone, make_milestones
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written


class NothingToPublish(Refused):
    """Everything on the list is published."""


@transaction.atomic
def weigh(viewer: Viewer, proposal_id: UUID, points: Sequence[Points], *, actor: Actor, now: datetime) -> None:
    """Give a proposal its points, one for each criterion of the campaign with its words; again until it is decided.

    Raises NotFound, NotYoursToDecide, NotNow. Raises BadInput: a criterion without points or words, or out of bounds.
    """
    row = found(viewer, proposal_id)
    must_be_office(viewer, row.region_id)
    must_allow(row, ExtraAct.WEIGH)
    criteria = criteria_of(row.campaign)
    faults = faults_of(criteria, points)
    if faults or not criteria:
        raise BadInput("；".join(faults.values()) or "活动没有写评议标准，请先在活动包里写上。", faults)
    ids = dict(Criterion.objects.filter(campaign=row.campaign).values_list("code", "id"))
    by_code = {one.code: one for one in points if one.code in ids}
    Score.objects.filter(proposal=row).delete()
    Score.objects.bulk_create([
        Score(
            proposal=row, criterion_id=ids[one.code], points=one.points, words=written(one.code, one.words, 200),
            by_unit_id=viewer.unit_id, at=now,
        ) for one in by_code.values()
    ])
    row.score = score_of(criteria, {code: one.points for code, one in by_code.items()})
    row.state = ProposalState.WEIGHED.value
    row.save(update_fields=["score", "state"])
    tell(row, ExtraFact.WEIGHED, actor, now, {"score": row.score})


@transaction.atomic
def put_on_the_list(
    viewer: Viewer, proposal_id: UUID, *, lead_unit_id: UUID, steps: Sequence[tuple[str, date]], words: str = "", actor: Actor,
    now: datetime,
) -> UUID:
    """List a weighed proposal: it becomes a task of the region's own list, with its lead and its timetable.

    Returns the id of the task. Raises NotFound, NotYoursToDecide, NotNow. Raises BadInput: no milestone, days past, a lead
    that is not of the region.
    """
    row = found(viewer, proposal_id)
    must_be_office(viewer, row.region_id)
    must_allow(row, ExtraAct.LIST)
    here = directory()
    lead = here.units.get(lead_unit_id)
    if lead is None or lead.region_id not in set(here.within(row.region_id)):
        raise BadInput("牵头单位要从本地区的单位中选择。", {"lead_unit": "牵头单位要从本地区的单位中选择。"})
    _refuse_steps(steps, day_of(now))
    task_id = put_on_list(_task_of(row, here.regions[row.region_id], lead.id, lead.name, day_of(now)))
    make_milestones(task_id, lead.region_id, [NewMilestone(name=name, due_on=due_on, unit_id=lead.id) for name, due_on in steps])
    row.state, row.task_id, row.lead_unit_id, row.decided_at = ProposalState.LISTED.value, task_id, lead.id, now
    row.decision = written("words", words, LONGEST_WORDS)
    row.save(update_fields=["state", "task", "lead_unit", "decided_at", "decision"])
    tell(row, ExtraFact.LISTED, actor, now, {"lead": lead.id, "task": task_id})
    return task_id


@transaction.atomic
def turn_down(viewer: Viewer, proposal_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Leave a proposal off the list, with the reason, which its proposer is told.

    Raises NotFound, NotYoursToDecide, NotNow. Raises BadInput: no reason.
    """
    row = found(viewer, proposal_id)
    must_be_office(viewer, row.region_id)
    must_allow(row, ExtraAct.TURN_DOWN)
    row.decision = written("reason", reason, LONGEST_WORDS, wanted="请写明不列入的理由，申报单位会看到。")
    row.state, row.decided_at = ProposalState.UNLISTED.value, now
    row.save(update_fields=["decision", "state", "decided_at"])
    tell(row, ExtraFact.TURNED_DOWN, actor, now, {}, {"reason": row.decision})


@transaction.atomic
def publish_list(viewer: Viewer, campaign: str, region_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Publish what is on the list of a region and was not yet: every unit below may read it. Returns how many.

    Raises NotYoursToDecide, NothingToPublish.
    """
    must_be_office(viewer, region_id)
    rows = list(Proposal.objects.filter(
        campaign=campaign, region_id=region_id, state__in=[state.value for state in ON_THE_LIST], published_on__isnull=True
    ))
    if not rows:
        raise NothingToPublish("清单上没有还未公布的项目。")
    Proposal.objects.filter(id__in=[row.id for row in rows]).update(published_on=day_of(now))
    for row in rows:
        tell(row, ExtraFact.PUBLISHED, actor, now, {})
    return len(rows)


def _refuse_steps(steps: Sequence[tuple[str, date]], today: date) -> None:
    if not steps:
        raise BadInput("请至少写一个节点和日期。", {"steps": "请至少写一个节点和日期，例如：完成施工 2018-10-31"})
    if any(due_on < today for _name, due_on in steps):
        raise BadInput("节点的日期不能早于今天。", {"steps": "节点的日期不能早于今天。"})


def _task_of(row: Proposal, region: RegionEntry, lead_id: UUID, lead: str, today: date) -> ListedTask:
    return ListedTask(
        campaign=row.campaign, region_id=region.id, region_code=region.code, list_title=f"{region.name}民生微实事清单",
        title=row.title, content=f"{row.place}：{row.what}", lead_unit_id=lead_id, lead=lead, listed_on=today,
    )
