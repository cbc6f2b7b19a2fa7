"""What is kept beside rounds and cards: excuses, acceptances, corrections, reminders, traces of sending, flags."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.cards.models.card import Card
from zhitong.domain.cards.models.round import Obligation
from zhitong.domain.cards.rules.rounds import ExcuseReason, FlagKind, ReminderLevel, RequestState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Excuse(models.Model):
    """Why a subject does not report, with proof: asked by a unit, granted or declined by the level that drew its list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="excuses")
    reason = models.CharField(max_length=24, choices=choices_of(ExcuseReason))
    proof = models.TextField()
    state = models.CharField(max_length=24, choices=choices_of(RequestState))
    asked_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_in = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decider = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    decided_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        db_table = "cards_excuse"
        indexes = [
            models.Index(fields=["decider", "asked_at"], condition=Q(state="asked"), name="cards_excuse_to_decide"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="asked"), name="cards_excuse_one_asked",
                violation_error_message="这一户已有一份说明等待审批。",
            ),
            models.CheckConstraint(
                condition=~Q(proof=""), name="cards_excuse_has_proof", violation_error_message="请写明依据。",
            ),
        ]


class Acceptance(models.Model):
    """One level has accepted a version of a card; `waited_from` is when the card reached that level."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.PROTECT, related_name="acceptances")
    version = models.PositiveIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    waited_from = models.DateTimeField()
    at = models.DateTimeField()
    is_final = models.BooleanField()

    class Meta:
        db_table = "cards_acceptance"
        constraints = [models.UniqueConstraint(fields=["card", "version"], name="cards_acceptance_once")]


class Correction(models.Model):
    """A correction asked for after acceptance or lock: with a reason, granted until a day, or declined."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.PROTECT, related_name="corrections")
    reason = models.TextField()
    state = models.CharField(max_length=24, choices=choices_of(RequestState))
    asked_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    decider = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    decided_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    open_until = models.DateField(null=True)

    class Meta:
        db_table = "cards_correction"
        indexes = [
            models.Index(fields=["decider", "asked_at"], condition=Q(state="asked"), name="cards_correction_to_decide"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(state="asked"), name="cards_correction_one_asked",
                violation_error_message="这张卡已有一份更正申请等待审批。",
            ),
        ]


class Reminder(models.Model):
    """Somebody was reminded of a missing card on a day, by the clock (no person) or by hand; once a day for one card."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="reminders", db_index=False)
    level = models.CharField(max_length=24, choices=choices_of(ReminderLevel))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    at = models.DateTimeField()
    reminded_by = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "cards_reminder"
        constraints = [models.UniqueConstraint(fields=["obligation", "unit", "on"], name="cards_reminded_once_a_day")]


class Trace(models.Model):
    """How a card was last sent: from which device and address, as a digest, and the digest of its figures."""

    card = models.OneToOneField(Card, models.CASCADE, primary_key=True, related_name="trace")
    round_id = models.UUIDField()
    sent_at = models.DateTimeField()
    origin = models.CharField(max_length=32, blank=True)
    figures = models.CharField(max_length=32, blank=True)

    class Meta:
        db_table = "cards_trace"
        indexes = [
            models.Index(fields=["origin", "sent_at"], condition=~Q(origin=""), name="cards_trace_origin"),
            models.Index(fields=["round_id", "figures"], condition=~Q(figures=""), name="cards_trace_figures"),
        ]


class Flagged(models.Model):
    """A question about a card (R-E7): what looks odd, for the office that collects; never a blame by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="flags")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    round_id = models.UUIDField()
    kind = models.CharField(max_length=24, choices=choices_of(FlagKind))
    words = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey("organisations.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cards_flag"
        indexes = [models.Index(fields=["round_id", "region", "-id"], name="cards_flag_round")]
        constraints = [models.UniqueConstraint(fields=["card", "kind"], name="cards_flagged_once")]
