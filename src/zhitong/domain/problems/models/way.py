"""The typed rows of a problem's way beside its spells: steps up, answers and relays down, what the reporter said,
requests for time, offers, parts of other units, second looks and flags."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.problems.models.problem import Problem, Spell
from zhitong.domain.problems.rules.kinds import (
    CheckKind,
    CheckState,
    EscalationState,
    Flag,
    OfferState,
    Outcome,
    PartKind,
    PartState,
    PauseReason,
    PowerMissing,
    Rating,
    RequestKind,
    RequestState,
    Stage,
)
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
    power_missing = models.CharField(max_length=24, choices=choices_of(PowerMissing), blank=True, default="")
    levels = models.PositiveSmallIntegerField(default=1)
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
    device = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "problems_answer"
        indexes = [
            models.Index(fields=["unit", "answered_at"], name="problems_answer_by_unit"),
            models.Index(fields=["device"], name="problems_answer_device", condition=~Q(device="")),
        ]
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


class Reply(models.Model):
    """A stage reply as it can be compared: the digest of its text without blanks and punctuation; the words are its fact's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="replies")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_reply"
        indexes = [
            models.Index(fields=["unit", "digest"], name="problems_reply_alike"),
            models.Index(fields=["problem"], name="problems_reply_problem"),
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
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="verdicts")
    by_head = models.BooleanField(default=False)
    rating = models.CharField(max_length=24, choices=choices_of(Rating))
    reply_rating = models.CharField(max_length=24, choices=choices_of(Rating), blank=True, default="")
    device = models.CharField(max_length=64, blank=True, default="")
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "problems_verdict"
        indexes = [models.Index(fields=["device"], name="problems_verdict_device", condition=~Q(device=""))]
        constraints = [models.UniqueConstraint(fields=["answer", "by_head"], name="problems_verdict_once")]


class Request(models.Model):
    """What was asked of an office: more time, a stop, parking, or the reporter's withdrawal; and what it decided.

    `due_at` and `warn_at` are the office's limit to decide. `workdays` are those asked for or, of a stop that is over,
    those the clock stood still. `due_before` and `due_after` are the due time of the spell, `total_after` the
    end-to-end one after it moved, `arithmetic` the sum in words. `stage`, `stage_since`, `stage_due_at`, `stage_warn_at` are the
    stage that a stop interrupted. `urged` is what the reporter says of whether anybody urged him to withdraw.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="requests")
    spell = models.ForeignKey(Spell, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(RequestKind))
    state = models.CharField(max_length=24, choices=choices_of(RequestState))
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    decider_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    pause_reason = models.CharField(max_length=24, choices=choices_of(PauseReason), blank=True, default="")
    reason = models.TextField()
    workdays = models.PositiveSmallIntegerField(null=True)
    until = models.DateField(null=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, default="")
    urged = models.TextField(blank=True, default="")
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    total_after = models.DateTimeField(null=True)
    stage = models.CharField(max_length=24, choices=choices_of(Stage), blank=True, default="")
    stage_since = models.DateTimeField(null=True)
    stage_due_at = models.DateTimeField(null=True)
    stage_warn_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    arithmetic = models.TextField(blank=True, default="")

    class Meta:
        db_table = "problems_request"
        indexes = [
            models.Index(fields=["problem", "asked_at"], name="problems_request_problem"),
            models.Index(
                fields=["until", "id"], name="problems_paused_until",
                condition=Q(kind="pause", state="granted", resumed_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(state="asked"), name="problems_one_request",
                violation_error_message="该问题已有一份待审批的申请。",
            ),
        ]


class Offer(models.Model):
    """An offer of one department to hand a matter over to another; it moves only when the other takes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="offers")
    from_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=choices_of(OfferState))
    reason = models.TextField()
    offered_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, default="")

    class Meta:
        db_table = "problems_offer"
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(state="offered"), name="problems_one_offer",
                violation_error_message="该问题正在与另一单位商议移交。",
            ),
        ]


class Part(models.Model):
    """What another unit does for a matter without being accountable: co-handling, joint lead, or an answer to a letter."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=24, choices=choices_of(PartKind))
    state = models.CharField(max_length=24, choices=choices_of(PartState))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    spell = models.ForeignKey(Spell, models.PROTECT, related_name="+")
    asked_for = models.TextField()
    letter = models.CharField(max_length=60, blank=True, default="")
    round = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    reply_letter = models.CharField(max_length=60, blank=True, default="")
    replied_on = models.DateField(null=True)

    class Meta:
        db_table = "problems_part"
        indexes = [
            models.Index(fields=["problem", "asked_at"], name="problems_part_problem"),
            models.Index(fields=["unit", "due_at", "id"], name="problems_part_open", condition=Q(state="asked")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "unit"], condition=Q(state="asked"), name="problems_one_open_part",
                violation_error_message="该单位已有一项待反馈的协办事项。",
            ),
        ]


class Check(models.Model):
    """A second look by somebody else at what was settled: drawn by a seeded sample or asked for."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=24, choices=choices_of(CheckKind))
    state = models.CharField(max_length=24, choices=choices_of(CheckState))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    seed = models.CharField(max_length=60, blank=True, default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=24, choices=choices_of(Rating), blank=True, default="")
    words = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "problems_check"
        indexes = [
            models.Index(fields=["unit", "due_at", "id"], name="problems_check_waiting", condition=Q(state="waiting")),
            models.Index(fields=["unit", "-id"], name="problems_check_of_unit"),
            models.Index(fields=["seed"], name="problems_check_drawn"),
        ]
        constraints = [models.UniqueConstraint(fields=["problem", "kind"], name="problems_check_once")]


class Flagged(models.Model):
    """Something about a matter's handling that asks a person to look; it decides nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=24, choices=choices_of(Flag))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        db_table = "problems_flagged"
        constraints = [models.UniqueConstraint(fields=["problem", "flag"], name="problems_flag_once")]
