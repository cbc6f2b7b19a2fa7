"""A view of the overview that somebody keeps: where, what, over which time, divided how, and who else finds it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.analysis.rules.views import LONGEST_NAME, Form, Sharing
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class SavedView(models.Model):
    """A named way of looking. It belongs to the post, so that it stays when its maker leaves; `person` made it.

    `dimension` is a stored word without choices: one that the house gives up must not make the row unreadable.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    line = models.ForeignKey("organisations.Line", models.PROTECT, null=True, related_name="+")
    stretch = models.CharField(max_length=24, choices=choices_of(StretchKind))
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    dimension = models.CharField(max_length=24, blank=True)
    form = models.CharField(max_length=24, choices=choices_of(Form))
    shared = models.CharField(max_length=24, choices=choices_of(Sharing))
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "analysis_view"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "name"], name="analysis_view_name", violation_error_message="本岗位已有同名的视图，请换一个名称。",
            ),
            models.CheckConstraint(
                condition=~Q(stretch=StretchKind.DAYS.value) | Q(first__isnull=False, last__isnull=False, last__gte=models.F("first")),
                name="analysis_view_days", violation_error_message="自选起止的视图须有起止日期，止日不早于起日。",
            ),
        ]
