"""The campaign's own part: categories, routing rules and limits, loaded from its package in the package's order."""

from __future__ import annotations

from django.db import models

from zhitong.domain.problems.rules.kinds import CheckKind, Stage
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Category(models.Model):
    """What a problem of one kind of subject can be about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    kind = models.CharField(max_length=24)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    help = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "problems_category"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind", "code"], name="problems_category_once"),
        ]


class RoutingRow(models.Model):
    """One routing rule; empty lists ask nothing. `saving` names the office's saving that wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    line = models.ForeignKey("organisations.Line", models.PROTECT, related_name="+")
    joint = models.JSONField(default=list)
    support = models.JSONField(default=list)
    direct = models.CharField(max_length=24, blank=True, default="")
    asks = models.JSONField(default=dict)
    words = models.TextField()
    origin = models.CharField(max_length=24, default="package")
    in_force = models.BooleanField(default=True)
    saving = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        db_table = "problems_routing"
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="problems_routing_once")]


class LimitRow(models.Model):
    """One limit of the preset in force; empty lists ask nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=24, choices=choices_of(Stage))
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=24)
    asks = models.JSONField(default=dict)

    class Meta:
        db_table = "problems_limit"
        constraints = [models.UniqueConstraint(fields=["campaign", "position"], name="problems_limit_once")]


class SampleRow(models.Model):
    """How much of what was settled is looked at again: so many of a hundred, and never fewer than `at_least`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    kind = models.CharField(max_length=24, choices=choices_of(CheckKind))
    per_hundred = models.PositiveSmallIntegerField()
    at_least = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "problems_sample"
        constraints = [models.UniqueConstraint(fields=["campaign", "kind"], name="problems_sample_once")]
