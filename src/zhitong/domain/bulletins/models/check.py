"""What a unit said of its figures in an edition: before it is issued, and afterwards where it objects then."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.bulletins.models.edition import Edition
from zhitong.domain.bulletins.rules.kinds import CheckState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class FigureCheck(models.Model):
    """One unit asked to check its figures by `due_at`; `words` are its objection, `answer` what the office said to it.

    `by_unit` is the office that asks, `objected_late` tells an objection that came after the paper was issued.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="checks", db_index=False)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=24, choices=choices_of(CheckState))
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    words = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    objected_late = models.BooleanField(default=False)

    class Meta:
        db_table = "bulletins_check"
        indexes = [models.Index(fields=["unit", "-id"], name="bulletins_check_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "unit"], name="bulletins_check_once", violation_error_message="一期中每个单位只核对一份。",
            ),
            models.CheckConstraint(
                condition=~Q(state="objected") | ~Q(words=""), name="bulletins_objection_says_why",
                violation_error_message="有异议的须写明哪个数不对、应当是多少。",
            ),
        ]
