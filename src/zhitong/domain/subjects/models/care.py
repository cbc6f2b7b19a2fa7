"""Who looks after whom, dated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models.subject import Subject
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7
from zhitong.kit.sealing.columns import SealedText


class Care(models.Model):
    """Who looks after a subject at a level: lead official, caring unit, person in charge, liaison (分包帮扶).

    The liaison does everything in the official's name. `task_force` is the unit set up for a platform or a work.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="care")
    tier = models.CharField(max_length=24, choices=choices_of(Rank))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    lead_official = models.CharField(max_length=40)
    person_in_charge = models.CharField(max_length=40)
    person_phone = SealedText(blank=True, default="")
    liaison = models.CharField(max_length=40, blank=True, default="")
    liaison_phone = SealedText(blank=True, default="")
    task_force = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "subjects_care"
        indexes = [models.Index(fields=["unit", "subject"], name="subjects_care_unit")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "tier"], condition=Q(until__isnull=True),
                                    name="subjects_care_once"),
        ]
