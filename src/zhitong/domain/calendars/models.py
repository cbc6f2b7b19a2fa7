"""What calendars keep: published years with their days, and what units and regions have of their own.

An owner is a unit or a region by its plain id: calendars stand below organisations. What is entered of one's own is
only ever added; of two entries for the same day the later one holds.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.calendars.rules.entering import LONGEST_NAME, LONGEST_SOURCE
from zhitong.kit.ids import uuid7


class PublishedYear(models.Model):
    """A year whose holidays the State Council has published (or an administrator has entered)."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=LONGEST_SOURCE)

    class Meta:
        db_table = "calendars_published_year"


class SpecialDay(models.Model):
    """A weekday off or a weekend day worked (make-up day)."""

    on = models.DateField(primary_key=True)
    works = models.BooleanField()
    name = models.CharField(max_length=LONGEST_NAME, blank=True)

    class Meta:
        db_table = "calendars_special_day"


_MORNING = Q(opens_at__isnull=False, closes_at__isnull=False, opens_at__lt=F("closes_at"))
_NO_AFTERNOON = Q(opens_again_at__isnull=True, closes_again_at__isnull=True)
_AFTERNOON = Q(
    opens_again_at__isnull=False, closes_again_at__isnull=False, opens_again_at__gt=F("closes_at"),
    closes_again_at__gt=F("opens_again_at"),
)
_NO_HOURS = Q(opens_at__isnull=True, closes_at__isnull=True) & _NO_AFTERNOON


class OfficeHours(models.Model):
    """The office hours of a unit or region from a day on; without hours: those of the level above again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    since = models.DateField()
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    opens_again_at = models.TimeField(null=True)
    closes_again_at = models.TimeField(null=True)
    source = models.CharField(max_length=LONGEST_SOURCE)
    entered_by_id = models.UUIDField(null=True)
    entered_on = models.DateField()

    class Meta:
        db_table = "calendars_office_hours"
        indexes = [models.Index(fields=["owner_id", "since"], name="calendars_hours_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__gt=F("entered_on")), name="calendars_hours_ahead",
                violation_error_message="办公时间只能从明天起调整。",
            ),
            models.CheckConstraint(
                condition=_NO_HOURS | (_MORNING & (_NO_AFTERNOON | _AFTERNOON)), name="calendars_hours_in_order",
                violation_error_message="上下班时间须依次从早到晚。",
            ),
        ]


class OwnDay(models.Model):
    """A day on which a unit or region works or rests otherwise than the calendar above; null: as above again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    on = models.DateField()
    works = models.BooleanField(null=True)
    name = models.CharField(max_length=LONGEST_NAME)
    entered_by_id = models.UUIDField(null=True)
    entered_on = models.DateField()

    class Meta:
        db_table = "calendars_own_day"
        indexes = [models.Index(fields=["owner_id", "on"], name="calendars_day_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(on__gt=F("entered_on")), name="calendars_day_ahead",
                violation_error_message="特殊日期只能录入明天及以后的。",
            ),
        ]
