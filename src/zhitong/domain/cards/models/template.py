"""Templates: published versions, and drafts in the office that draws them up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.kit.ids import uuid7


class TemplateRow(models.Model):
    """A template of one version, its definition kept whole; a published version never changes.

    `unit` is the office that asks, empty for what a campaign's package brought; a retired one opens no more rounds.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=24)
    definition = models.JSONField()
    published_at = models.DateTimeField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    retired_at = models.DateTimeField(null=True)
    retired_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "cards_template"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code", "version"], name="cards_template_once",
                violation_error_message="这个版本的卡片式样已经发布。",
            ),
        ]


class TemplateDraft(models.Model):
    """A template being drawn up in an office; `version` counts its changes, `notes` what an import did not take.

    It is open until it is published or dropped; what became of it is told by `published`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    definition = models.JSONField()
    notes = models.JSONField(default=list)
    based_on = models.ForeignKey(TemplateRow, models.PROTECT, null=True, related_name="+", db_index=False)
    published = models.ForeignKey(TemplateRow, models.PROTECT, null=True, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cards_template_draft"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "campaign", "code"], condition=Q(settled_at__isnull=True), name="cards_template_draft_once",
                violation_error_message="本单位已有这张表的草稿。",
            ),
        ]
