"""Giving the served another tier: the register row, the lists of the campaign that follow it, and the counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.counting import counted
from zhitong.domain.subjects.models import AssistanceList, Membership, Subject
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTier:
    """A tier (or none) for a subject with the words that explain it; `reason` is that of a hand, empty for the rule."""

    subject_id: UUID
    rank: Rank | None
    words: str
    reason: str = ""


@transaction.atomic
def set_tiers(tiers: Sequence[NewTier], *, campaign: str, actor: Actor, now: datetime) -> int:
    """Give subjects their tiers and let the lists follow: out of those of another tier, onto that of the new one.

    Locks the rows in the order of their ids. Lists by stage stay as they are. Returns how many have another tier now.
    Raises NotFound: a subject is not there for the actor's territory, or is no longer served.
    """
    wanted = {one.subject_id: one for one in tiers}
    rows = list(
        Subject.objects.select_for_update().filter(id__in=wanted, ended_on__isnull=True).order_by("id")
    )
    if len(rows) != len(wanted):
        raise NotFound("其中的服务对象没有找到，或者不在您的管理范围内。请刷新后重选。")
    before = {row.id: row.tier for row in rows}
    for row in rows:
        _take(row, wanted[row.id])
    with counted(list(wanted)):
        Subject.objects.bulk_update(rows, ["tier", "tier_words", "tier_reason", "version"], batch_size=1000)
    moved = [row for row in rows if row.tier != before[row.id]]
    _follow_lists(moved, campaign, now)
    record_many([
        Fact(
            SubjectFact.TIERED.value, "subject", row.id, actor, now, {"from": before[row.id], "to": row.tier},
            {"words": row.tier_words},
        )
        for row in moved
    ])
    return len(moved)


def _take(row: Subject, new: NewTier) -> None:
    row.tier = new.rank.value if new.rank else ""
    row.tier_words, row.tier_reason = new.words, new.reason
    row.version += 1


def _follow_lists(moved: Collection[Subject], campaign: str, now: datetime) -> None:
    today = day_of(now)
    lists = {
        (kind, tier): list_id
        for list_id, kind, tier in AssistanceList.objects.filter(campaign=campaign).exclude(tier="")
        .values_list("id", "kind", "tier")
    }
    standing = set(
        Membership.objects.filter(list_id__in=lists.values(), subject__in=moved, until__isnull=True)
        .values_list("list_id", "subject_id")
    )
    wanted = {(lists[row.kind, row.tier], row.id) for row in moved if (row.kind, row.tier) in lists}
    for list_id in set(lists.values()):
        out = [subject_id for at, subject_id in standing - wanted if at == list_id]
        if out:
            Membership.objects.filter(list_id=list_id, subject_id__in=out, until__isnull=True).update(until=today)
    Membership.objects.bulk_create(
        [Membership(list_id=at, subject_id=subject_id, since=today) for at, subject_id in sorted(wanted - standing)], 2000
    )
