"""The rule of the lights that a campaign has laid down."""

from __future__ import annotations

from django.db import models

from zhitong.domain.plans.rules import Light
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class LightStandard(models.Model):
    """Thresholds of a campaign: ratios of done to expected progress, colours, the share of each stage, the gates read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40, unique=True)
    green_from = models.DecimalField(max_digits=8, decimal_places=4)
    amber_from = models.DecimalField(max_digits=8, decimal_places=4)
    overdue = models.CharField(max_length=24, choices=choices_of(Light))
    mended = models.CharField(max_length=24, choices=choices_of(Light))
    stages = models.JSONField()
    gates = models.JSONField(default=list)
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "plans_light_standard"
