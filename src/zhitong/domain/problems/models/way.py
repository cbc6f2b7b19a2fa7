"""The typed rows of a problem's way beside its spells: proposals to go up, answers, relays down, what the reporter said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.problems.models.problem import Problem, Spell
from zhitong.domain.problems.rules.kinds import EscalationState, Outcome, PowerMissing, Rating
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Escalation(models.Model):
    """A proposal of a department to go up, what its office made of it, and what the level above ruled."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="escalations")
    from_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    from_spell = models.ForeignKey(Spell, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=24, choices=choices_of(EscalationState))
    power_missing = models.CharField(max_length=24, choices=choices_of(PowerMissing))
    tried = models.TextField()
    asked_for = models.TextField()
    proposed_at = models.DateTimeField()
    consent_by = models.CharField(max_length=60, blank=True)
    consent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    ruling = models.TextField(blank=True)
    ruled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "problems_escalation"
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(state="proposed"), name="problems_one_proposal",
                violation_error_message="该问题已有一份待审核的上报意见。",
            ),
        ]


class Answer(models.Model):
    """What a unit answers, with the honest outcome."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="answers")
    spell = models.ForeignKey(Spell, models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=24, choices=choices_of(Outcome))
    text = models.TextField()
    planned_on = models.DateField(null=True)
    power_missing = models.CharField(max_length=24, choices=choices_of(PowerMissing), blank=True)
    answered_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "problems_answer"
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="planned") | Q(planned_on__isnull=False), name="problems_planned_has_date",
                violation_error_message="列入计划的须写明计划完成日期。",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="cannot") | ~Q(power_missing=""), name="problems_cannot_has_reason",
                violation_error_message="无法解决的须写明缺少哪项权限或条件。",
            ),
        ]


class Relay(models.Model):
    """A level's duty to pass an answer from above down to the next; overdue, the answer goes on without it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="relays")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="relays")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    by_itself = models.BooleanField(default=False)

    class Meta:
        db_table = "problems_relay"
        indexes = [
            models.Index(fields=["due_at"], name="problems_relay_due", condition=Q(passed_at__isnull=True)),
        ]
        constraints = [models.UniqueConstraint(fields=["answer", "position"], name="problems_relay_order")]


class Verdict(models.Model):
    """What the reporter said of an answer; who handled it can neither send, see in advance nor repeat the request."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="verdicts")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="verdict")
    rating = models.CharField(max_length=24, choices=choices_of(Rating))
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_verdict"
