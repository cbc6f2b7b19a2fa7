"""What retention keeps: terms that were changed, days' runs with their figures, holds, and who was erased under which number."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhitong.domain.retention.rules.words import HoldKind, KeptKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class ChangedTerm(models.Model):
    """A term that somebody set; what was never changed has no row and keeps the usual one."""

    kind = models.CharField(max_length=24, primary_key=True, choices=choices_of(KeptKind))
    months = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "retention_term"


class Run(models.Model):
    """What a day did with one kind: `done` rows so far older than `before`; without an end it goes on where it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField()
    kind = models.CharField(max_length=24, choices=choices_of(KeptKind))
    before = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_run"
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "kind"], name="retention_run_once_a_day")]


class Hold(models.Model):
    """Rows of a firm or a person that stay whatever their age, until the last day or until it is released."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=choices_of(HoldKind))
    thing_id = models.UUIDField()
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    until = models.DateField()
    set_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "retention_hold"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "thing_id"], condition=Q(ended_at__isnull=True), name="retention_hold_once",
                violation_error_message="这个对象已经设定保留。",
            ),
        ]


class Erasure(models.Model):
    """Somebody who asked to be erased: his number, who took it up, and when it was done; `rows` counts what was cleared."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.OneToOneField("organisations.Person", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(unique=True)
    asked_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "retention_erasure"
        indexes: ClassVar = [models.Index(fields=["number"], condition=Q(done_at__isnull=True), name="retention_erasure_waits")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(person=F("asked_by")), name="retention_erasure_by_another",
                violation_error_message="不能受理自己的删除。",
            ),
        ]
