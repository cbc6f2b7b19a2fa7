"""Sign-off within a unit: which acts need it, and what was drafted, checked and signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.problems.models.problem import Problem
from zhitong.domain.problems.rules.signing import DraftState, Steps
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Signing(models.Model):
    """How many hands an act of a unit goes through; without a row one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+")
    act = models.CharField(max_length=24, choices=choices_of(Act))
    steps = models.CharField(max_length=24, choices=choices_of(Steps))

    class Meta:
        db_table = "problems_signing"
        constraints = [models.UniqueConstraint(fields=["unit", "act"], name="problems_signing_once")]


class Draft(models.Model):
    """An act drafted in a unit, on its way to be signed there; the problem's clock runs on meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="drafts")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    act = models.CharField(max_length=24, choices=choices_of(Act))
    state = models.CharField(max_length=24, choices=choices_of(DraftState))
    said = models.JSONField()
    words = models.TextField(blank=True, default="")
    drafted_by = models.UUIDField(null=True)
    drafted_at = models.DateTimeField()
    checked_by = models.UUIDField(null=True)
    checked_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "problems_draft"
        indexes = [
            models.Index(
                fields=["unit", "drafted_at"], name="problems_draft_waiting",
                condition=Q(state__in=["drafted", "checked", "returned"]),
            ),
            models.Index(fields=["problem", "drafted_at"], name="problems_draft_problem"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "unit"], condition=Q(state__in=["drafted", "checked", "returned"]),
                name="problems_one_draft", violation_error_message="该问题已有一份拟办件在审签。",
            ),
        ]
