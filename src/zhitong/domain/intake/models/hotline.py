"""Orders of a hotline: which problem each became, as it was sent; and how a unit's files name their columns."""

from __future__ import annotations

from django.db import models

from zhitong.kit.ids import uuid7


class Order(models.Model):
    """An order taken in; a number is one order in a region, however often it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    outside_ref = models.CharField(max_length=80)
    problem = models.OneToOneField("problems.Problem", models.PROTECT, related_name="+")
    original = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "intake_order"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "outside_ref"], name="intake_order_once", violation_error_message="这张工单已经登记过。",
            ),
        ]


class ColumnsKept(models.Model):
    """What a unit last said a head of its files means; an empty word means it is kept aside."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+")
    head = models.CharField(max_length=120)
    column = models.CharField(max_length=24, blank=True)

    class Meta:
        db_table = "intake_columns_kept"
        constraints = [models.UniqueConstraint(fields=["unit", "head"], name="intake_columns_kept_once")]
