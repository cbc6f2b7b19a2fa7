"""An edition, each wording it had, and the figures it was drawn with: frozen with its number."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import EditionState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Edition(models.Model):
    """One paper of a series (kind × unit × year), from its draft to its number.

    It tells the time after `since` and up to `cut_off`; `version` is the wording in force. The digests are taken at signing,
    of the wording and of the figures. `corrects` is the issued edition that a correction slip speaks of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=choices_of(PaperKind))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=choices_of(EditionState))
    title = models.CharField(max_length=200)
    since = models.DateTimeField()
    cut_off = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    drawn_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections", db_index=False)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=100, blank=True, default="")
    signed_by = models.CharField(max_length=60, blank=True, default="")
    signed_on = models.DateField(null=True)
    signed_on_paper = models.BooleanField(default=False)
    issued_at = models.DateTimeField(null=True)
    content_digest = models.CharField(max_length=64, blank=True, default="")
    figures_digest = models.CharField(max_length=64, blank=True, default="")
    drop_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "bulletins_edition"
        indexes = [
            models.Index(fields=["unit", "kind", "-id"], name="bulletins_edition_of_unit"),
            models.Index(fields=["region", "-id"], name="bulletins_edition_of_region"),
            models.Index(fields=["corrects"], name="bulletins_edition_corrects", condition=Q(corrects__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "serial"], name="bulletins_edition_number_once",
                violation_error_message="同一系列的编号不能重复。",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", serial__isnull=False, year__isnull=False, issued_at__isnull=False,
                            signed_on__isnull=False) & ~Q(number="") & ~Q(signed_by="") & ~Q(content_digest="")
                & ~Q(figures_digest="")
                | ~Q(state="issued") & Q(serial__isnull=True, number="", issued_at__isnull=True),
                name="bulletins_edition_numbered_at_signing",
                violation_error_message="文件签发时才有编号，签发后文稿和数字不再改动。",
            ),
            models.CheckConstraint(
                condition=Q(cut_off__gte=F("since")), name="bulletins_edition_forward",
                violation_error_message="统计截止时间不能早于起始时间。",
            ),
        ]


class Wording(models.Model):
    """One wording of an edition: its sections, to whom it goes, the annexes; saved anew, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="wordings", db_index=False)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    recipients = models.CharField(max_length=300, blank=True)
    sections = models.JSONField()
    annexes = models.JSONField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "bulletins_wording"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "version"], name="bulletins_wording_once",
                violation_error_message="有人刚刚保存了同一版，请刷新后再保存。",
            ),
        ]


class EditionFigure(models.Model):
    """A figure of an edition as it was drawn: value as printed, whose it is, which rows it counts, what the last issue said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures", db_index=False)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    label = models.CharField(max_length=100)
    text = models.CharField(max_length=40)
    unit_word = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    behind = models.JSONField()
    before = models.CharField(max_length=40, null=True)

    class Meta:
        db_table = "bulletins_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"], name="bulletins_figure_once", violation_error_message="一期中每个数只有一个名称。",
            ),
        ]
