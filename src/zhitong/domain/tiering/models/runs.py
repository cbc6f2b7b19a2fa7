"""Runs of tiering with a result for every subject, and the moves that came of them or of a hand."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.rules.kinds import Conflict, MoveCause, QuotaPlace
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Run(models.Model):
    """Everybody of a kind in a region judged at one moment by one standard; adopted once, or replaced by the next.

    `summary` has the lines against their quotas and the conflicts, as `rules.summary` writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    standard = models.JSONField()
    trims = models.BooleanField(default=False)
    summary = models.JSONField()
    made_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        db_table = "tiering_run"
        indexes = [models.Index(fields=["region", "campaign", "kind", "made_at"], name="tiering_run_of_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "region"], condition=Q(adopted_at__isnull=True), name="tiering_run_open_once",
            ),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True) | ~Q(reason=""), name="tiering_run_adopted_for_a_reason",
                violation_error_message="采用测算结果须写明理由。",
            ),
        ]


class Result(models.Model):
    """What a run says of one subject; ids ascend in the order in which quotas are filled.

    `line` is the key of the quota beyond which it stands, or in which it comes next.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(Run, models.CASCADE, related_name="results", db_index=False)
    subject = models.ForeignKey("subjects.Subject", models.CASCADE, related_name="+")
    by_rule = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    tier_before = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    is_by_hand = models.BooleanField(default=False)
    words = models.TextField()
    conflicts = ArrayField(models.CharField(max_length=24, choices=choices_of(Conflict)), default=list)
    place = models.CharField(max_length=24, choices=choices_of(QuotaPlace), blank=True)
    line = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "tiering_result"
        indexes = [models.Index(fields=["run", "id"], name="tiering_result_of_run")]
        constraints = [models.UniqueConstraint(fields=["run", "subject"], name="tiering_result_once")]


class Move(models.Model):
    """A subject's way from one tier to another (empty: none), with the reason and, of a hand, who allowed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey("subjects.Subject", models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    from_tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    to_tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    cause = models.CharField(max_length=24, choices=choices_of(MoveCause))
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=400)
    allowed_by = models.CharField(max_length=40, blank=True)
    words = models.TextField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "tiering_move"
        indexes = [models.Index(fields=["subject", "id"], name="tiering_move_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cause="override") | ~Q(allowed_by=""), name="tiering_move_hand_allowed",
                violation_error_message="人工调整须写明批准人。",
            ),
        ]
