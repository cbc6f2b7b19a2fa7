"""The problem itself, the spells of accountability on its way, and the units that take part."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from zhitong.domain.problems.rules.kinds import (
    CLOSED_STATES,
    DeclineReason,
    Nature,
    Outcome,
    PartyRole,
    Rating,
    RequestKind,
    Source,
    SpellKind,
    Stage,
    State,
    Urgency,
)
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7

_CLOSED = sorted(str(state.value) for state in CLOSED_STATES)


class Problem(models.Model):
    """One matter. It names its region only; who stands above that region is the territory's business."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    campaign = models.SlugField(max_length=40, db_index=False)
    source = models.CharField(max_length=24, choices=choices_of(Source))
    nature = models.CharField(max_length=24, choices=choices_of(Nature))
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, null=True, related_name="+")
    subject_name = models.CharField(max_length=120)
    subject_kind = models.CharField(max_length=24)
    reporter_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    category = models.CharField(max_length=40)
    line = models.ForeignKey("organisations.Line", models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    known_to_head = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    urgency = models.CharField(max_length=24, choices=choices_of(Urgency))
    tier = models.CharField(max_length=24, blank=True)
    card_row = models.UUIDField(null=True, unique=True)
    unnamed = models.BooleanField(default=False)
    recorded = models.BooleanField(default=False)
    happened_at = models.DateTimeField(null=True)
    outside_ref = models.CharField(max_length=120, blank=True, default="")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)

    state = models.CharField(max_length=24, choices=choices_of(State))
    outcome = models.CharField(max_length=24, choices=choices_of(Outcome), blank=True)
    rating = models.CharField(max_length=24, choices=choices_of(Rating), blank=True)
    decline_reason = models.CharField(max_length=24, choices=choices_of(DeclineReason), blank=True)
    routing_words = models.TextField(blank=True)
    rule_code = models.CharField(max_length=60, blank=True)

    open_spell = models.OneToOneField(
        "problems.Spell", models.PROTECT, null=True, related_name="+", db_constraint=True,
    )
    accountable_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    level_region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    relay_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    stage = models.CharField(max_length=24, choices=choices_of(Stage), blank=True)
    stage_since = models.DateTimeField(null=True)
    stage_due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)

    submitted_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    asks = models.PositiveSmallIntegerField(default=0)
    send_backs = models.PositiveSmallIntegerField(default=0)
    rejections = models.PositiveSmallIntegerField(default=0)
    climbs = models.PositiveSmallIntegerField(default=0)
    objections = models.PositiveSmallIntegerField(default=0)
    hand_overs = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    pauses = models.PositiveSmallIntegerField(default=0)
    broken_dates = models.PositiveSmallIntegerField(default=0)
    contact_voids = models.PositiveSmallIntegerField(default=0)
    wantings = models.PositiveSmallIntegerField(default=0)
    open_parts = models.PositiveSmallIntegerField(default=0)
    verified = models.BooleanField(default=False)
    misrouted = models.BooleanField(default=False)
    returns_on = models.DateField(null=True)
    closable_at = models.DateTimeField(null=True)
    pending = models.CharField(max_length=24, choices=choices_of(RequestKind), blank=True, default="")
    decider_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    offered_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    looker_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    prechecker_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    last_act = models.CharField(max_length=24)
    last_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    last_at = models.DateTimeField()

    class Meta:
        db_table = "problems_problem"
        indexes = [
            models.Index(fields=["region", "-id"], name="problems_by_region"),
            models.Index(fields=["line", "region", "-id"], name="problems_by_line"),
            models.Index(fields=["reporter_unit", "-id"], name="problems_by_reporter"),
            models.Index(fields=["subject", "-id"], name="problems_by_subject"),
            models.Index(
                fields=["accountable_unit", "stage_due_at", "id"], name="problems_on_desk",
                condition=Q(open_spell__isnull=False),
            ),
            models.Index(
                fields=["region", "stage_due_at", "id"], name="problems_due_by_region",
                condition=Q(open_spell__isnull=False),
            ),
            models.Index(
                fields=["line", "stage_due_at", "id"], name="problems_due_by_line", condition=Q(open_spell__isnull=False),
            ),
            models.Index(
                fields=["line", "region", "stage_due_at", "id"], name="problems_due_by_line_region",
                condition=Q(open_spell__isnull=False),
            ),
            models.Index(fields=["line", "-id"], name="problems_by_line_whole"),
            models.Index(
                fields=["relay_unit", "id"], name="problems_relaying", condition=Q(relay_unit__isnull=False),
            ),
            models.Index(fields=["level_region", "id"], name="problems_proposed", condition=Q(state="proposed")),
            models.Index(
                fields=["decider_unit", "id"], name="problems_deciding", condition=Q(decider_unit__isnull=False),
            ),
            models.Index(
                fields=["offered_unit", "id"], name="problems_offered", condition=Q(offered_unit__isnull=False),
            ),
            models.Index(
                fields=["looker_unit", "id"], name="problems_looked_into", condition=Q(looker_unit__isnull=False),
            ),
            models.Index(
                fields=["prechecker_unit", "stage_due_at", "id"], name="problems_prechecked",
                condition=Q(prechecker_unit__isnull=False),
            ),
            models.Index(fields=["split_from"], name="problems_split_from", condition=Q(split_from__isnull=False)),
            models.Index(fields=["merged_into"], name="problems_merged_into", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["returns_on", "id"], name="problems_returning_on", condition=Q(returns_on__isnull=False)),
            models.Index(fields=["ended_at", "id"], name="problems_declined", condition=Q(state="declined")),
            models.Index(fields=["region", "id"], name="problems_confirmed", condition=Q(state="confirmed")),
            models.Index(fields=["region", "closable_at"], name="problems_silent", condition=Q(closable_at__isnull=False)),
            models.Index(fields=["ended_at", "id"], name="problems_closed_on", condition=Q(state="closed")),
            models.Index(
                fields=["region", "ended_at", "id"], name="problems_closed_by_region",
                condition=Q(state="closed", confidential=False, recorded=False),
            ),
            models.Index(
                fields=["stage_due_at", "id"], name="problems_due", condition=Q(open_spell__isnull=False),
            ),
            models.Index(fields=["warn_at"], name="problems_warned", condition=Q(open_spell__isnull=False)),
            models.Index(fields=["region"], name="problems_unnamed", condition=Q(unnamed=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=_CLOSED, open_spell__isnull=True, accountable_unit__isnull=True)
                | (~Q(state__in=_CLOSED) & Q(open_spell__isnull=False, accountable_unit__isnull=False)),
                name="problems_one_accountable",
                violation_error_message="未结束的问题必须有且只有一个承办单位。",
            ),
            models.UniqueConstraint(
                fields=["source", "outside_ref"], condition=~Q(outside_ref=""), name="problems_outside_once",
                violation_error_message="这件事项已经登记过。",
            ),
            models.CheckConstraint(
                condition=Q(pending="", decider_unit__isnull=True) | (~Q(pending="") & Q(decider_unit__isnull=False)),
                name="problems_request_decided_by_one", violation_error_message="待审批的申请须有审批单位。",
            ),
            models.CheckConstraint(
                condition=~Q(state="parked") | Q(returns_on__isnull=False), name="problems_parked_returns",
                violation_error_message="挂账的问题须有恢复办理的日期。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "asked", "declined", "objected", "merged", "withdrawn"]) | Q(accepted_at__isnull=False),
                name="problems_accepted_first", violation_error_message="问题须先受理。",
            ),
        ]


