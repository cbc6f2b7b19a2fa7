"""Lists of the served, and who stands on them (帮扶名单)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models.subject import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class AssistanceList(models.Model):
    """A list of the served (帮扶名单): drawn by a unit for a campaign, a kind and a level, with its number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    drawn_by = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    quota = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "subjects_list"
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="subjects_list_once")]


class Membership(models.Model):
    """A subject on a list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(AssistanceList, models.CASCADE, related_name="members")
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "subjects_membership"
        constraints = [
            models.UniqueConstraint(fields=["list", "subject"], condition=Q(until__isnull=True),
                                    name="subjects_member_once"),
        ]
