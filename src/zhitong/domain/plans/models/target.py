"""The value to reach in a region, each value it has had, and the curve of expected progress towards it."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models.cited import Cited
from zhitong.domain.plans.models.plan import Indicator
from zhitong.domain.plans.rules import Comparator, CurveShape, CurveState, TargetForm, TermSource
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Target(Cited):
    """The value to reach in a region by a day, and perhaps a second one striven for (力争): the newest term of it.

    `base` is where the count began (null: from nothing); a formula target is `factor` × the figure of `of_indicator`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    comparator = models.CharField(max_length=24, choices=choices_of(Comparator))
    value = models.DecimalField(max_digits=24, decimal_places=6)
    upper = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    deadline = models.DateField(null=True)
    form = models.CharField(max_length=24, choices=choices_of(TargetForm), default=TargetForm.NUMBER.value)
    base = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    base_words = models.CharField(max_length=80, blank=True)
    factor = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    of_indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    is_cancelled = models.BooleanField(default=False)
    aspiration_code = models.CharField(max_length=40, blank=True)
    aspiration_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    aspiration_text = models.TextField(blank=True)
    aspiration_start = models.PositiveIntegerField(null=True)
    aspiration_end = models.PositiveIntegerField(null=True)

    class Meta(Cited.Meta):
        db_table = "plans_target"
        indexes = [models.Index(fields=["region", "indicator"], name="plans_target_region")]
        constraints = [
            *Cited.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "region"], name="plans_target_once",
                violation_error_message="一个指标在一个区划只定一个目标值。",
            ),
            models.CheckConstraint(
                condition=Q(comparator="range", upper__gte=F("value"))
                | (~Q(comparator="range") & Q(upper__isnull=True)),
                name="plans_target_range", violation_error_message="区间目标要写下限和上限，其他目标只写一个值。",
            ),
            models.CheckConstraint(
                condition=Q(form="formula", factor__isnull=False, of_indicator__isnull=False)
                | (~Q(form="formula") & Q(factor__isnull=True, of_indicator__isnull=True)),
                name="plans_target_formula", violation_error_message="推算的目标要写明系数和所依据的指标。",
            ),
        ]


class TargetTerm(models.Model):
    """A value of a target while it was in force: from `since` up to, not including, `until`. Never changed, only ended.

    One that was replaced from its own first day has no day: `until` is `since`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    comparator = models.CharField(max_length=24, choices=choices_of(Comparator))
    value = models.DecimalField(max_digits=24, decimal_places=6)
    upper = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    deadline = models.DateField(null=True)
    is_cancelled = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=24, choices=choices_of(TermSource))
    source_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "plans_target_term"
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="plans_target_term_number"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="plans_target_term_days",
                violation_error_message="目标值的终止日不能早于生效日。",
            ),
            ExclusionConstraint(
                name="plans_target_term_one",
                expressions=[
                    ("target", RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), RangeBoundary(), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="一个目标在同一天只有一个有效的目标值。",
            ),
        ]


class Curve(models.Model):
    """Expected progress towards a target: `points` are [[day, share of the way], …] by day, the share rising from 0 to 1.

    A curve speaks for the days from `since` on; an earlier one keeps its days and the first stays drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="curves")
    number = models.PositiveSmallIntegerField()
    shape = models.CharField(max_length=24, choices=choices_of(CurveShape))
    points = models.JSONField()
    since = models.DateField()
    state = models.CharField(max_length=24, choices=choices_of(CurveState))
    by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "plans_curve"
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="plans_curve_number"),
            models.UniqueConstraint(
                fields=["target"], condition=Q(state="proposed"), name="plans_curve_one_proposed",
                violation_error_message="这个目标已有一条进度曲线在等上级认可。",
            ),
        ]
