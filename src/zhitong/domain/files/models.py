"""What is kept of files: the bytes once for equal bytes, the file as it was given, and the thing it is attached to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.files.rules.kinds import MOST_FILES, FileFormat, Verdict
from zhitong.kit.choices import choices_of, length_of
from zhitong.kit.ids import uuid7


class Content(models.Model):
    """Bytes by their SHA-256; `small` is a small picture of a photo, `found` the name a scanner gave to what is in it."""

    digest = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()
    small = models.BinaryField(null=True)
    verdict = models.CharField(
        max_length=length_of(Verdict), choices=choices_of(Verdict), default=Verdict.UNJUDGED.value,
        db_default=Verdict.UNJUDGED.value,
    )
    found = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Meta:
        db_table = "files_content"
        indexes = [
            models.Index(
                fields=["verdict"], name="files_to_judge", condition=Q(verdict__in=["unjudged", "waiting"]),
            ),
        ]


class File(models.Model):
    """A file as a unit gave it; `attached_at` is empty until it stands beside a thing.

    `latitude` and `longitude` are where a photo was taken, kept only beside what asks for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    content = models.ForeignKey(Content, models.PROTECT, db_column="digest", related_name="+")
    name = models.CharField(max_length=130)
    format = models.CharField(max_length=length_of(FileFormat), choices=choices_of(FileFormat))
    size = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField(null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    uploader_person_id = models.UUIDField(null=True)
    uploader_unit_id = models.UUIDField(null=True)
    via = models.CharField(max_length=24)
    uploaded_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "files_file"
        indexes = [
            models.Index(
                fields=["uploader_unit_id", "uploaded_at"], name="files_unattached", condition=Q(attached_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True) | Q(latitude__isnull=False, longitude__isnull=False),
                name="files_place_whole", violation_error_message="拍摄地点须同时有经度和纬度。",
            ),
        ]


class Attachment(models.Model):
    """The place of a file beside a thing; a file has one."""

    file = models.OneToOneField(File, models.CASCADE, primary_key=True, related_name="attachment")
    thing_kind = models.CharField(max_length=24)
    thing_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    caption = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "files_attachment"
        constraints = [
            models.UniqueConstraint(fields=["thing_id", "thing_kind", "position"], name="files_one_at_a_place"),
            models.CheckConstraint(
                condition=Q(position__lt=MOST_FILES), name="files_few_at_a_thing",
                violation_error_message=f"一件事最多附{MOST_FILES}个文件。",
            ),
        ]
