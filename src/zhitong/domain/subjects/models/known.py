"""What is known of one of the served beyond its register row: dated facts, qualifications, elements of a project."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.subjects.models.subject import Subject
from zhitong.domain.subjects.rules.kinds import Element, ElementState
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class DatedFact(models.Model):
    """One figure of a period ("2018", "2018Q3", "2018-08"), with where it came from; money in yuan."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="facts", db_index=False)
    code = models.CharField(max_length=40, choices=choices_of(Known))
    period = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    source = models.CharField(max_length=24, choices=choices_of(FactSource))
    source_id = models.UUIDField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "subjects_fact"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "code", "period"], name="subjects_fact_once",
                violation_error_message="这一期的这项数据已经有了，请更正原来的数。",
            ),
        ]


class Mark(models.Model):
    """A qualification borne from a day on (高新技术企业 and the like); `evidence` names the paper it rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="marks")
    code = models.CharField(max_length=40)
    evidence = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "subjects_mark"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "code"], condition=Q(until__isnull=True), name="subjects_mark_once",
                violation_error_message="这项资质已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="subjects_mark_days",
                violation_error_message="资质的失效日期不能早于取得日期。",
            ),
        ]


class ElementRow(models.Model):
    """One thing a project needs before it can go on (要件), and how far it has come."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="elements", db_index=False)
    element = models.CharField(max_length=24, choices=choices_of(Element))
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=24, choices=choices_of(ElementState))
    done_on = models.DateField(null=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "subjects_element"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "name"], name="subjects_element_once", violation_error_message="这个要件已经在清单里。",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False), name="subjects_element_done_on",
                violation_error_message="已办结的要件须写明办结日期。",
            ),
        ]
