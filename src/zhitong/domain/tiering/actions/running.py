"""Keeping a run: everybody judged, the result of each beside what stood before."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.tiering.models import Result, Run
from zhitong.domain.tiering.queries.judging import outcome_in
from zhitong.domain.tiering.rules import standards, summary
from zhitong.domain.tiering.rules.kinds import TieringFact
from zhitong.domain.tiering.rules.running import Judged, Outcome
from zhitong.domain.tiering.rules.standards import Standard, trouble_with
from zhitong.kit.refusals import BadInput


class StandardWrong(BadInput):
    """A changed standard cannot be used; `fields` says by the key of the line what is wrong. Nothing is stored."""


@transaction.atomic
def keep_run(
    viewer: Viewer, standard: Standard, *, campaign: str, actor: Actor, now: datetime, trims: bool = False
) -> UUID:
    """Judge the region of the viewer's office and keep the result in place of the last one that was not adopted.

    Four statements and one per two thousand results. Returns the run's id.
    Raises NotYours: the post does not belong to a campaign office. Raises StandardWrong: thresholds cross.
    """
    require(viewer, Permission.DISPATCH)
    if faults := trouble_with(standard):
        raise StandardWrong("各级标准有冲突，没有保存。请按提示改正。", faults)
    outcome = outcome_in(viewer.region_id, standard, campaign=campaign, trims=trims)
    Run.objects.filter(
        campaign=campaign, kind=standard.kind.value, region_id=viewer.region_id, adopted_at__isnull=True
    ).delete()
    run = Run.objects.create(
        campaign=campaign, kind=standard.kind.value, region_id=viewer.region_id, unit_id=actor.unit_id,
        standard=standards.kept_form(standard), trims=trims, made_at=now,
        summary=summary.kept_form(summary.summary_of(outcome)),
    )
    _keep_results(run.id, outcome)
    record(
        TieringFact.RUN_KEPT.value, thing_kind="tier_run", thing_id=run.id, actor=actor, at=now,
        body={"kind": standard.kind, "region": viewer.region_id, "judged": len(outcome.judged)},
    )
    return run.id


def _keep_results(run_id: UUID, outcome: Outcome) -> None:
    Result.objects.bulk_create([_result(run_id, one) for one in outcome.judged], batch_size=2000)


def _result(run_id: UUID, one: Judged) -> Result:
    return Result(
        run_id=run_id, subject_id=one.candidate.id, by_rule=str(one.by_rule or ""),
        tier_before=str(one.candidate.tier or ""), tier=str(one.tier or ""), is_by_hand=one.candidate.is_by_hand,
        words=one.words, conflicts=[str(word) for word in one.conflicts], place=str(one.place or ""), line=one.line,
    )