class Spell(models.Model):
    """A stretch of time in which one unit is accountable; a problem's spells never overlap."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="spells")
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(SpellKind))
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    first_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    clock_from = models.DateTimeField(null=True)
    contact_confirmed = models.BooleanField(null=True)
    designated = models.BooleanField(default=False)

    class Meta:
        db_table = "problems_spell"
        indexes = [
            models.Index(fields=["problem", "started_at"], name="problems_spell_problem"),
            models.Index(fields=["unit", "acknowledged_at"], name="problems_spell_signed"),
            models.Index(fields=["-started_at"], name="problems_spell_designated", condition=Q(designated=True)),
        ]
        constraints = [
            ExclusionConstraint(
                name="problems_spells_apart",
                expressions=[
                    ("problem", RangeOperators.EQUAL),
                    (
                        Func(F("started_at"), F("ended_at"), RangeBoundary(), function="tstzrange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一问题同一时间只能有一个承办单位。",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="problems_spell_forward", violation_error_message="承办环节不能早于开始时结束。",
            ),
        ]


class Party(models.Model):
    """A unit that takes part or took part; added before the work moves, never removed."""

    pk = models.CompositePrimaryKey("unit_id", "problem_id")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=24, choices=choices_of(PartyRole))
    since = models.DateTimeField()

    class Meta:
        db_table = "problems_party"
        indexes = [models.Index(fields=["problem"], name="problems_party_problem")]
