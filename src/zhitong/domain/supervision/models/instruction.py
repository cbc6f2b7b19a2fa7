"""A leader's instruction as a clerk registered it, what it is about, and what it gives to whom.

The exact words stand apart from the rest, because those on a confidential problem are shown only to who may see the
problem, while the unit that has an item still needs to know of its own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.domain.supervision.rules.kinds import InstructionKind, ItemState
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7


class Instruction(models.Model):
    """Who instructed when, on which paper; `by_post` is the clerk's seat, to which reminders go."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    by_post = models.ForeignKey("organisations.Post", models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=choices_of(InstructionKind))
    leader = models.CharField(max_length=40)
    leader_title = models.CharField(max_length=60)
    instructed_on = models.DateField()
    registered_at = models.DateTimeField()
    paper_title = models.CharField(max_length=200, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "supervision_instruction"
        indexes = [
            models.Index(fields=["by_unit", "-id"], name="instruction_by_unit"),
            models.Index(fields=["region", "-id"], name="instruction_by_region"),
        ]


class InstructionText(models.Model):
    """The exact words; a read mark has none. They show themselves to who sees all `confidential_cases` there are."""

    instruction = models.OneToOneField(Instruction, models.CASCADE, primary_key=True, related_name="text")
    words = models.TextField()
    confidential_cases = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "supervision_instruction_text"
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="instruction_has_words", violation_error_message="批示须逐字登记。"
            ),
        ]


class InstructionCase(models.Model):
    """A problem that an instruction is on, shown to who sees both; `confidential` as the problem is."""

    pk = models.CompositePrimaryKey("instruction_id", "problem_id")
    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="cases")
    problem = models.ForeignKey("problems.Problem", models.PROTECT, related_name="+")
    confidential = models.BooleanField()

    class Meta:
        db_table = "supervision_instruction_case"
        indexes = [models.Index(fields=["problem"], name="instruction_case_problem")]


class Item(models.Model):
    """One thing that one unit has to do by a day; ended when the leader's answer to its report is registered.

    `by_unit` and `region` are those of the instruction, so that the wall around items asks no other table.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="items")
    by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, choices=choices_of(ItemState))
    demand = models.TextField()
    assigned_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    presented_on = models.DateField(null=True)
    answer_kind = models.CharField(max_length=24, choices=choices_of(InstructionKind), blank=True)
    answer_words = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_item"
        indexes = [
            models.Index(fields=["instruction", "id"], name="supervision_item_of"),
            models.Index(fields=["unit", "due_at", "id"], name="supervision_item_open", condition=~Q(state="ended")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ended")
                | Q(presented_on__isnull=False, answered_on__gte=F("presented_on"), ended_at__isnull=False)
                & ~Q(answer_kind="") & ~Q(report=""),
                name="supervision_item_answered",
                violation_error_message="专报呈报领导并登记答复后，批示事项才算结束。",
            ),
        ]
