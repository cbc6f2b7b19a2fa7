"""How a target stands at a period's end, the light set beside it by the level above, and what each gate has found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models import Curve, Gate, Indicator, Target, TargetTerm
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.models.reports import Figure
from zhitong.domain.progress.rules import GateResult
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Standing(models.Model):
    """A target at a period's end: figure against expectation, computed from reports alone and never set by hand.

    `share` is the part of the way done (1 = the target), `expected_share` what was due by the day; `words` say the rule.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    period_end = models.DateField()
    figure = models.ForeignKey(Figure, models.PROTECT, null=True, related_name="+")
    term = models.ForeignKey(TargetTerm, models.PROTECT, null=True, related_name="+")
    curve = models.ForeignKey(Curve, models.PROTECT, null=True, related_name="+")
    actual = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    expected = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    share = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    expected_share = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    light = models.CharField(max_length=24, choices=choices_of(Light))
    words = models.CharField(max_length=400)
    is_mended = models.BooleanField(default=False)
    is_accepted = models.BooleanField(default=False)
    is_newest = models.BooleanField(default=False)
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "progress_standing"
        indexes = [
            models.Index(fields=["region", "period_end", "light", "id"], name="progress_standing_region"),
            models.Index(fields=["indicator", "period_end", "region"], name="progress_standing_of"),
            models.Index(fields=["region", "light", "id"], name="progress_standing_now", condition=Q(is_newest=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["target", "period"], name="progress_standing_once"),
            models.UniqueConstraint(fields=["target"], condition=Q(is_newest=True), name="progress_standing_newest"),
        ]


class Override(models.Model):
    """Another light for a target and period, set by the level above with its reason; shown beside the computed one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    computed = models.CharField(max_length=24, choices=choices_of(Light))
    light = models.CharField(max_length=24, choices=choices_of(Light))
    reason = models.CharField(max_length=400)
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    released_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "progress_override"
        constraints = [
            models.UniqueConstraint(
                fields=["target", "period"], condition=Q(released_at__isnull=True), name="progress_override_one",
                violation_error_message="这一期已有一个另定的灯，请先撤销。",
            ),
        ]


class GateReading(models.Model):
    """What a gate found for a target: computed on its day from what had been reported by then, and frozen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    term = models.ForeignKey(TargetTerm, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=12, blank=True)
    actual = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    needed = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    share = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    needed_share = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    result = models.CharField(max_length=24, choices=choices_of(GateResult))
    words = models.CharField(max_length=400)
    frozen_at = models.DateTimeField()

    class Meta:
        db_table = "progress_gate_reading"
        indexes = [models.Index(fields=["gate", "region", "result"], name="progress_gate_region")]
        constraints = [
            models.UniqueConstraint(fields=["gate", "target"], name="progress_gate_once"),
        ]
