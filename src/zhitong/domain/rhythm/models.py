"""What is kept of the rhythm: cycles with their agendas and figures, decisions, and which cycles an office keeps."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from zhitong.domain.rhythm.rules.kinds import (
    AgendaSource,
    AgendaState,
    CycleKind,
    CycleState,
    DecisionState,
    SnapshotFigure,
)
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Cycle(models.Model):
    """One meeting of a kind for a period, kept by an office. `called` are the units that take part; `cut_off_at` is the moment
    whose agenda and figures stand beside it, which no longer changes once it was held."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    office = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(CycleKind))
    period = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=24, choices=choices_of(CycleState))
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True, default="")
    chair = models.CharField(max_length=120, blank=True, default="")
    demands = models.TextField(blank=True, default="")
    called = ArrayField(models.UUIDField(), default=list)
    cut_off_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    attended = models.TextField(blank=True, default="")
    minutes = models.TextField(blank=True, default="")
    published_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "rhythm_cycle"
        indexes = [
            models.Index(fields=["region", "-meets_at", "-id"], name="rhythm_cycle_by_region"),
            GinIndex(fields=["called"], name="rhythm_cycle_called"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "period"], condition=~Q(state="dropped"), name="rhythm_cycle_once",
                violation_error_message="这一期已经有了，请在原来的会议上办理。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "published", "filed"]) | (Q(held_on__isnull=False) & ~Q(minutes="")),
                name="rhythm_cycle_held", violation_error_message="登记会议日期和会议情况后才算召开。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "filed"]) | Q(published_at__isnull=False), name="rhythm_cycle_published",
                violation_error_message="印发纪要后才能跟踪和归档。",
            ),
        ]


class Figure(models.Model):
    """One figure of a snapshot, beside what it was at the cycle before of the same kind (None: there was none)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="figures")
    figure = models.CharField(max_length=24, choices=choices_of(SnapshotFigure))
    value = models.PositiveIntegerField()
    before = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "rhythm_figure"
        constraints = [models.UniqueConstraint(fields=["cycle", "figure"], name="rhythm_figure_once")]


class Decision(models.Model):
    """What a cycle decided: who does it with whom by when, and what came of it. `carried` counts the later agendas it stood on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="decisions")
    office = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    unit_region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    joint = ArrayField(models.UUIDField(), default=list)
    workdays = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=24, choices=choices_of(DecisionState))
    made_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    due_words = models.TextField(blank=True, default="")
    progress = models.TextField(blank=True, default="")
    progress_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    return_reason = models.CharField(max_length=400, blank=True, default="")
    opinion = models.CharField(max_length=400, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    carried = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "rhythm_decision"
        indexes = [
            models.Index(fields=["unit", "-id"], name="rhythm_decision_unit"),
            models.Index(fields=["office", "-id"], name="rhythm_decision_office"),
            models.Index(fields=["unit_region", "-id"], name="rhythm_decision_region"),
            GinIndex(fields=["joint"], name="rhythm_decision_joint"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="rhythm_decision_number"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(due_at__isnull=False, made_at__isnull=False), name="rhythm_decision_due",
                violation_error_message="印发的决定事项都有期限。",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False, answered_at__isnull=False), name="rhythm_decision_closed",
                violation_error_message="报告落实并核实后才能办结。",
            ),
        ]


class AgendaItem(models.Model):
    """One item of an agenda, with the words of the moment it was put there; `key` names what it is about, so that gathering again
    finds it. `unit` is who speaks to it, `by_unit` who asked for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="agenda")
    office = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    source = models.CharField(max_length=24, choices=choices_of(AgendaSource))
    state = models.CharField(max_length=24, choices=choices_of(AgendaState))
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True, default="")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    problem_number = models.CharField(max_length=40, blank=True, default="")
    target = models.ForeignKey("plans.Target", models.SET_NULL, null=True, related_name="+")
    finding = models.ForeignKey("inspections.Finding", models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    put_at = models.DateTimeField()

    class Meta:
        db_table = "rhythm_agenda_item"
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="rhythm_agenda_once")]


class Habit(models.Model):
    """A kind of cycle that an office keeps: on which day of its period at which hour, opened so many days ahead, called alike."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(CycleKind))
    day = models.PositiveSmallIntegerField()
    at = models.TimeField()
    ahead_days = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True, default="")
    chair = models.CharField(max_length=120, blank=True, default="")
    called = ArrayField(models.UUIDField(), default=list)

    class Meta:
        db_table = "rhythm_habit"
        constraints = [models.UniqueConstraint(fields=["office", "kind"], name="rhythm_habit_once")]
