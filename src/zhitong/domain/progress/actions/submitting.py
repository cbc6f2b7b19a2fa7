"""Sending reports up: what is odd is asked about, who is missing below is named, and then it lies with who approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.progress.actions.entering import Entry, own
from zhitong.domain.progress.actions.writing import counts_of, write
from zhitong.domain.progress.models import Figure, Report
from zhitong.domain.progress.queries.attached import evidence_of, milestones_to_prove
from zhitong.domain.progress.queries.below import Below
from zhitong.domain.progress.queries.checking import figures_by_report, ground_of
from zhitong.domain.progress.rules import ReportFact, ReportState
from zhitong.domain.progress.rules.checks import trouble_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.rows import update_rows

NAMED = 12


class WaitsForOthers(Refused):
    """Regions below or units with a part have not reported, and the office has not let it through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Send one report, in the version that was looked at."""

    report_id: UUID
    actor: Actor
    version: int | None = None


@transaction.atomic
def submit_reports(steps: Sequence[Submission], *, now: datetime) -> list[UUID]:
    """Send own reports to who approves them here, all of them or none; some ten queries whatever the number.

    Raises NotFound, Changed, NotNow, Locked. Raises WaitsForOthers: parts are missing, they are named.
    Raises BadInput: a figure is refused or nobody has said why it is odd, words or a proof are wanting; `fields` says which.
    Source: R-E3 (冀发〔2018〕7号 四（五）).
    """
    if not steps:
        return []
    found = own([Entry(report_id=one.report_id, actor=one.actor, version=one.version) for one in steps], now)
    rows = list(found.values())
    figures, ground = figures_by_report([row.id for row in rows]), ground_of(rows)
    for row in rows:
        _stop_while_others_miss(row, ground.below[row.id])
    troubles = _troubles_of_words(rows)
    for row in rows:
        for figure in figures[row.id]:
            asked = ground.asked(figure)
            figure.sum_below, figure.missing_below = asked.below, asked.missing
            # A unit with a part answers for the figures it has; the joiner answers for all of them.
            trouble = "" if figure.value is None and not row.is_joiner else trouble_of(asked)
            if trouble:
                troubles[f"{row.id}.{figure.indicator_id}"] = trouble
    if troubles:
        raise BadInput(f"有{len(troubles)}处要核对或补充，没有报送。请看各处的提示。", troubles)
    before = counts_of(rows)
    actors = {one.report_id: one.actor for one in steps}
    for row in rows:
        row.state, row.submitted_at, row.submitted_post_id = str(ReportState.SUBMITTED), now, actors[row.id].post_id
        row.first_submitted_at = row.first_submitted_at or now
    write(rows, before, ["state", "submitted_at", "first_submitted_at", "submitted_post"])
    _keep_sums([figure for row in rows for figure in figures[row.id]])
    record_many([
        Fact(str(ReportFact.SUBMITTED), "report", row.id, actors[row.id], now, _told(row, figures[row.id])) for row in rows
    ])
    return [row.id for row in rows]


def _keep_sums(figures: Sequence[Figure]) -> None:
    update_rows(figures, ["sum_below", "missing_below"])


def _told(row: Report, figures: Sequence[Figure]) -> Mapping[str, object]:
    """A fact's body: what was said by indicator."""
    return {"period": row.period, "figures": {str(one.indicator_id): one.value for one in figures}}


def _stop_while_others_miss(row: Report, below: Below) -> None:
    missing = below.missing()
    if not missing or row.below_reason:
        return
    named = "、".join(missing[:NAMED]) + ("等" if len(missing) > NAMED else "")
    raise WaitsForOthers(
        f"“{row.task.title}”还有{len(missing)}家没有报齐：{named}。请等报齐后再报；"
        "确需先报的，请本级活动办公室写明原因准予先行报送。"
    )


def _troubles_of_words(rows: Sequence[Report]) -> dict[str, str]:
    troubles = {f"{row.id}.progress_words": "请填写本期进展。" for row in rows if not row.progress_words}
    to_prove, files = milestones_to_prove(rows), evidence_of([row.id for row in rows])
    for row in rows:
        if to_prove[row.id] and not files[row.id]:
            named = "、".join(to_prove[row.id])
            troubles[f"{row.id}.files"] = f"本期完成的节点（{named}）要有佐证，请附注明日期的照片或验收单。"
    return troubles
