"""Cards with their figures, drafts and problem rows, each behind its wall."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.cards.models.round import Round
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.rounds import FillManner
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7
from zhitong.kit.sealing.columns import SealedText


class Card(models.Model):
    """What one subject has filled in for one round; `version` counts every change of it.

    `awaiting_unit` is the office whose review is next, `passed_back_at` when a level above last gave the card back to it.
    A card filled in for the firm (代填) says from what, by which unit, and what the firm said to it. `open_until` is the
    day until which a granted correction opens a locked round.
    """

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
    passed_back_at = models.DateTimeField(null=True)
    awaiting_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    filled_by = models.CharField(max_length=24, choices=choices_of(FillManner), default=str(FillManner.OWN))
    filled_from = models.CharField(max_length=200, blank=True)
    filled_in = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    confirmed_at = models.DateTimeField(null=True)
    disputed_at = models.DateTimeField(null=True)
    open_until = models.DateField(null=True)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    edited_in = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "cards_card"
        indexes = [
            models.Index(
                fields=["awaiting_unit", "submitted_at"], condition=Q(awaiting_unit__isnull=False), name="cards_to_review",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject", "round"], name="cards_card_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
                name="cards_sent_has_time", violation_error_message="报送过的卡片须有报送时间。",
            ),
            models.CheckConstraint(
                condition=Q(filled_by="own") | (~Q(filled_from="") & Q(filled_in__isnull=False)),
                name="cards_filled_for_says_from_what", violation_error_message="代填的卡片须写明由谁、根据什么填写。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(disputed_at__isnull=True), name="cards_one_answer",
                violation_error_message="代填的卡片不能既确认又有异议。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "passed"], awaiting_unit__isnull=False)
                | (~Q(state__in=["submitted", "passed"]) & Q(awaiting_unit__isnull=True)),
                name="cards_awaiting_while_reviewed", violation_error_message="待审核的卡片须有审核单位。",
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
    unnamed = models.BooleanField(default=False)
    reporter_name = models.CharField(max_length=40, blank=True)
    reporter_post = models.CharField(max_length=40, blank=True)
    reporter_phone = SealedText(blank=True)
    raised_at = models.DateTimeField()
    problem_id = models.UUIDField(null=True)

    class Meta:
        db_table = "cards_problem_row"
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="cards_row_place"),
            models.UniqueConstraint(fields=["problem_id"], name="cards_row_problem"),
        ]
