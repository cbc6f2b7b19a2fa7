"""What is kept of blanks: the form and its versions, what a county said of it, fillings, what units wrote themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.kit.ids import uuid7


class Blank(models.Model):
    """A form from above as the offices of a region know it; `mark` tells it from others by its heads.

    `pointing` is what its columns are, as a person of the region said last; guessed until `pointed_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=64)
    pointing = models.JSONField()
    pointed_at = models.DateTimeField(null=True)
    pointed_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "blanks_blank"
        indexes = [models.Index(fields=["region", "-id"], name="blanks_of_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "mark"], condition=Q(dropped_at__isnull=True), name="blanks_once",
                violation_error_message="本地区已经有同样表头的套表。",
            ),
        ]


class Version(models.Model):
    """The file of a blank as it was sent; a file with the same heads is a new version, equal bytes are the same one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    blank = models.ForeignKey(Blank, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=130)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    said = models.JSONField(default=list)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "blanks_version"
        constraints = [
            models.UniqueConstraint(fields=["blank", "number"], name="blanks_version_number"),
            models.UniqueConstraint(fields=["blank", "digest"], name="blanks_version_once"),
        ]


class Filling(models.Model):
    """A form filled by a unit: everything it was made from but the facts, so that the same file can be made again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="fillings")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField(null=True)
    at = models.DateTimeField()
    pointing = models.JSONField()
    written = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()
    missing = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "blanks_filling"
        indexes = [models.Index(fields=["unit", "-id"], name="blanks_filling_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lt=models.F("at")), name="blanks_filling_forward",
                violation_error_message="统计起始时间要早于截止时间。",
            ),
        ]


class Written(models.Model):
    """What a unit filled in itself where nothing is known, as it last came back; by row and head."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    blank = models.ForeignKey(Blank, models.CASCADE, related_name="written", db_index=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    cells = models.JSONField()
    given_at = models.DateTimeField()

    class Meta:
        db_table = "blanks_written"
        constraints = [models.UniqueConstraint(fields=["blank", "unit"], name="blanks_written_once")]
