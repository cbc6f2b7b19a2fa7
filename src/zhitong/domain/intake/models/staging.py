"""A list on its way in: laid out whole, looked at, then taken in one transaction or left."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.intake.models.screening import Screening
from zhitong.domain.intake.rules.sheets import SheetKind, SheetState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Sheet(models.Model):
    """A list that was sent: its heads, what each was read as, and how it stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=choices_of(SheetKind))
    screening = models.ForeignKey(Screening, models.CASCADE, null=True, related_name="sheets")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    campaign = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    heads = models.JSONField()
    columns = models.JSONField()
    state = models.CharField(max_length=24, choices=choices_of(SheetState))
    staged_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "intake_sheet"
        indexes = [models.Index(fields=["unit", "kind", "-id"], name="intake_sheet_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "screening", "digest"], condition=Q(state="taken"), nulls_distinct=False,
                name="intake_sheet_once", violation_error_message="这份表已经导入过。",
            ),
        ]


class SheetRow(models.Model):
    """A row as it was sent, under its heads; what is wrong with it, column by column; and the problem it became."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    original = models.JSONField()
    troubles = models.JSONField(default=list)
    known = models.CharField(max_length=40, blank=True, default="")
    problem = models.ForeignKey("problems.Problem", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "intake_sheet_row"
        constraints = [models.UniqueConstraint(fields=["sheet", "line"], name="intake_sheet_row_once")]
