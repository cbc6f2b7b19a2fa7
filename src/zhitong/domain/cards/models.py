"""What cards keep: templates, rounds, who owes, cards; figures, drafts and problem rows apart, each behind its wall."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.cards.rules.kinds import CardState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class TemplateRow(models.Model):
    """A template of one version, its definition kept whole; a published version never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=24)
    definition = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "cards_template"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code", "version"], name="cards_template_once",
                violation_error_message="这个版本的卡片式样已经发布。",
            ),
        ]


class Round(models.Model):
    """A template asked for in a period, of the subjects of a region."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.ForeignKey(TemplateRow, models.PROTECT, related_name="rounds", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    opens_on = models.DateField()
    due_on = models.DateField()
    locked_on = models.DateField()

    class Meta:
        db_table = "cards_round"
        indexes = [models.Index(fields=["-period", "opens_on"], name="cards_round_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "region", "period"], name="cards_round_once",
                violation_error_message="这一期已经开放填报。",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("locked_on")), name="cards_round_days",
                violation_error_message="填报期的开始、截止和锁定日期须依次在后。",
            ),
        ]


class Obligation(models.Model):
    """A subject owes a card in a round, to the office that collects; written when the round opens, never after.

    `position` is the subject's place on the list of the round: by region, then by name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="obligations", db_index=False)
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    collecting_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    owed = models.BooleanField()

    class Meta:
        db_table = "cards_obligation"
        indexes = [models.Index(fields=["round", "region"], name="cards_obligation_region")]
        constraints = [
            models.UniqueConstraint(fields=["round", "subject"], name="cards_obligation_once"),
            models.UniqueConstraint(fields=["round", "position"], name="cards_obligation_place"),
        ]


class Card(models.Model):
    """What one subject has filled in for one round; `version` counts every change of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="cards", db_index=False)
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    reporter_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    collecting_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=24, choices=choices_of(CardState))
    version = models.PositiveIntegerField()
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    edited_in = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "cards_card"
        indexes = [
            models.Index(
                fields=["collecting_unit", "submitted_at"], condition=Q(state="submitted"), name="cards_to_review",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject", "round"], name="cards_card_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
                name="cards_sent_has_time", violation_error_message="报送过的卡片须有报送时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="cards_returned_has_reason",
                violation_error_message="退回卡片须写明原因。",
            ),
        ]


class CardFigures(models.Model):
    """The values of a card as last sent, by field code; money in yuan. Seen by fewer than the card."""

    card = models.OneToOneField(Card, models.CASCADE, primary_key=True, related_name="figures")
    values = models.JSONField()

    class Meta:
        db_table = "cards_figures"


class Draft(models.Model):
    """What is being typed, as typed; only the subject's own unit sees it, and sending removes it."""

    card = models.OneToOneField(Card, models.CASCADE, primary_key=True, related_name="draft")
    values = models.JSONField()
    rows = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "cards_draft"


class ProblemRow(models.Model):
    """A problem as written on a card, frozen when the card was sent; `problem_id` is what was opened for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=40)
    text = models.TextField()
    known_to_head = models.BooleanField()
    confidential = models.BooleanField()
    reporter_name = models.CharField(max_length=40, blank=True)
    reporter_post = models.CharField(max_length=40, blank=True)
    reporter_phone = models.CharField(max_length=30, blank=True)
    raised_at = models.DateTimeField()
    problem_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cards_problem_row"
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="cards_row_place"),
            models.UniqueConstraint(fields=["problem_id"], name="cards_row_problem"),
        ]


class Doubt(models.Model):
    """What looked wrong on a card as sent and was confirmed, with the reporter's word of reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="doubts", db_index=False)
    place = models.CharField(max_length=80)
    sentence = models.TextField()
    answer = models.CharField(max_length=200)

    class Meta:
        db_table = "cards_doubt"
        constraints = [models.UniqueConstraint(fields=["card", "place"], name="cards_doubt_once")]


class Mark(models.Model):
    """A field that the office named when it last gave the card back, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="marks", db_index=False)
    place = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "cards_mark"
        constraints = [models.UniqueConstraint(fields=["card", "place"], name="cards_mark_once")]


class PeerRange(models.Model):
    """The quartiles of one figure of the period before, kept for a round; no range tells of fewer than five firms.

    `sub_kind` and `rank` (of the region) null: of all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="peer_ranges", db_index=False)
    sub_kind = models.CharField(max_length=24, null=True)
    rank = models.CharField(max_length=24, null=True)
    field = models.CharField(max_length=40)
    per = models.CharField(max_length=40, blank=True)
    lower = models.DecimalField(max_digits=30, decimal_places=8)
    upper = models.DecimalField(max_digits=30, decimal_places=8)

    class Meta:
        db_table = "cards_peer_range"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "field", "per", "sub_kind", "rank"], name="cards_peer_range_once",
                nulls_distinct=False,
            ),
        ]
