"""What is kept of an upload: itself, its rows as they were sent, and what a unit's heads mean. How far it is stands apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.exchange.rules.kinds import UploadKind, UploadState, Verdict
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Upload(models.Model):
    """A table that was sent; `mark` tells it from another: its bytes, its sheet and what was chosen with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=choices_of(UploadKind))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    post_id = models.UUIDField(null=True)
    campaign = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True, default="")
    said = models.JSONField(default=list)
    heads = models.JSONField()
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=24, choices=choices_of(UploadState))
    counts = models.JSONField(default=dict)
    refusal = models.TextField(blank=True, default="")
    staged_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_upload"
        indexes = [
            models.Index(fields=["unit", "-id"], name="exchange_upload_of_unit"),
            models.Index(fields=["id"], condition=Q(state="ordered"), name="exchange_upload_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "mark"], condition=Q(state="committed"), name="exchange_upload_once",
                violation_error_message="这份表已经导入过。",
            ),
        ]


class UploadRow(models.Model):
    """A row as it was sent, under the heads in their order; what it was found to be, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    original = models.JSONField()
    verdict = models.CharField(max_length=24, choices=choices_of(Verdict))
    faults = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    thing_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    version = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "exchange_row"
        indexes = [models.Index(fields=["upload", "verdict", "line"], name="exchange_row_verdict")]
        constraints = [models.UniqueConstraint(fields=["upload", "line"], name="exchange_row_once")]


class MappingKept(models.Model):
    """What the heads of a unit's tables mean, as a person said last; units of the same region read it too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(UploadKind))
    mark = models.CharField(max_length=64)
    mapping = models.JSONField()
    states = models.JSONField(default=dict)
    said_at = models.DateTimeField()

    class Meta:
        db_table = "exchange_mapping"
        indexes = [models.Index(fields=["region", "kind", "mark"], name="exchange_mapping_region")]
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "mark"], name="exchange_mapping_once")]


class Progress(models.Model):
    """How far a long upload is; written beside its transaction, so that people see it move. Nothing rests on it."""

    upload_id = models.UUIDField(primary_key=True)
    done = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    class Meta:
        db_table = "exchange_progress"
