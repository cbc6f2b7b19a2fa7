"""A supervision paper, the problems it is about, and the counter from which its number is taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.supervision.rules.kinds import Grade, SupervisionState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Counter(models.Model):
    """The last number a unit gave out in a year; the row is locked by who takes the next, so no number is left out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "supervision_counter"
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="supervision_one_counter")]


class Supervision(models.Model):
    """One paper to one unit. Number, limit and signature come with the signing; `due_words` is the sum in words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    unit_region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    grade = models.CharField(max_length=24, choices=choices_of(Grade))
    state = models.CharField(max_length=24, choices=choices_of(SupervisionState))
    demand = models.TextField()
    workdays = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=100, blank=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    due_words = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True)

    class Meta:
        db_table = "supervision_supervision"
        indexes = [
            models.Index(fields=["by_unit", "-id"], name="supervision_by_issuer"),
            models.Index(fields=["unit", "-id"], name="supervision_by_unit"),
            models.Index(fields=["unit_region", "-id"], name="supervision_by_region"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["by_unit", "year", "serial"], name="supervision_number_once",
                violation_error_message="督办单编号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(state="drafted", serial__isnull=True, number="", issued_at__isnull=True)
                | (~Q(state="drafted") & Q(serial__isnull=False, year__isnull=False, issued_at__isnull=False,
                                           due_at__isnull=False, signed_on__isnull=False) & ~Q(number="")),
                name="supervision_numbered_at_signing",
                violation_error_message="督办单签发时才有编号、时限和签发人。",
            ),
            models.CheckConstraint(
                condition=Q(returns__lte=1), name="supervision_returned_once",
                violation_error_message="反馈只能退回一次。",
            ),
        ]


class SupervisionCase(models.Model):
    """A problem that a supervision is about."""

    pk = models.CompositePrimaryKey("supervision_id", "problem_id")
    supervision = models.ForeignKey(Supervision, models.CASCADE, related_name="cases")
    problem = models.ForeignKey("problems.Problem", models.PROTECT, related_name="+")

    class Meta:
        db_table = "supervision_case"
        indexes = [models.Index(fields=["problem"], name="supervision_case_problem")]
