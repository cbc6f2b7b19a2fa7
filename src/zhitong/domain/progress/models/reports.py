"""Who reports what, the reports owed period by period, their figures, and what was corrected after the lock."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.models import Line, Post, Region, Unit
from zhitong.domain.plans.models import Indicator, Task
from zhitong.domain.progress.models.sources import SourceFigure
from zhitong.domain.progress.rules import FigureOrigin, Quality, ReportState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Duty(models.Model):
    """A unit that reports a task in a region. Of joint units each has its part, and one joins them (汇总单位).

    `indicator_codes` are those that its part has; empty where it reports all of the task's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=200, blank=True)
    indicator_codes = models.JSONField(default=list)
    is_joiner = models.BooleanField(default=True)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "progress_duty"
        indexes = [models.Index(fields=["unit"], name="progress_duty_unit", condition=Q(until__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "region", "unit", "part"], condition=Q(until__isnull=True), name="progress_duty_once",
            ),
            models.UniqueConstraint(
                fields=["task", "region"], condition=Q(until__isnull=True, is_joiner=True), name="progress_duty_one_joiner",
                violation_error_message="一项任务在一个区划只有一个汇总单位。",
            ),
        ]


class Report(models.Model):
    """What a unit owes for a task, a region and a period (2018-08, 2018-08B, 2018Q3, 2018H1, 2018); written when it opens.

    `below_reason` is why the office let it go up without the lower regions; `submitted_post` is who sent it, so that nobody
    approves what he sent himself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=200, blank=True)
    is_joiner = models.BooleanField(default=True)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=12)
    period_end = models.DateField()
    state = models.CharField(max_length=24, choices=choices_of(ReportState))
    due_at = models.DateTimeField()
    lock_at = models.DateTimeField()
    progress_words = models.TextField(blank=True)
    trouble_words = models.TextField(blank=True)
    next_words = models.TextField(blank=True)
    below_reason = models.CharField(max_length=400, blank=True)
    submitted_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    first_submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=400, blank=True)
    reminded_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "progress_report"
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="progress_report_due", condition=Q(state__in=["owed", "waiting_below", "returned"]),
            ),
            models.Index(fields=["unit", "state", "due_at", "id"], name="progress_report_unit"),
            models.Index(fields=["region", "period_end", "state", "id"], name="progress_report_region"),
            models.Index(fields=["task", "period_end", "region"], name="progress_report_task"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "region", "unit", "part", "period"], name="progress_report_once",
                violation_error_message="这一期的报告已经有了，请在原报告上修改。",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False), name="progress_report_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="progress_report_returned",
                violation_error_message="退回要写明原因。",
            ),
        ]


class Figure(models.Model):
    """An indicator's value in a report; null is missing, never zero. A qualitative target has a stage instead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    stage = models.CharField(max_length=24, blank=True)
    origin = models.CharField(max_length=24, choices=choices_of(FigureOrigin))
    quality = models.CharField(max_length=24, choices=choices_of(Quality), default=Quality.FINAL.value)
    source_figure = models.ForeignKey(SourceFigure, models.PROTECT, null=True, related_name="+")
    as_of = models.DateField(null=True)
    sum_below = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    missing_below = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "progress_figure"
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="progress_figure_once"),
        ]


class Correction(models.Model):
    """A figure changed after its report was locked: before, after, why, who asked and who allowed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="corrections")
    before = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    after = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    reason = models.CharField(max_length=400)
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_allowed = models.BooleanField(null=True)
    decision = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "progress_correction"
        constraints = [
            models.UniqueConstraint(
                fields=["figure"], condition=Q(decided_at__isnull=True), name="progress_correction_one_open",
                violation_error_message="这个数已有一个更正在等上级同意。",
            ),
        ]


class Withdrawn(models.Model):
    """What a figure said while its report counted, until the report was given back: a gate of a day between reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    figure = models.ForeignKey(Figure, models.CASCADE, related_name="withdrawn")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    stage = models.CharField(max_length=24, blank=True)
    counted_from = models.DateTimeField()
    counted_until = models.DateTimeField()

    class Meta:
        db_table = "progress_withdrawn"
        constraints = [
            models.CheckConstraint(condition=Q(counted_from__lte=models.F("counted_until")), name="progress_withdrawn_span"),
        ]


class Rulebook(models.Model):
    """How a campaign's reports are due, locked, accepted and reminded of: `rules` as its package writes them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40, unique=True)
    rules = models.JSONField()

    class Meta:
        db_table = "progress_rulebook"
