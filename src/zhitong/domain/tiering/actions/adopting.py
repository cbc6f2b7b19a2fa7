"""Adopting a run: one act with a reason, for what the office's own level decides; lists and moves follow."""

from __future__ import annotations

from collections.abc import Sequence
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
from zhitong.domain.tiering.models import Move, Result, Run, TierStandard
from zhitong.domain.tiering.rules.kinds import MoveCause, StandardOrigin, TieringFact
from zhitong.domain.tiering.rules.running import decided_at
from zhitong.kit.refusals import BadInput, NotFound, Refused

NAMED = 3
"""How many firms a refusal names."""


class NotAdoptable(Refused):
    """The run was adopted already, or the served have changed since it was made."""


@transaction.atomic
def adopt(viewer: Viewer, run_id: UUID, reason: str, *, actor: Actor, now: datetime) -> int:
    """Give the served the tiers of a run, as far as the office's own level decides, and let its standard hold.

    A move is decided by the higher of its two levels; what others decide stays and is shown. Returns how many moved.
    Raises NotYours: not a post of a campaign office. Raises NotFound: the run is not this office's.
    Raises BadInput: no reason. Raises NotAdoptable: adopted before, or somebody's tier has changed since.
    """
    require(viewer, Permission.DISPATCH)
    run = Run.objects.select_for_update().filter(id=run_id, region_id=viewer.region_id).first()
    if run is None:
        raise NotFound
    if not reason.strip():
        raise BadInput("请写明采用的理由，例如依据哪次会议。", {"reason": "请写明采用的理由。"})
    if run.adopted_at is not None:
        raise NotAdoptable("这次测算已经采用过。如需调整，请重新测算。")
    moves = _own_moves(run, directory().regions[viewer.region_id].rank)
    _stop_if_changed(moves)
    set_tiers(
        [NewTier(subject_id=one.subject_id, rank=_rank(one.tier), words=one.words) for one in moves],
        campaign=run.campaign, actor=actor, now=now,
    )
    run.adopted_at, run.reason = now, reason.strip()
    run.save(update_fields=["adopted_at", "reason"])
    _write_moves(run, moves, actor, now)
    _let_hold(run)
    record(
        TieringFact.ADOPTED.value, thing_kind="tier_run", thing_id=run.id, actor=actor, at=now,
        body={"kind": run.kind, "region": run.region_id, "moves": len(moves)}, details={"reason": run.reason},
    )
    return len(moves)


def _own_moves(run: Run, rank: Rank) -> list[Result]:
    """The results that move and that the level decides."""
    changed = Result.objects.filter(run=run).order_by("id")
    return [
        one for one in changed
        if one.tier != one.tier_before and decided_at(_rank(one.tier_before), _rank(one.tier)) is rank
    ]


def _stop_if_changed(moves: Sequence[Result]) -> None:
    wanted = {one.subject_id: (one.tier_before, one.is_by_hand) for one in moves}
    rows = Subject.objects.select_for_update().filter(id__in=wanted, ended_on__isnull=True).order_by("id")
    now = {row.id: row for row in rows}
    changed = [
        one.subject_id for one in moves
        if one.subject_id not in now
        or (now[one.subject_id].tier, bool(now[one.subject_id].tier_reason)) != wanted[one.subject_id]
    ]
    if changed:
        names = "、".join(now[one].name for one in changed[:NAMED] if one in now)
        said = f"（{names}等）" if names else ""
        raise NotAdoptable(f"测算之后有{len(changed)}户的级别或登记又有变动{said}，请重新测算后再采用。")


def _write_moves(run: Run, moves: Sequence[Result], actor: Actor, now: datetime) -> None:
    Move.objects.bulk_create(
        [
            Move(
                subject_id=one.subject_id, kind=run.kind, from_tier=one.tier_before, to_tier=one.tier,
                cause=MoveCause.RUN.value, run=run, reason=run.reason, words=one.words, unit_id=actor.unit_id, at=now,
            )
            for one in moves
        ],
        batch_size=2000,
    )


def _let_hold(run: Run) -> None:
    """The thresholds and quotas of an adopted run hold for its region from now on."""
    TierStandard.objects.update_or_create(
        campaign=run.campaign, kind=run.kind, region_id=run.region_id, origin=StandardOrigin.RUN.value,
        defaults={"definition": run.standard},
    )


def _rank(word: str) -> Rank | None:
    return Rank(word) if word else None
