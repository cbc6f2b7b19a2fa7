"""One of the served, as it is kept: dated, never deleted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import Diagnosis, ProjectStage, SubjectEnd, SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7
from zhitong.kit.sealing.columns import SealedText, SearchDigest


class Subject(models.Model):
    """One of the served; `version` counts its changes. Money is in yuan.

    `region` is its place (属地): where it operates, unless an office has ruled otherwise; then `operating_region` says
    where it does and `region_reason` why. The regions of registration, tax and statistics are null where they are the
    same. `tier_reason` says why the tier was set by hand, and is empty where the rule has decided. `name_key` is the
    name without legal form and brackets, by which alike names are found; `initials` are the first letters of its pinyin.
    Source: R-D1, R-D3, R-D7.
    """

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
    address = models.CharField(max_length=200, blank=True, default="")
    operating_region = models.ForeignKey("organisations.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    region_reason = models.CharField(max_length=200, blank=True, default="")
    registered_region = models.ForeignKey("organisations.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    registered_address = models.CharField(max_length=200, blank=True, default="")
    tax_region = models.ForeignKey("organisations.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    statistics_region = models.ForeignKey("organisations.Region", models.PROTECT, null=True, related_name="+", db_index=False)
    name_key = models.CharField(max_length=120, blank=True, default="")
    initials = models.CharField(max_length=120, blank=True, default="")
    contact = models.CharField(max_length=40, blank=True, default="")
    contact_phone = SealedText(blank=True, default="")
    contact_phone_digest = SearchDigest(of="contact_phone")
    tier_reason = models.CharField(max_length=200, blank=True, default="")
    diagnosis = models.CharField(max_length=24, choices=choices_of(Diagnosis), blank=True, default="")
    diagnosis_words = models.TextField(blank=True, default="")
    importance = models.CharField(max_length=24, choices=choices_of(Rank), blank=True, default="")
    invested_cny = models.BigIntegerField(null=True)
    progress_words = models.CharField(max_length=400, blank=True, default="")
    planned_start_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    planned_finish_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=24, choices=choices_of(SubjectEnd), blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "subjects_subject"
        indexes = [
            models.Index(fields=["region", "kind", "id"], name="subjects_by_region"),
            models.Index(fields=["kind", "tier", "id"], name="subjects_by_tier"),
            models.Index(fields=["name", "id"], condition=Q(ended_on__isnull=True), name="subjects_by_name"),
            models.Index(fields=["name_key"], condition=Q(ended_on__isnull=True), name="subjects_by_name_key"),
            models.Index(
                fields=["contact_phone_digest", "id"], condition=Q(ended_on__isnull=True) & ~Q(contact_phone_digest=""),
                name="subjects_by_phone_digest",
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="subjects_by_survivor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind"], condition=Q(ended_on__isnull=True), name="subjects_code_once",
                violation_error_message="同类服务对象中已有这个统一社会信用代码（项目代码）。",
            ),
        ]
