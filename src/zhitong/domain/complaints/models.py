"""What is kept of complaints. Who brought one stands in its party row alone, which nobody but that unit itself reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.complaints.rules.kinds import Act, Part, State
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Rulebook(models.Model):
    """Who receives complaints in a campaign, in order, and within how many working days."""

    campaign = models.SlugField(max_length=40, primary_key=True)
    receivers = models.JSONField(default=list)
    acknowledge_workdays = models.PositiveSmallIntegerField()
    notify_workdays = models.PositiveSmallIntegerField()
    source = models.TextField()

    class Meta:
        db_table = "complaints_rulebook"


class Complaint(models.Model):
    """One complaint. `due_at` is the limit running now; `notify_due_at` was set when it came and is never moved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True)
    campaign = models.SlugField(max_length=40)
    accused_region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    accused_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    accused_person = models.CharField(max_length=120, blank=True)
    happened = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    is_unnamed = models.BooleanField(default=False)
    complainant_name = models.CharField(max_length=120, blank=True)
    problem = models.OneToOneField("problems.Problem", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=24, choices=choices_of(State))
    holder = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    asks = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    notify_due_at = models.DateTimeField()
    notify_warn_at = models.DateTimeField()
    due_is_provisional = models.BooleanField(default=False)
    submitted_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        db_table = "complaints_complaint"
        constraints = [
            models.CheckConstraint(
                condition=Q(accused_unit__isnull=False) | ~Q(accused_person=""), name="complaints_about_somebody",
                violation_error_message="请写明投诉的单位或人员。",
            ),
            models.CheckConstraint(
                condition=Q(is_unnamed=False) | Q(complainant_name=""), name="complaints_unnamed_has_no_name",
                violation_error_message="隐名的投诉不记投诉人名称。",
            ),
            models.CheckConstraint(
                condition=Q(state="notified", due_at__isnull=True) | (~Q(state="notified") & Q(due_at__isnull=False)),
                name="complaints_open_has_a_limit", violation_error_message="没有办完的密封件必须有时限。",
            ),
        ]


class Party(models.Model):
    """A unit that takes part or took part; added before the work moves, never removed."""

    pk = models.CompositePrimaryKey("unit_id", "complaint_id")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="parties")
    part = models.CharField(max_length=24, choices=choices_of(Part))
    since = models.DateTimeField()

    class Meta:
        db_table = "complaints_party"
        indexes = [models.Index(fields=["complaint"], name="complaints_party_complaint")]


class Step(models.Model):
    """One act with its words. Of the complainant's acts neither unit nor person is kept: the party row knows.

    A referral names the body it went to: a unit of the system, or in words with the number and day of the letter.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="steps")
    act = models.CharField(max_length=24, choices=choices_of(Act))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    to_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    to_body = models.CharField(max_length=120, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True)

    class Meta:
        db_table = "complaints_step"
        indexes = [models.Index(fields=["complaint", "at"], name="complaints_step_complaint")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act="refer") | (~Q(letter_number="") & Q(letter_on__isnull=False)),
                name="complaints_referred_by_letter", violation_error_message="移送须有函件编号和日期。",
            ),
        ]
