"""What is kept of inspections: plans, samples, findings, and how far five things are in place."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from zhitong.domain.inspections.rules.kinds import FindingState, Grade, InspectionState, Population, Readiness, Way
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Inspection(models.Model):
    """A plan to look, of one unit, approved by another. `objects_of` are the units looked at, `partners` who look along."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    approver = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    matters = models.TextField()
    way = models.CharField(max_length=24, choices=choices_of(Way))
    objects_of = ArrayField(models.UUIDField())
    partners = ArrayField(models.UUIDField(), default=list)
    since_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=24, choices=choices_of(InspectionState))
    words = models.CharField(max_length=400, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inspections_inspection"
        indexes = [
            models.Index(fields=["region", "-id"], name="inspections_by_region"),
            GinIndex(fields=["objects_of"], name="inspections_by_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("since_on")), name="inspections_days",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "ended"]) | Q(approved_at__isnull=False), name="inspections_approved_first",
                violation_error_message="督查方案批准后才能进行。",
            ),
        ]


class Sample(models.Model):
    """What was drawn: from `of` names with this digest, by this seed; made once and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="samples")
    population = models.CharField(max_length=24, choices=choices_of(Population))
    since_on = models.DateField()
    until_on = models.DateField()
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=80)
    of = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    names = ArrayField(models.CharField(max_length=120))
    drawn_at = models.DateTimeField()

    class Meta:
        db_table = "inspections_sample"
        constraints = [models.UniqueConstraint(fields=["inspection", "population"], name="inspections_sample_once")]


class Drawn(models.Model):
    """One of a sample: a problem or one of the served, by the name it was drawn under."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sample = models.ForeignKey(Sample, models.CASCADE, related_name="drawn")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=200)
    reported = models.CharField(max_length=200)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    problem = models.ForeignKey("problems.Problem", models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "inspections_drawn"
        constraints = [models.UniqueConstraint(fields=["sample", "position"], name="inspections_drawn_place")]


class Finding(models.Model):
    """What was found at one unit, and how it was put right. `reported` is what that unit had said of the same; `title` is the
    inspection's, for a unit that does not see the plan it was looked at by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    unit_region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    drawn = models.ForeignKey(Drawn, models.PROTECT, null=True, related_name="+")
    drawn_words = models.CharField(max_length=330, blank=True, default="")
    title = models.CharField(max_length=120)
    what = models.TextField()
    reported = models.CharField(max_length=200, blank=True, default="")
    differs = models.BooleanField(default=False)
    demand = models.TextField()
    state = models.CharField(max_length=24, choices=choices_of(FindingState))
    found_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_words = models.TextField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    return_reason = models.CharField(max_length=400, blank=True, default="")
    opinion = models.CharField(max_length=400, blank=True, default="")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inspections_finding"
        indexes = [
            models.Index(fields=["unit", "-id"], name="inspections_finding_unit"),
            models.Index(fields=["unit_region", "-id"], name="inspections_finding_region"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(differs=True) | ~Q(reported=""), name="inspections_finding_differs",
                violation_error_message="与自报不一致的，须有自报的内容。",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False, answered_at__isnull=False),
                name="inspections_finding_closed", violation_error_message="报告整改并核查后才能销号。",
            ),
        ]


class InPlace(models.Model):
    """How far one of five things is in place at a unit: what it says itself, and what an inspection found."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    unit_region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    thing = models.CharField(max_length=24, choices=choices_of(Readiness))
    said = models.CharField(max_length=24, choices=choices_of(Grade), blank=True, default="")
    said_words = models.CharField(max_length=400, blank=True, default="")
    said_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=24, choices=choices_of(Grade), blank=True, default="")
    found_words = models.CharField(max_length=400, blank=True, default="")
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "inspections_in_place"
        constraints = [models.UniqueConstraint(fields=["unit", "campaign", "thing"], name="inspections_in_place_once")]
