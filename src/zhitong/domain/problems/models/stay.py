"""The stays of a problem: each stretch in which nothing that is counted of it changed, so that any past moment can be counted."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from zhitong.domain.problems.models.problem import Problem
from zhitong.kit.ids import uuid7


class Stay(models.Model):
    """From `since` on and before `until` (null: still) a problem stood like this, brought here by `act`.

    The first has no `previous`, every other begins when its previous ends. What is repeated from the problem was checked
    there: only problem and previous are real keys. `until` stands in no index, so that ending a stay costs none of them.
    `worked_minutes` are the working minutes of the unit's calendar in between, written afterwards.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="stays", db_index=False)
    previous = models.OneToOneField("self", models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    act = models.CharField(max_length=24)
    state = models.CharField(max_length=24)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    level_region = models.ForeignKey(
        "organisations.Region", models.PROTECT, related_name="+", db_index=False, db_constraint=False,
    )
    level_rank = models.CharField(max_length=24)
    line = models.ForeignKey("organisations.Line", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    category = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=24)
    campaign = models.SlugField(max_length=40, db_index=False)
    stage = models.CharField(max_length=24, blank=True)
    stage_due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    confidential = models.BooleanField()
    recorded = models.BooleanField()
    misrouted = models.BooleanField()
    rule_code = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=24)
    worked_minutes = models.IntegerField(null=True)

    class Meta:
        db_table = "problems_stay"
        indexes = [
            models.Index(fields=["problem", "since"], name="problems_stay_problem"),
            models.Index(fields=["region", "since"], name="problems_stay_region"),
            models.Index(
                fields=["stage_due_at"], name="problems_stay_due", condition=Q(stage_due_at__isnull=False),
            ),
            BrinIndex(fields=["since"], name="problems_stay_since", autosummarize=True),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(previous__isnull=True), name="problems_stay_one_first",
                violation_error_message="一个问题只能有一段最早的停留。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="problems_stay_forward",
                violation_error_message="一段停留不能早于开始时结束。",
            ),
        ]
