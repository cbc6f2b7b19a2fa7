"""The timetables of templates, rounds, and who owes a card in a round; written when it opens, never after."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.cards.models.template import TemplateRow
from zhitong.domain.cards.rules.lateness import USUAL_REVIEW
from zhitong.domain.cards.rules.rounds import ExcuseReason
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Timetable(models.Model):
    """When the rounds of a template open by themselves, who accepts, who is reminded when; as the campaign's package says.

    Days are days of the month after the period; `review_ranks` are the levels above the collecting office that accept
    too; `grace` is working days after the due day, by level of reminding; `review_workdays` how long a level may keep a card;
    `proof_reasons` the excuses that need a paper or a photo.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    template_code = models.SlugField(max_length=40)
    opens_day = models.PositiveSmallIntegerField()
    due_day = models.PositiveSmallIntegerField()
    locked_day = models.PositiveSmallIntegerField()
    review_ranks = models.JSONField(default=list)
    grace = models.JSONField(default=dict)
    review_workdays = models.PositiveSmallIntegerField(default=USUAL_REVIEW)
    proof_reasons = models.JSONField(default=list)

    class Meta:
        db_table = "cards_timetable"
        constraints = [models.UniqueConstraint(fields=["campaign", "template_code"], name="cards_timetable_once")]


class Round(models.Model):
    """A template asked for in a period, of the subjects of a region; the levels that accept and the grace are its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.ForeignKey(TemplateRow, models.PROTECT, related_name="rounds", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    opens_on = models.DateField()
    due_on = models.DateField()
    locked_on = models.DateField()
    review_ranks = models.JSONField(default=list)
    grace = models.JSONField(default=dict)
    review_workdays = models.PositiveSmallIntegerField(default=USUAL_REVIEW)
    proof_reasons = models.JSONField(default=list)

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
    """A subject owes a card in a round, to the office that collects; who cared for it then stays written.

    `position` is the subject's place on the list of the round: by region, then by name. `owed` is false once an excuse
    that leaves the denominator was granted. `remind_on` is the day on which the clock looks at it again. `held_on` is the
    day on which `held_by`, the level above, has made it late (`rules.lateness`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="obligations", db_index=False)
    subject = models.ForeignKey("subjects.Subject", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    collecting_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    caring_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    person_in_charge = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField()
    owed = models.BooleanField()
    excuse = models.CharField(max_length=24, choices=choices_of(ExcuseReason), blank=True)
    remind_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    held_by = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "cards_obligation"
        indexes = [
            models.Index(fields=["round", "region"], name="cards_obligation_region"),
            models.Index(fields=["caring_unit", "round"], name="cards_obligation_caring",
                         condition=Q(caring_unit__isnull=False)),
            models.Index(fields=["remind_on", "id"], name="cards_obligation_remind", condition=Q(remind_on__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["round", "subject"], name="cards_obligation_once"),
            models.UniqueConstraint(fields=["round", "position"], name="cards_obligation_place"),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, held_by__isnull=True) | Q(held_on__isnull=False, held_by__isnull=False),
                name="cards_held_by_somebody", violation_error_message="上级原因迟报须写明是哪个单位、哪一天。",
            ),
        ]


class ObligationList(models.Model):
    """A list the subject stood on when the round opened: counted once in each list and once in the total (R-D7)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="lists", db_index=False)
    list = models.ForeignKey("subjects.AssistanceList", models.PROTECT, related_name="+")

    class Meta:
        db_table = "cards_obligation_list"
        constraints = [models.UniqueConstraint(fields=["obligation", "list"], name="cards_obligation_list_once")]
