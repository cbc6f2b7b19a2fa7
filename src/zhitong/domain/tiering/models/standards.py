"""What a campaign lays down, and what an adopted run has laid down since."""

from __future__ import annotations

from django.db import models

from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.rules.kinds import StandardOrigin
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class TierStandard(models.Model):
    """The rules and quotas of a kind for a region (`rules.standards.kept_form`); a run's goes before the package's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    origin = models.CharField(max_length=24, choices=choices_of(StandardOrigin))
    definition = models.JSONField()

    class Meta:
        db_table = "tiering_standard"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind", "region", "origin"], name="tiering_standard_once"),
        ]


class Rulebook(models.Model):
    """How a campaign diagnoses and which ladders it has, as JSON of the rules."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40, unique=True)
    diagnosis_source = models.CharField(max_length=200, blank=True)
    diagnosis = models.JSONField()
    ladders = models.JSONField()

    class Meta:
        db_table = "tiering_rulebook"
