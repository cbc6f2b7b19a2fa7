"""What is kept of what a place does beside the plan: criteria, proposals, their scores."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.extras.rules.kinds import ExtraKind, ProposalState, WishSource
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Criterion(models.Model):
    """What a campaign's proposals are weighed by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=8, decimal_places=2)
    most = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "extras_criterion"
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="extras_criterion_code")]


class Proposal(models.Model):
    """A thing proposed for the list of a region: by a unit of it or below it; `task` is what it became.

    `cost_cny` is in yuan. `origin` is the proposal below from which it was sent up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(ExtraKind))
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    what = models.TextField()
    reasons = models.TextField()
    source = models.CharField(max_length=24, choices=choices_of(WishSource))
    cost_cny = models.DecimalField(max_digits=16, decimal_places=2)
    funding = models.CharField(max_length=200)
    beneficiaries = models.PositiveIntegerField()
    by_when = models.DateField()
    state = models.CharField(max_length=24, choices=choices_of(ProposalState))
    score = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    decision = models.CharField(max_length=400, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    lead_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    task = models.OneToOneField("plans.Task", models.PROTECT, null=True, related_name="+")
    origin = models.OneToOneField("self", models.PROTECT, null=True, related_name="sent_up_as")
    published_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_words = models.CharField(max_length=400, blank=True, default="")
    asked = models.PositiveIntegerField(null=True)
    satisfied = models.PositiveIntegerField(null=True)
    proposed_at = models.DateTimeField()

    class Meta:
        db_table = "extras_proposal"
        indexes = [
            models.Index(fields=["region", "-score", "-id"], name="extras_proposal_ranked"),
            models.Index(fields=["region", "state"], name="extras_proposal_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_cny__gte=0), name="extras_proposal_cost", violation_error_message="资金不能是负数。",
            ),
            models.CheckConstraint(
                condition=Q(satisfied__isnull=True) | Q(satisfied__lte=F("asked")), name="extras_proposal_rated",
                violation_error_message="满意的人数不能多于问到的人数。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["listed", "done"]) | Q(task__isnull=False, lead_unit__isnull=False),
                name="extras_proposal_listed", violation_error_message="列入清单的要有任务和牵头单位。",
            ),
        ]


class Score(models.Model):
    """The points of a proposal for one criterion, with why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2)
    words = models.CharField(max_length=200)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "extras_score"
        constraints = [models.UniqueConstraint(fields=["proposal", "criterion"], name="extras_score_once")]
