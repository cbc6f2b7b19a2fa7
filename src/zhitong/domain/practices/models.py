"""What is kept of pieces: each with all its wordings, where it was used, and which problems it tells of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.practices.rules.kinds import PassingOver, PieceKind, PieceState, UsePlace
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Piece(models.Model):
    """What a unit submitted to the office of a region, in the wording in force (`version`).

    `names_closed` says that it names a confidential or an unnamed problem, or one its office does not see. `origin` is the
    piece below from which it was sent up. `category` is that of a kind of the served; both empty where it is of none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.SlugField(max_length=40)
    kind = models.CharField(max_length=24, choices=choices_of(PieceKind))
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=24, blank=True, default="")
    category = models.CharField(max_length=40, blank=True, default="")
    title = models.CharField(max_length=120)
    text = models.TextField()
    version = models.PositiveSmallIntegerField(default=1)
    names_closed = models.BooleanField(default=False)
    document_number = models.CharField(max_length=60, blank=True, default="")
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=24, choices=choices_of(PieceState))
    submitted_at = models.DateTimeField()
    words = models.CharField(max_length=400, blank=True, default="")
    passed_over = models.CharField(max_length=24, choices=choices_of(PassingOver), blank=True, default="")
    double_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    origin = models.OneToOneField("self", models.PROTECT, null=True, related_name="sent_up_as")

    class Meta:
        db_table = "practices_piece"
        indexes = [
            models.Index(fields=["region", "-id"], name="practices_by_region"),
            models.Index(fields=["by_unit", "-id"], name="practices_by_unit"),
            models.Index(fields=["region", "submitted_at"], name="practices_submitted"),
            models.Index(fields=["region", "adopted_at"], name="practices_adopted", condition=Q(adopted_at__isnull=False)),
            models.Index(
                fields=["region", "subject_kind", "category", "-id"], name="practices_published", condition=Q(state="published")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "published"]) | Q(adopted_at__isnull=False), name="practices_adopted_when",
                violation_error_message="采用的稿件须有采用时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, names_closed=False),
                name="practices_published_open", violation_error_message="涉及企业要求保密或隐名问题的稿件不能发布。",
            ),
            models.CheckConstraint(
                condition=~Q(state="published", kind="policy_result") | ~Q(document_number="") & Q(issued_on__isnull=False),
                name="practices_result_numbered", violation_error_message="制度成果发布时须有文号和印发日期。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")), name="practices_valid_forward",
                violation_error_message="有效期不能早于印发日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed_over") | ~Q(passed_over=""), name="practices_passed_over_why",
                violation_error_message="未采用的稿件须有原因。",
            ),
        ]


class PieceWording(models.Model):
    """One wording of a piece: the first is its unit's own; written anew, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="wordings", db_index=False)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "practices_wording"
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "version"], name="practices_wording_once",
                violation_error_message="有人刚刚保存了同一稿，请刷新后再保存。",
            ),
        ]


class PieceUse(models.Model):
    """Where and on which day a piece was used; `words` is the proof: which issue, which leader, which medium."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="uses", db_index=False)
    place = models.CharField(max_length=24, choices=choices_of(UsePlace))
    on = models.DateField()
    words = models.CharField(max_length=400)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "practices_use"
        indexes = [models.Index(fields=["on"], name="practices_use_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "place", "on", "words"], name="practices_use_once",
                violation_error_message="这一次采用已经登记过。",
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="practices_use_proven", violation_error_message="采用去向须写明依据。"
            ),
        ]


class PieceProblem(models.Model):
    """A problem that a piece tells of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="problems", db_index=False)
    problem = models.ForeignKey("problems.Problem", models.PROTECT, related_name="+")

    class Meta:
        db_table = "practices_problem"
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "problem"], name="practices_problem_once", violation_error_message="这个问题已经关联。"
            ),
        ]
