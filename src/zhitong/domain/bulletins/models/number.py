"""The register of numbers: one series for each kind of paper, unit and year, without gaps; what was not used says why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.bulletins.models.edition import Edition
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import NumberState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Series(models.Model):
    """The last number a unit gave to a kind of paper in a year; locked by who takes the next, so that none is left out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(PaperKind))
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "bulletins_series"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year"], name="bulletins_one_series", violation_error_message="同一系列只能有一个流水号。",
            ),
        ]


class PaperNumber(models.Model):
    """A number of a series: used by an edition, reserved for one, or void with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(PaperKind))
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=100)
    state = models.CharField(max_length=24, choices=choices_of(NumberState))
    edition = models.OneToOneField(Edition, models.PROTECT, null=True, related_name="register")
    reason = models.CharField(max_length=300, blank=True, default="")
    taken_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulletins_number"
        indexes = [models.Index(fields=["unit", "-id"], name="bulletins_number_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "serial"], name="bulletins_number_once",
                violation_error_message="同一系列的编号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(state="used", edition__isnull=False) | ~Q(state="used") & Q(edition__isnull=True) & ~Q(reason=""),
                name="bulletins_number_accounted",
                violation_error_message="编号要么用在一份文件上，要么写明预留、作废的原因。",
            ),
        ]
