"""Setting a tier by hand with reason and permission, and releasing it to the rule; the rule's word stays beside it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.actions.tiering import NewTier, set_tiers
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.one import may_see
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import HELPED, Tiering, tier_of
from zhitong.domain.tiering.models import Move
from zhitong.domain.tiering.queries.judging import candidates_of
from zhitong.domain.tiering.queries.standards import standard_in_force
from zhitong.domain.tiering.rules.kinds import MoveCause, TieringFact
from zhitong.domain.tiering.rules.running import by_hand, decided_at
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST = 200
"""How long a reason may be, in characters."""


class NotThisLevel(Refused):
    """Another level decides this move."""


class NothingToRelease(Refused):
    """The tier follows the rule already."""


@transaction.atomic
def override(
    viewer: Viewer, subject_id: UUID, rank: Rank | None, *, reason: str, allowed_by: str, campaign: str, actor: Actor,
    now: datetime,
) -> None:
    """Set the tier of a subject by hand (None: on no tier); it stays until it is released, whatever later runs say.

    Raises NotYours: not a post of a campaign office. Raises NotFound: the subject is not there for the viewer.
    Raises BadInput: a level that keeps no list, no reason, or nobody who allowed it. Raises NotThisLevel: another level decides this move.
    """
    require(viewer, Permission.DISPATCH)
    row = _locked(viewer, subject_id)
    _stop_if_unsaid(rank, reason, allowed_by)
    before, kept = _rank(row.tier), reason.strip()
    _stop_if_elsewhere(viewer, before, rank)
    said = _by_rule(row, campaign)
    _write(
        row, NewTier(subject_id=row.id, rank=rank, words=by_hand(said, rank, kept), reason=kept), MoveCause.OVERRIDE, kept,
        allowed_by.strip(), campaign, actor, now,
    )
    record(
        TieringFact.OVERRIDDEN.value, thing_kind="subject", thing_id=row.id, actor=actor, at=now,
        body={"from": before, "to": rank, "by_rule": said.rank}, details={"reason": kept, "allowed_by": allowed_by.strip()},
    )


@transaction.atomic
def release(viewer: Viewer, subject_id: UUID, *, reason: str, campaign: str, actor: Actor, now: datetime) -> Rank | None:
    """Let the rule decide again about a tier that was set by hand; returns the tier it gives.

    Raises NotYours, NotFound, BadInput and NotThisLevel as `override`. Raises NothingToRelease: no hand has set it.
    """
    require(viewer, Permission.DISPATCH)
    row = _locked(viewer, subject_id)
    if not 0 < len(reason.strip()) <= LONGEST:
        raise BadInput("请写明恢复的理由。", {"reason": f"请写明恢复的理由，最多{LONGEST}字。"})
    if not row.tier_reason:
        raise NothingToRelease("这个服务对象的级别本来就按规则确定，不需要恢复。")
    said, before = _by_rule(row, campaign), _rank(row.tier)
    _stop_if_elsewhere(viewer, before, said.rank)
    _write(
        row, NewTier(subject_id=row.id, rank=said.rank, words=said.words), MoveCause.RELEASE, reason.strip(), "",
        campaign, actor, now,
    )
    record(
        TieringFact.RELEASED.value, thing_kind="subject", thing_id=row.id, actor=actor, at=now,
        body={"from": before, "to": said.rank}, details={"reason": reason.strip()},
    )
    return said.rank


def _locked(viewer: Viewer, subject_id: UUID) -> Subject:
    row = Subject.objects.select_for_update().filter(id=subject_id, ended_on__isnull=True).first()
    if row is None or not may_see(viewer, row):
        raise NotFound
    return row


def _stop_if_unsaid(rank: Rank | None, reason: str, allowed_by: str) -> None:
    faults = {}
    if rank is not None and rank not in HELPED:
        faults["tier"] = f"{rank.label}没有帮扶名单，请选{'、'.join(one.label for one in HELPED)}，或不列入。"
    if not 0 < len(reason.strip()) <= LONGEST:
        faults["reason"] = f"请写明调整的理由，最多{LONGEST}字。"
    if not allowed_by.strip():
        faults["allowed_by"] = "请写明谁批准调整。"
    if faults:
        raise BadInput("人工调整要写明级别、理由和批准人。", faults)


def _stop_if_elsewhere(viewer: Viewer, before: Rank | None, after: Rank | None) -> None:
    """The level of the higher tier decides; a tier that stays is kept by the level that has it."""
    level = decided_at(before, after) or after
    if level is not None and directory().regions[viewer.region_id].rank is not level:
        raise NotThisLevel(f"{level.label}名单由{level.label}活动办公室确定。请向其提出，由其调整。")


def _by_rule(row: Subject, campaign: str) -> Tiering:
    kind = SubjectKind(row.kind)
    [one] = candidates_of([row.id], kind, campaign=campaign)
    return tier_of(one.facts, standard_in_force(campaign, kind, row.region_id).rules)


def _write(
    row: Subject, new: NewTier, cause: MoveCause, reason: str, allowed_by: str, campaign: str, actor: Actor,
    now: datetime,
) -> None:
    before = row.tier
    set_tiers([new], campaign=campaign, actor=actor, now=now)
    Move.objects.create(
        subject_id=row.id, kind=row.kind, from_tier=before, to_tier=str(new.rank or ""), cause=cause.value,
        reason=reason, allowed_by=allowed_by, words=new.words, unit_id=actor.unit_id, at=now,
    )


def _rank(word: str) -> Rank | None:
    return Rank(word) if word else None
