"""Systems that live elsewhere and give their figures to ours (R-J1), and each figure as it came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models import Indicator
from zhitong.domain.progress.rules import Quality
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Source(models.Model):
    """A system whose figures come in by API or file; `unit` answers for it, and its posts' tokens may send."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "progress_source"


class SourceFigure(models.Model):
    """A figure as a source sent it: what it stood at on `as_of`, received at; an older stand never replaces a newer one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    quality = models.CharField(max_length=24, choices=choices_of(Quality))
    as_of = models.DateTimeField()
    received_at = models.DateTimeField()
    is_newest = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "progress_source_figure"
        indexes = [models.Index(fields=["indicator", "region", "period"], name="progress_source_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "indicator", "region", "period"], condition=Q(is_newest=True),
                name="progress_source_newest",
            ),
            models.UniqueConstraint(
                fields=["source", "indicator", "region", "period", "as_of"], name="progress_source_once",
                violation_error_message="这个源系统在同一时点只报一个数。",
            ),
        ]
