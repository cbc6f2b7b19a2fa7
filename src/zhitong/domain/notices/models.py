"""What is kept of notices: to which unit, about which thing, from which fact, and when it was read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.notices.rules import NoticeKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Notice(models.Model):
    """One message to one unit; a fact told twice makes it once. `goes_out` until it was handed to who tells it outside."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(NoticeKind))
    thing_kind = models.CharField(max_length=24)
    thing_id = models.UUIDField()
    thing_number = models.CharField(max_length=100)
    fact_id = models.UUIDField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    goes_out = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "notices_notice"
        constraints = [models.UniqueConstraint(fields=["fact_id", "unit", "kind"], name="notices_told_once")]
        indexes = [
            models.Index(fields=["unit", "-id"], name="notices_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["unit", "-id"], name="notices_of_unit"),
            models.Index(fields=["id"], name="notices_going_out", condition=Q(goes_out=True)),
        ]
