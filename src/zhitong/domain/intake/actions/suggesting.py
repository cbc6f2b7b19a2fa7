"""代表委员建议: a delegate puts a suggestion forward; it is answered and rated like any matter, by his unit as its reporter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import UNDECIDED, Nature, Source
from zhitong.domain.problems.rules.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What is suggested; without a category it waits for the office to choose one."""

    campaign: str
    text: str
    category: str = UNDECIDED
    actor: Actor
    now: datetime


@transaction.atomic
def suggest(viewer: Viewer, one: Suggestion) -> Standing:
    """Put a suggestion to the office of the delegates' region; answered by its due date, their satisfaction registered.

    It never is confidential. Raises NotYours: the post puts no suggestions. Raises what `raise_problems` refuses.
    Source: 冀发〔2018〕7号 四（六）; R-G6.
    """
    require(viewer, Permission.SUGGEST)
    name = unit_names([viewer.unit_id])[viewer.unit_id]
    [standing] = raise_problems([Report(
        campaign=one.campaign, source=Source.DEPUTY, nature=Nature.SUGGESTION, subject_id=None, subject_name=name,
        subject_kind="", reporter_unit_id=viewer.unit_id, region_id=viewer.region_id, category=one.category,
        text=one.text, actor=one.actor, now=one.now,
    )])
    return standing
