"""What calendars keep: which years are published, and their days that are not as the week says."""

from __future__ import annotations

from django.db import models


class PublishedYear(models.Model):
    """A year whose holidays the State Council has published (or an administrator has entered)."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "calendars_published_year"


class SpecialDay(models.Model):
    """A weekday off or a weekend day worked (make-up day)."""

    on = models.DateField(primary_key=True)
    works = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "calendars_special_day"
