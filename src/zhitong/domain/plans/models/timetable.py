"""The timetable and roadmap of a task in a region: milestones, and which of them waits for which."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.plans.models.plan import Task
from zhitong.kit.ids import uuid7


class Milestone(models.Model):
    """Something that is done by a day; `first_due_on` is the day first promised and never vanishes.

    One that a paper prints has a `code` within its task and remembers its words; one written by hand has neither. `warned_for` is the
    promised day of which its units were last warned.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="milestones")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=120)
    printed = models.CharField(max_length=120, blank=True, default="")
    document = models.CharField(max_length=80, blank=True, default="")
    clause_start = models.PositiveIntegerField(null=True)
    clause_end = models.PositiveIntegerField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    begin_on = models.DateField(null=True)
    due_on = models.DateField()
    first_due_on = models.DateField()
    weight = models.DecimalField(max_digits=8, decimal_places=2, default=1)
    needs_evidence = models.BooleanField(default=False)
    begun_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_words = models.CharField(max_length=400, blank=True)
    dropped_reason = models.CharField(max_length=400, blank=True)
    warned_for = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "plans_milestone"
        indexes = [
            models.Index(fields=["region", "due_on"], name="plans_milestone_region"),
            models.Index(fields=["unit", "due_on"], name="plans_milestone_unit", condition=Q(done_on__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "region", "position"], name="plans_milestone_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["task", "region", "code"], condition=~Q(code=""), name="plans_milestone_code",
                violation_error_message="任务里这个节点编号已经用过。",
            ),
            models.CheckConstraint(
                condition=Q(begin_on__isnull=True) | Q(begin_on__lte=F("due_on")), name="plans_milestone_days",
                violation_error_message="节点的开始日不能晚于完成日。",
            ),
        ]


class MilestoneLink(models.Model):
    """`after` begins only when `before` is done, at least `lag_days` calendar days later."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    before = models.ForeignKey(Milestone, models.CASCADE, related_name="waited_for_by")
    after = models.ForeignKey(Milestone, models.CASCADE, related_name="waits_for")
    lag_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "plans_milestone_link"
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="plans_milestone_link_once"),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="plans_milestone_link_other",
                violation_error_message="节点不能等待自己。",
            ),
        ]


class Postponement(models.Model):
    """A promise moved to a later day, with its reason; by the unit's own word before the day, by the level above after it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="postponements")
    number = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=400)
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plans_postponement"
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="plans_postponement_number"),
            models.CheckConstraint(
                condition=Q(from_on__lt=F("to_on")), name="plans_postponement_later",
                violation_error_message="顺延后的日期要晚于原来的日期。",
            ),
        ]
