"""What is kept of papers: the text, what was read in it, what people changed, doubted, linked, published and compared."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.papers.rules.kinds import CorrectionKind, Judgement, PaperKind, PaperState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Paper(models.Model):
    """A document of a region's campaign office; spans count code points of `text`, which never changes.

    `campaign` is the plan that it is published as; `document` is what clauses of that plan name. A paper that could not
    be read says why in `refusal`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    by_person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices_of(PaperKind))
    state = models.CharField(max_length=24, choices=choices_of(PaperState))
    campaign = models.SlugField(max_length=40)
    document = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=130)
    format = models.CharField(max_length=24)
    text = models.TextField()
    noise = models.JSONField(default=list)
    refusal = models.TextField(blank=True, default="")
    taken_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "papers_paper"
        indexes = [
            models.Index(fields=["by_unit", "-id"], name="papers_paper_of_unit"),
            models.Index(fields=["region", "-id"], name="papers_paper_published", condition=Q(state="published")),
            models.Index(fields=["id"], name="papers_paper_waiting", condition=Q(state="reading")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, kind="own"), name="papers_paper_published_own",
                violation_error_message="只有本级文件才能发布。",
            ),
        ]


class Reading(models.Model):
    """What the reader made of a paper (`plan`), and the draft: the plan with the corrections replayed and checked anew.

    Both in the form that `zhitong policy compile --json` prints.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.OneToOneField(Paper, models.CASCADE, related_name="reading")
    plan = models.JSONField()
    draft = models.JSONField()
    read_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "papers_reading"


class Correction(models.Model):
    """What a person did to the draft: the fields it changed, before and after. One that was taken back stays as a row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="corrections", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, choices=choices_of(CorrectionKind))
    thing = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=400, blank=True)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    by_person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    restored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "papers_correction"
        indexes = [models.Index(fields=["by_unit", "-id"], name="papers_correction_cases")]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="papers_correction_number")]


class Judged(models.Model):
    """What a person holds of a doubt, told by its key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="judged", db_index=False)
    key = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    message = models.TextField()
    judgement = models.CharField(max_length=24, choices=choices_of(Judgement))
    reason = models.CharField(max_length=400, blank=True)
    by_person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "papers_judged"
        constraints = [
            models.UniqueConstraint(fields=["paper", "key"], name="papers_judged_once"),
            models.CheckConstraint(
                condition=Q(judgement="accepted") | ~Q(reason=""), name="papers_judged_reason",
                violation_error_message="判定疑点不成立要写理由。",
            ),
        ]


class NameLink(models.Model):
    """Whom a printed name means, as a person said; without a unit it is left as printed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="links", db_index=False)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "papers_name_link"
        constraints = [models.UniqueConstraint(fields=["paper", "name"], name="papers_name_link_once")]


class Edition(models.Model):
    """A draft as it was published: the version of the plan it became, and what it said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="editions", db_index=False)
    version = models.PositiveSmallIntegerField()
    plan = models.JSONField()
    by_person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "papers_edition"
        constraints = [models.UniqueConstraint(fields=["paper", "version"], name="papers_edition_version")]


class Comparison(models.Model):
    """An upper paper held against a lower one, as the contract prints it; open to readers where both were as published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    upper = models.ForeignKey(Paper, models.CASCADE, related_name="compared_as_upper", db_index=False)
    lower = models.ForeignKey(Paper, models.CASCADE, related_name="compared_as_lower")
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    found = models.JSONField()
    upper_plan = models.JSONField()
    lower_plan = models.JSONField()
    is_open = models.BooleanField(default=False)
    compared_at = models.DateTimeField()

    class Meta:
        db_table = "papers_comparison"
        constraints = [
            models.UniqueConstraint(fields=["upper", "lower", "by_unit"], name="papers_comparison_once"),
            models.CheckConstraint(
                condition=~Q(upper=F("lower")), name="papers_comparison_two", violation_error_message="请选两份不同的文件对照。",
            ),
        ]
