"""A screening (问题大排查): a drive of one lead unit, its ledger, its plan of rectification."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.kit.ids import uuid7


class Screening(models.Model):
    """A drive of a lead unit; its plan is frozen once the leader in charge has approved it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True, default="")
    approved_on = models.DateField(null=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_screening"
        indexes = [models.Index(fields=["region", "-id"], name="intake_screening_by_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], name="intake_screening_once", violation_error_message="本单位已有同名的排查。",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | (~Q(approved_by="") & Q(approved_on__isnull=False)),
                name="intake_frozen_when_approved", violation_error_message="整改方案须经分管领导审定后固化。",
            ),
        ]


class Item(models.Model):
    """A line of the ledger: the problem found, and how it is to be put right, by whom, until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    screening = models.ForeignKey(Screening, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    problem = models.OneToOneField("problems.Problem", models.PROTECT, related_name="+")
    measure = models.TextField(blank=True, default="")
    answerable = models.CharField(max_length=120, blank=True, default="")
    due_on = models.DateField(null=True)

    class Meta:
        db_table = "intake_item"
        constraints = [models.UniqueConstraint(fields=["screening", "position"], name="intake_item_once")]
