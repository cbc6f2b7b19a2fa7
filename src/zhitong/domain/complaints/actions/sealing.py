"""Out of the ordinary pool: a matter that turns out to be a complaint is declined there and sealed here, in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.complaints.actions.submitting import LONGEST_TEXT, Charge, checked, seal_up
from zhitong.domain.complaints.rules.kinds import Act
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.actions.receiving import Decline
from zhitong.domain.problems.actions.sealing import take_out
from zhitong.domain.problems.rules.kinds import DeclineReason

RULE = "投诉举报由被投诉单位的上一级指定机构密封受理，不在问题办理中公开流转（《信访条例》第二十三条）。"
CHANNEL = "已转入“投诉举报（密封）”。请在系统首页的“投诉举报”中查看办理情况；除本企业和受理机构外，任何单位都看不到。"

LONGEST_TAKEN_OUT = 3 * LONGEST_TEXT
"""What was told and supplied in the pool is taken whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """An office's finding that a problem is a complaint: about which unit, or whom in words and at which level."""

    problem_id: UUID
    unit_id: UUID | None = None
    region_id: UUID | None = None
    person: str = ""
    actor: Actor
    now: datetime


@transaction.atomic
def seal(one: Seal) -> None:
    """Seal a problem that waits for acceptance: declined in the pool, its words moved to the receiver one level above.

    The office that seals is no party: it gets no number and sees nothing of it afterwards. The reporter reads the right
    channel and finds the complaint among his own.
    Raises NotFound, NotYours, NotNow as declining does; BadInput, NoChannel as `submit` does. Then nothing has changed.
    Source: R-F13, R-F9; 信访条例 第二十三条.
    """
    taken = take_out(Decline(
        problem_id=one.problem_id, actor=one.actor, now=one.now, reason=DeclineReason.COMPLAINT, rule=RULE,
        channel=CHANNEL,
    ))
    charge = Charge(
        campaign=taken.standing.campaign, unit_id=one.unit_id, region_id=one.region_id, person=one.person,
        text=taken.text, is_unnamed=taken.standing.unnamed,
    )
    seal_up(
        checked(charge, LONGEST_TAKEN_OUT), Act.SEAL, by=one.actor, complainant_id=taken.reporter_unit_id,
        name="" if taken.standing.unnamed else taken.subject_name, now=one.now, problem_id=one.problem_id,
    )
