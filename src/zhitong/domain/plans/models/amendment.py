"""A plan changed after it was issued (调整): what, why, by whose approval, from which day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models.plan import Plan, Task
from zhitong.domain.plans.models.target import Target
from zhitong.domain.plans.rules import AmendmentState, Changed
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Amendment(models.Model):
    """One numbered amendment of a plan in a region; in force from `since` once it is approved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="amendments")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    reason = models.TextField()
    document_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=24, choices=choices_of(AmendmentState))
    since = models.DateField()
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "plans_amendment"
        indexes = [models.Index(fields=["region", "state"], name="plans_amendment_region")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "region", "number"], name="plans_amendment_number"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False), name="plans_amendment_decided",
                violation_error_message="批准的调整要有批准的单位和时间。",
            ),
        ]


class AmendedItem(models.Model):
    """One line of an amendment: what it was and what it becomes, as plain words or numbers under named keys."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    changed = models.CharField(max_length=24, choices=choices_of(Changed))
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        db_table = "plans_amended_item"
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "position"], name="plans_amended_item_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(target__isnull=False), name="plans_amended_item_of",
                violation_error_message="调整要写明是哪项任务或哪个目标。",
            ),
        ]
