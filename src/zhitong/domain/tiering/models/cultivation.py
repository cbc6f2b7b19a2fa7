"""How each enterprise is, and where it stands on each ladder: dated, the present one open."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.subjects.rules.kinds import Diagnosis, SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class DiagnosisSpell(models.Model):
    """A diagnosis from one moment to another; `region` and `kind` are where the open one is counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.CASCADE, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    before = models.CharField(max_length=24, choices=choices_of(Diagnosis), blank=True)
    diagnosis = models.CharField(max_length=24, choices=choices_of(Diagnosis))
    words = models.TextField()
    period = models.CharField(max_length=12)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "tiering_diagnosis"
        indexes = [models.Index(fields=["subject", "id"], name="tiering_diagnosis_of_subject")]
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(until__isnull=True), name="tiering_diagnosis_once"),
        ]


class Footing(models.Model):
    """Where a firm stands on a ladder today and where the rule sees it; counted in `region`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.CASCADE, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    campaign = models.SlugField(max_length=40)
    ladder = models.SlugField(max_length=40)
    rung = models.SlugField(max_length=40, blank=True)
    proposed = models.SlugField(max_length=40, blank=True)
    words = models.TextField()
    lacking = models.TextField(blank=True)
    is_ready = models.BooleanField(default=False)

    class Meta:
        db_table = "tiering_footing"
        indexes = [models.Index(fields=["campaign", "ladder", "id"], name="tiering_footing_of_ladder")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "campaign", "ladder"], name="tiering_footing_once"),
        ]


class RungSpell(models.Model):
    """A firm on a rung of a ladder from one day to another; `words` is what the rule said then, `reason` what the office."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.CASCADE, related_name="+", db_index=False)
    campaign = models.SlugField(max_length=40)
    ladder = models.SlugField(max_length=40)
    rung = models.SlugField(max_length=40, blank=True)
    before = models.SlugField(max_length=40, blank=True)
    reason = models.CharField(max_length=400)
    words = models.TextField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "tiering_rung"
        indexes = [models.Index(fields=["ladder", "campaign", "rung", "id"], name="tiering_rung_of_ladder")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "campaign", "ladder"], condition=Q(until__isnull=True), name="tiering_rung_once",
            ),
        ]
