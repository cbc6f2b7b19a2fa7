"""What is kept of the served: the registry, the lists, and who cares for whom. All dated, nothing deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Subject(models.Model):
    """One of the served. `region` is where it operates (属地); money is in yuan."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=choices_of(SubjectKind))
    sub_kind = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    code_reason = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    unit = models.OneToOneField("organisations.Unit", models.PROTECT, null=True, related_name="+")
    industry = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=24, choices=choices_of(ProjectStage), blank=True)
    tier = models.CharField(max_length=24, choices=choices_of(Rank), blank=True)
    tier_words = models.TextField(blank=True)
    revenue_cny = models.BigIntegerField(null=True)
    investment_cny = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        db_table = "subjects_subject"
        indexes = [
            models.Index(fields=["region", "kind", "id"], name="subjects_by_region"),
            models.Index(fields=["kind", "tier", "id"], name="subjects_by_tier"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind"], condition=Q(ended_on__isnull=True), name="subjects_code_once",
                violation_error_message="同类服务对象中已有这个统一社会信用代码（项目代码）。",
            ),
        ]


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


class Care(models.Model):
    """Who looks after a subject at a level: lead official, caring unit, person in charge (分包帮扶)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="care")
    tier = models.CharField(max_length=24, choices=choices_of(Rank))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    lead_official = models.CharField(max_length=40)
    person_in_charge = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "subjects_care"
        indexes = [models.Index(fields=["unit", "subject"], name="subjects_care_unit")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "tier"], condition=Q(until__isnull=True),
                                    name="subjects_care_once"),
        ]
