"""One problem pressed once: by whom, whom, how, and what the pressed unit first did within two working days."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.supervision.models.instruction import Instruction
from zhitong.domain.supervision.models.supervision import Supervision
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Urging(models.Model):
    """`effect` is the kind of the first fact that the pressed unit left on the problem until `effect_due_at`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=choices_of(UrgingKind))
    problem = models.ForeignKey("problems.Problem", models.PROTECT, related_name="+")
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    by_reporter = models.BooleanField(default=False)
    supervision = models.ForeignKey(Supervision, models.PROTECT, null=True, related_name="urgings")
    instruction = models.ForeignKey(Instruction, models.PROTECT, null=True, related_name="urgings")
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    effect_due_at = models.DateTimeField()
    effect = models.CharField(max_length=60, blank=True)
    effect_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_urging"
        indexes = [
            models.Index(fields=["problem", "-id"], name="supervision_urging_problem"),
            models.Index(fields=["unit", "at"], name="supervision_urging_unit"),
            models.Index(
                fields=["problem", "unit"], name="supervision_urging_waits", condition=Q(effect_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(effect="", effect_at__isnull=True)
                | (~Q(effect="") & Q(effect_at__gt=F("at"), effect_at__lte=F("effect_due_at"))),
                name="supervision_effect_in_time",
                violation_error_message="成效须在催办后两个工作日内。",
            ),
            models.CheckConstraint(
                condition=Q(kind="remind", supervision__isnull=True, instruction__isnull=True)
                | Q(kind="supervise", supervision__isnull=False, instruction__isnull=True)
                | Q(kind="instruct", supervision__isnull=True, instruction__isnull=False),
                name="supervision_urging_of_its_kind",
                violation_error_message="督办、批示须对应一份督办单或一条批示。",
            ),
        ]
