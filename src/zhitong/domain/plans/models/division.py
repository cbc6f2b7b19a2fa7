"""A target divided among the regions below (分解), and the weights by which it can be."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models.target import Target
from zhitong.domain.plans.rules import DivisionMethod, DivisionState, ShareState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class WeightSet(models.Model):
    """A number per region by which shares or means are weighed, named as people name it (规上工业企业数)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    measure = models.CharField(max_length=24, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "plans_weight_set"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="plans_weight_set_code",
                violation_error_message="活动里这个权数编号已经用过。",
            ),
        ]


class Weight(models.Model):
    """A region's number in a set."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    weights = models.ForeignKey(WeightSet, models.CASCADE, related_name="rows")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        db_table = "plans_weight"
        constraints = [
            models.UniqueConstraint(fields=["weights", "region"], name="plans_weight_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="plans_weight_positive", violation_error_message="权数不能是负数。",
            ),
        ]


class Division(models.Model):
    """One dividing of a region's target among its children; a later one supersedes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="divisions")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=24, choices=choices_of(DivisionMethod))
    weights = models.ForeignKey(WeightSet, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=24, choices=choices_of(DivisionState))
    by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "plans_division"
        constraints = [
            models.UniqueConstraint(fields=["target", "number"], name="plans_division_number"),
            models.UniqueConstraint(
                fields=["target"], condition=Q(state="draft"), name="plans_division_one_draft",
                violation_error_message="这个目标已有一份分解在拟定，请接着改那一份。",
            ),
            models.UniqueConstraint(
                fields=["target"], condition=Q(state="issued"), name="plans_division_one_issued",
                violation_error_message="这个目标已有一份分解在执行。",
            ),
        ]


class Share(models.Model):
    """A region's part of a division; `target` is what was made of it when it was issued."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.ForeignKey(Division, models.CASCADE, related_name="shares")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    weight = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    state = models.CharField(max_length=24, choices=choices_of(ShareState))
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    asked_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    asked_reason = models.CharField(max_length=400, blank=True)
    said_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "plans_share"
        indexes = [models.Index(fields=["region", "state"], name="plans_share_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "region"], name="plans_share_once",
                violation_error_message="一份分解里每个区划只有一个份额。",
            ),
        ]
