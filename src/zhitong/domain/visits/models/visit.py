"""Visits as they were made, what was promised, and the problems raised there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.visits.models.plan import Plan
from zhitong.domain.visits.rules.kinds import ConfirmationState, PromiseState, VisitKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Visit(models.Model):
    """A visit or a call, written down by a unit; `by_liaison` when the liaison went in the official's name (代办).

    `subject_unit` is the firm's own unit, which confirms it or says that nobody came; null where it has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    subject_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True, default="")
    plan = models.OneToOneField(Plan, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(VisitKind))
    happened_on = models.DateField()
    lead_official = models.CharField(max_length=40)
    by_liaison = models.BooleanField(default=False)
    went = models.CharField(max_length=120, blank=True, default="")
    words = models.TextField(blank=True, default="")
    confirmation = models.CharField(
        max_length=24, choices=choices_of(ConfirmationState), default=ConfirmationState.AWAITED.value
    )
    confirmed_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "visits_visit"
        indexes = [
            models.Index(fields=["subject", "-happened_on"], name="visits_visit_of_subject"),
            models.Index(fields=["unit", "-id"], name="visits_visit_of_unit"),
            models.Index(fields=["region", "-id"], name="visits_visit_of_region"),
            models.Index(
                fields=["subject_unit", "-id"], name="visits_visit_awaited", condition=Q(confirmation="awaited")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmation="awaited", confirmed_at__isnull=True)
                | (~Q(confirmation="awaited") & Q(confirmed_at__isnull=False)),
                name="visits_confirmed_at_a_moment", violation_error_message="企业确认须有确认时间。",
            ),
        ]


class Promise(models.Model):
    """What was promised on a visit: what, which unit answers for it, by when; and whether it was kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="promises")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=24, choices=choices_of(PromiseState), default=PromiseState.OPEN.value)
    note = models.CharField(max_length=300, blank=True, default="")
    settled_on = models.DateField(null=True)

    class Meta:
        db_table = "visits_promise"
        indexes = [models.Index(fields=["unit", "due_on"], name="visits_promise_open", condition=Q(state="open"))]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="visits_promise_once"),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True) | (~Q(state="open") & Q(settled_on__isnull=False)),
                name="visits_promise_settled_on_a_day", violation_error_message="兑现情况须有登记日期。",
            ),
        ]


class Raised(models.Model):
    """A problem raised in place on a visit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="raised")
    position = models.PositiveSmallIntegerField()
    problem = models.OneToOneField("problems.Problem", models.PROTECT, related_name="+")

    class Meta:
        db_table = "visits_raised"
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="visits_raised_once")]
