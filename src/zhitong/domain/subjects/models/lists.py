"""Lists of the served, and who stands on them (帮扶名单)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models.subject import Subject
from zhitong.domain.subjects.rules.kinds import RemovalCause, SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class AssistanceList(models.Model):
    """A list of the served (帮扶名单): drawn by a unit for a campaign, a kind and a level, with its number.

    `line` is the line of work that leads the service of its kind.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    drawn_by = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey("organisations.Line", models.PROTECT, null=True, related_name="+", db_index=False)
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


class Removal(models.Model):
    """A subject shall leave a list: asked by a unit with its cause, decided by the unit that drew the list (R-E7)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="removals", db_index=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="removals", db_index=False)
    cause = models.CharField(max_length=24, choices=choices_of(RemovalCause))
    proof = models.CharField(max_length=400)
    asked_by = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decider = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    answer = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        db_table = "subjects_removal"
        indexes = [
            models.Index(fields=["decider", "id"], condition=Q(decided_at__isnull=True), name="subjects_removal_waits"),
            models.Index(fields=["subject", "id"], name="subjects_removal_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(decided_at__isnull=True), name="subjects_removal_once",
                violation_error_message="移出名单的申请已经在等审定。",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, agreed__isnull=True)
                | Q(decided_at__isnull=False, agreed__isnull=False),
                name="subjects_removal_decided", violation_error_message="审定移出名单要写明同意或不同意。",
            ),
        ]
