"""What was foretold of a target on a day, kept so that it can be held against what came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect, Unknown
from zhitong.domain.analysis.rules.forecasting.testing import Tried
from zhitong.domain.organisations.models import Region
from zhitong.domain.plans.models import Indicator, Target
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Forecast(models.Model):
    """A target carried forward from all that was known on a day: figures in its own unit, chances from 0 to 1.

    `value`, `low` and `high` are for the deadline; `steps` has every day ahead (gates, the next period's end, the
    deadline); `said_before` is what had been foretold for the newest figure while it was still to come. `grounds` is the
    digest of what it was made from: the same grounds make no new row. Milestones and stages count in parts of the way.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    target = models.ForeignKey(Target, models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    made_on = models.DateField()
    made_at = models.DateTimeField()
    is_newest = models.BooleanField(default=True)
    grounds = models.CharField(max_length=32)
    period = models.CharField(max_length=12, blank=True)
    period_end = models.DateField(null=True)
    actual = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    expected = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    in_shares = models.BooleanField(default=False)
    prospect = models.CharField(max_length=24, choices=choices_of(Prospect))
    unknown = models.CharField(max_length=24, choices=choices_of(Unknown), blank=True)
    severity = models.DecimalField(max_digits=8, decimal_places=6)
    deadline = models.DateField()
    goal = models.DecimalField(max_digits=24, decimal_places=6)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    chance = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    steps = models.JSONField(default=list)
    per_month = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    best_month = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    method = models.CharField(max_length=24, choices=choices_of(Method), blank=True)
    tried = models.CharField(max_length=24, choices=choices_of(Tried), blank=True)
    trials = models.PositiveIntegerField(default=0)
    mean_error = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    said_before = models.JSONField(null=True)

    class Meta:
        db_table = "analysis_forecast"
        indexes = [
            models.Index(fields=["region", "severity", "id"], name="analysis_forecast_now", condition=Q(is_newest=True)),
            models.Index(fields=["region", "made_on"], name="analysis_forecast_region"),
            models.Index(fields=["indicator", "region"], name="analysis_forecast_of", condition=Q(is_newest=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["target", "made_on"], name="analysis_forecast_once"),
            models.UniqueConstraint(fields=["target"], condition=Q(is_newest=True), name="analysis_forecast_newest"),
        ]
