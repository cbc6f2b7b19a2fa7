"""Symposia of officials and entrepreneurs (座谈会), and the matters raised there."""

from __future__ import annotations

from django.db import models

from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Symposium(models.Model):
    """A meeting: when, chaired by whom, who was invited and came, and what was said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    held_on = models.DateField()
    name = models.CharField(max_length=120)
    chaired_by = models.CharField(max_length=60)
    came = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "intake_symposium"
        indexes = [
            models.Index(fields=["region", "-id"], name="intake_symposium_by_region"),
            models.Index(fields=["region", "held_on"], name="intake_symposium_held"),
        ]


class Guest(models.Model):
    """A firm that was invited, of the registry or by a name alone, and whether it came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    symposium = models.ForeignKey(Symposium, models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField()
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    attendance = models.CharField(max_length=24, choices=choices_of(Attendance))
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "intake_guest"
        constraints = [
            models.UniqueConstraint(fields=["symposium", "position"], name="intake_guest_once"),
            models.UniqueConstraint(
                fields=["symposium", "name"], name="intake_guest_named_once",
                violation_error_message="同一家企业在邀请名单里出现了两次。",
            ),
        ]


class Matter(models.Model):
    """A matter raised at a symposium: the problem it became."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    symposium = models.ForeignKey(Symposium, models.CASCADE, related_name="matters")
    position = models.PositiveSmallIntegerField()
    problem = models.OneToOneField("problems.Problem", models.PROTECT, related_name="+")

    class Meta:
        db_table = "intake_matter"
        constraints = [models.UniqueConstraint(fields=["symposium", "position"], name="intake_matter_once")]
