"""Planned visits, which everybody concerned sees beforehand, and firms that want no visits unless they ask."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.visits.rules.kinds import PlanState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Plan(models.Model):
    """A unit means to visit one of the served on a day; plans that share `together` are one joint visit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    planned_on = models.DateField()
    who = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200, blank=True, default="")
    despite_quiet = models.CharField(max_length=200, blank=True, default="")
    together = models.UUIDField()
    state = models.CharField(max_length=24, choices=choices_of(PlanState), default=PlanState.PLANNED.value)
    reason = models.CharField(max_length=200, blank=True, default="")
    planned_at = models.DateTimeField()

    class Meta:
        db_table = "visits_plan"
        indexes = [
            models.Index(fields=["subject", "planned_on"], name="visits_plan_of_subject"),
            models.Index(fields=["unit", "state", "planned_on"], name="visits_plan_of_unit"),
            models.Index(fields=["together"], name="visits_plan_together"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "unit", "planned_on"], condition=Q(state="planned"), name="visits_plan_once",
                violation_error_message="本单位这一天已有走访计划。",
            ),
        ]


class Quiet(models.Model):
    """One of the served is left in peace unless it asks (无事不扰), from a day on, perhaps until a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "visits_quiet"
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(until__isnull=True), name="visits_quiet_once",
                violation_error_message="已经登记过无事不扰。",
            ),
        ]
