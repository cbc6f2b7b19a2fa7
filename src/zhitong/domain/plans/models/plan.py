"""The paper as data: a plan, its tasks and units, what is measured, and the days of the campaign's calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models.cited import Cited
from zhitong.domain.plans.rules import (
    Aggregation,
    Direction,
    Frequency,
    IndicatorClass,
    IndicatorKind,
    PlanKind,
    Relation,
    Role,
    TaskKind,
    full_name,
)
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Plan(models.Model):
    """One document's plan for one region in one campaign, or the list of what a region does beside it (清单).

    Its figures count from `begins_on` to `ends_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=choices_of(PlanKind), default=PlanKind.PAPER.value)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    document = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    issuers = models.JSONField(default=list)
    issued_on = models.DateField(null=True)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "plans_plan"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "version"], name="plans_plan_version",
                violation_error_message="这个活动的方案已有这一版。",
            ),
        ]


class Task(Cited):
    """A numbered duty or a special action; its parent is the task one level up that it carries out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    number = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=choices_of(TaskKind))
    section = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    content = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_out_by")
    is_damaged = models.BooleanField(default=False)

    class Meta(Cited.Meta):
        db_table = "plans_task"
        constraints = [
            *Cited.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "number"], name="plans_task_number",
                violation_error_message="方案里这个任务编号已经用过。",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="plans_task_not_own_parent",
                violation_error_message="任务不能以自己为上级任务。",
            ),
        ]


class TaskUnit(models.Model):
    """A unit in a task. A collective (成员单位, 相关部门) is kept as printed and need not be a unit.

    `indicator_codes` are those of its part of the task; empty where it answers for all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="units")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=24, choices=choices_of(Role))
    part = models.CharField(max_length=200, blank=True)
    indicator_codes = models.JSONField(default=list)
    as_printed = models.CharField(max_length=120)
    is_collective = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)

    class Meta:
        db_table = "plans_task_unit"
        indexes = [models.Index(fields=["unit", "role"], name="plans_task_unit_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "position"], name="plans_task_unit_position", deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["task", "unit", "role", "part"], name="plans_task_unit_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="同一单位在一项任务里以同一身份只写一次。",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(is_collective=True), name="plans_task_unit_named",
                violation_error_message="任务的单位要对应一个单位，或者注明是集体名称。",
            ),
        ]


class Indicator(Cited):
    """What is measured: one reading of the plan, of a task or of the plan as a whole; `upper` is the one it carries out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="indicators")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="indicators")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    reading_class = models.CharField(max_length=24, choices=choices_of(IndicatorClass))
    kind = models.CharField(max_length=24, choices=choices_of(IndicatorKind))
    measure = models.CharField(max_length=24, blank=True)
    scope = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=24, choices=choices_of(Direction))
    aggregation = models.CharField(max_length=24, choices=choices_of(Aggregation))
    upper = models.ForeignKey("self", models.PROTECT, null=True, related_name="lower")
    weight = models.CharField(max_length=120, blank=True)
    frequency = models.CharField(max_length=24, choices=choices_of(Frequency))
    per = models.CharField(max_length=40, blank=True)
    modality = models.CharField(max_length=24, blank=True)
    is_approximate = models.BooleanField(default=False)
    is_implied = models.BooleanField(default=False)
    is_damaged = models.BooleanField(default=False)
    text = models.TextField()

    class Meta(Cited.Meta):
        db_table = "plans_indicator"
        indexes = [models.Index(fields=["task", "position"], name="plans_indicator_task")]
        constraints = [
            *Cited.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "code"], name="plans_indicator_code",
                violation_error_message="方案里这个指标编号已经用过。",
            ),
        ]

    @property
    def full_name(self) -> str:
        """The name with what it covers."""
        return full_name(self.name, self.scope)


class IndicatorLink(models.Model):
    """One indicator stated again by another, or part of another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="links")
    relation = models.CharField(max_length=24, choices=choices_of(Relation))
    other = models.ForeignKey(Indicator, models.CASCADE, related_name="links_here")

    class Meta:
        db_table = "plans_indicator_link"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "relation", "other"], name="plans_indicator_link_once"),
            models.CheckConstraint(
                condition=~Q(indicator=F("other")), name="plans_indicator_link_other",
                violation_error_message="指标不能与自己相连。",
            ),
        ]


class Gate(Cited):
    """A day of the campaign's calendar on which something must stand; `share` is the part of each task done by then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    on = models.DateField()
    printed = models.CharField(max_length=40, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta(Cited.Meta):
        db_table = "plans_gate"
        constraints = [
            *Cited.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "code"], name="plans_gate_code",
                violation_error_message="活动里这个节点编号已经用过。",
            ),
        ]
