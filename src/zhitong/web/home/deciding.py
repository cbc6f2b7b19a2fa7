"""What waits for the word of an office: excuses, corrections, removals from its lists, tiers worked out, changes of plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.cards.queries import corrections_to_decide, excuses_to_decide
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.waiting import changes_waiting
from zhitong.domain.subjects.queries.removals import removals_waiting_for
from zhitong.domain.tiering.queries.duties import duties_for as tier_duties
from zhitong.web.shell.components import Text


@dataclass(frozen=True)
class ToDecide:
    """One thing to decide: whom it is about, what is asked and why, since when."""

    title: str
    url: str
    asked: Text
    at: datetime


LOOKED_AT = 50
"""Of each kind; who has more waiting is told that it is so many or more."""


def to_decide(viewer: Viewer) -> list[ToDecide]:
    """Everything that waits for this office's word: of each kind in turn the longest waiting; nobody else has any."""
    if not viewer.may(Permission.DISPATCH):
        return []
    kinds = (_excuses(viewer), _corrections(viewer), _of_lists(viewer), _of_tiers(viewer), _of_the_plan(viewer))
    turns = zip_longest(*(sorted(kind, key=lambda one: one.at) for kind in kinds))
    return [one for turn in turns for one in turn if one is not None]


def _excuses(viewer: Viewer) -> list[ToDecide]:
    return [
        ToDecide(one.subject_name, reverse("cards:excuse", args=[one.id]), _("%(round)s未报原因：%(reason)s，%(unit)s登记") % {
            "round": one.round_name, "reason": one.reason.label, "unit": one.asked_in,
        }, one.asked_at) for one in excuses_to_decide(viewer, limit=LOOKED_AT)
    ]


def _corrections(viewer: Viewer) -> list[ToDecide]:
    return [
        ToDecide(one.subject_name, reverse("cards:correction", args=[one.id]), _("申请更正%(round)s的卡片：%(reason)s") % {
            "round": one.round_name, "reason": one.reason,
        }, one.asked_at) for one in corrections_to_decide(viewer, limit=LOOKED_AT)
    ]


def _of_lists(viewer: Viewer) -> list[ToDecide]:
    return [
        ToDecide(one.subject, reverse("subjects:decide", args=[one.id]), _("%(unit)s申请移出“%(list)s”：%(cause)s") % {
            "unit": one.asked_by, "list": one.list, "cause": one.cause.label,
        }, one.asked_at) for one in removals_waiting_for(viewer)
    ]


def _of_tiers(viewer: Viewer) -> list[ToDecide]:
    return [
        ToDecide(
            one.kind.label, f"{reverse('tiering:list')}?kind={one.kind.value}",
            _("分级测算已有结果，%d户的级别由本级决定，等采用") % one.moves, one.made_at,
        ) for one in tier_duties(viewer)
    ]


def _of_the_plan(viewer: Viewer) -> list[ToDecide]:
    return [
        ToDecide(
            one.title,
            reverse("targets:page", args=[one.target_id]) if one.target_id else reverse("amendments:page", args=[one.id]),
            (_("%s提出进度曲线，等认可") if one.target_id else _("%s提请调整，等批准")) % one.region, one.asked_at,
        ) for one in changes_waiting(viewer, limit=LOOKED_AT)
    ]
