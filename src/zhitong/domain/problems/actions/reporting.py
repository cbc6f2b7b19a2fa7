"""Sending progress reports with their difficulties: what needs the level above becomes a problem in the same act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.problems.actions.raising import Report as Matter
from zhitong.domain.problems.actions.raising import raise_problems
from zhitong.domain.problems.models import Reported
from zhitong.domain.problems.rules.kinds import UNDECIDED, Source
from zhitong.domain.progress.actions import submitting
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.models import Report
from zhitong.kit.refusals import BadInput

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportToSend:
    """A report to send, and whether its difficulty needs the level above (需要上级协调)."""

    submission: Submission
    asks_above: bool = False


@transaction.atomic
def submit_reports(steps: Sequence[ReportToSend], *, now: datetime) -> list[UUID]:
    """The only act by which doors send reports: sends them and opens a problem for each difficulty that asks for it.

    A problem once raised lives its own life: a report that is given back and sent again neither withdraws nor repeats it.
    Raises BadInput: a difficulty is to be raised that nobody has written down. Raises what progress and raising refuse.
    """
    sent = submitting.submit_reports([one.submission for one in steps], now=now)
    asking = {one.submission.report_id: one.submission.actor for one in steps if one.asks_above}
    raised = set(Reported.objects.filter(report_id__in=asking).values_list("report_id", flat=True))
    rows = Report.objects.select_related("task__plan").filter(id__in=asking.keys() - raised).order_by("id")
    wanted = list(rows)
    silent = {f"{row.id}.trouble_words": "要提请上级协调的，请写明存在什么问题。" for row in wanted if not row.trouble_words}
    if silent:
        raise BadInput("要提请上级协调的，请写明存在什么问题。", silent)
    problems = raise_problems([
        Matter(
            campaign=row.task.plan.campaign, source=Source.PROGRESS, subject_id=None, subject_name=row.task.title[:LONGEST_NAME],
            subject_kind="", reporter_unit_id=None, region_id=row.region_id, category=UNDECIDED, text=row.trouble_words,
            actor=asking[row.id], now=now,
        )
        for row in wanted
    ])
    Reported.objects.bulk_create([
        Reported(problem_id=problem.id, report=row) for row, problem in zip(wanted, problems, strict=True)
    ])
    return sent
