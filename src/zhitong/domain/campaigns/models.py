"""What is kept of campaigns: which are loaded, and what this installation is."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from zhitong.kit.ids import uuid7


class Campaign(models.Model):
    """A loaded campaign; one of them is in force: new cards and problems belong to it.

    `package_digest` is the SHA-256 of the folder it was last loaded from.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    labels = models.JSONField(default=dict)
    in_force = models.BooleanField(default=False)
    package_digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "campaigns_campaign"
        constraints = [
            models.UniqueConstraint(
                fields=["in_force"], condition=Q(in_force=True), name="campaigns_one_in_force",
                violation_error_message="同一时间只有一个活动在用。",
            ),
        ]


class Installation(models.Model):
    """What this installation is: a single row. A demonstration's time runs apart from the world's by `clock_offset`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demonstration = models.BooleanField(default=False)
    clock_offset = models.DurationField(default=timedelta)

    class Meta:
        db_table = "campaigns_installation"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="campaigns_one_installation"),
            models.CheckConstraint(
                condition=Q(is_demonstration=True) | Q(clock_offset=timedelta()), name="campaigns_real_time_is_real",
                violation_error_message="正式环境的时间不能偏移。",
            ),
        ]
