"""What is kept of common problems: what everybody concerned may know, what only its offices wrote, and who belongs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.commons.rules.kinds import CommonState, Membership, Treatment
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Common(models.Model):
    """One common problem, as its members' reporters and handlers may read it too: title, lead, the answer to all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    campaign = models.SlugField(max_length=40)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    lead = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=40)
    treatment = models.CharField(max_length=24, choices=choices_of(Treatment))
    state = models.CharField(max_length=24, choices=choices_of(CommonState))
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_is_provisional = models.BooleanField(default=False)
    outcome = models.CharField(max_length=24, choices=choices_of(Outcome), blank=True, default="")
    answer = models.TextField(blank=True, default="")
    planned_on = models.DateField(null=True)
    power_missing = models.CharField(max_length=24, choices=choices_of(PowerMissing), blank=True, default="")
    established_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField()

    class Meta:
        db_table = "commons_common"
        indexes = [
            models.Index(fields=["region", "-id"], name="commons_by_region"),
            models.Index(fields=["lead", "-id"], name="commons_by_lead"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="commons_closed_has_a_time", violation_error_message="办结的共性问题须有办结时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="commons_answered_has_an_answer", violation_error_message="已统一答复的须有结果和内容。",
            ),
        ]


class Brief(models.Model):
    """What only the office, the lead unit and the offices above read: what is to be studied, the measures, the last word."""

    common = models.OneToOneField(Common, models.CASCADE, primary_key=True, related_name="brief")
    asked = models.TextField()
    measures = models.TextField(blank=True, default="")
    closing = models.TextField(blank=True, default="")

    class Meta:
        db_table = "commons_brief"


class Member(models.Model):
    """A problem that belongs or belonged to a common one; at most one holds it at a time. `office` may change the row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    common = models.ForeignKey(Common, models.CASCADE, related_name="members")
    problem = models.ForeignKey("problems.Problem", models.PROTECT, related_name="+")
    office = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    membership = models.CharField(max_length=24, choices=choices_of(Membership))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        db_table = "commons_member"
        indexes = [
            models.Index(fields=["common", "id"], name="commons_member_common"),
            models.Index(fields=["problem"], name="commons_member_problem"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(membership="joined"), name="commons_one_at_a_time",
                violation_error_message="一个问题同时只能属于一件共性问题。",
            ),
            models.CheckConstraint(
                condition=Q(membership="joined", until__isnull=True) | (~Q(membership="joined") & Q(until__isnull=False)),
                name="commons_joined_has_no_end", violation_error_message="移出或办结的成员须有时间。",
            ),
        ]
