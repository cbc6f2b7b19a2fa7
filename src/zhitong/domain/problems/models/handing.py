"""The sheet of a hand-over: who leaves a post, who comes, what the unit had open on that day, and both signatures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zhitong.kit.ids import uuid7


class HandingOver(models.Model):
    """One change of a post. `problems` are the ids of what was open in the unit on the day; the work stays the unit's.

    `cares` is how many of the served bore the name of who leaves and bear the successor's since. A signature stands on
    paper where the office that made the sheet registered it: who left has no desk any more to sign at.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="+")
    from_person = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    to_person = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    made_by_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    problems = models.JSONField()
    note = models.TextField(blank=True, default="")
    cares = models.PositiveIntegerField(default=0, db_default=0)
    from_signed_at = models.DateTimeField(null=True)
    to_signed_at = models.DateTimeField(null=True)
    from_on_paper = models.BooleanField(default=False, db_default=False)
    to_on_paper = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "problems_handing_over"
        indexes = [
            models.Index(fields=["unit", "-made_at"], name="problems_handing_unit"),
            models.Index(fields=["from_person", "-made_at"], name="problems_handing_from"),
            models.Index(fields=["to_person", "-made_at"], name="problems_handing_to"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_person=F("to_person")), name="problems_handing_two",
                violation_error_message="移交人和接收人不能是同一人。",
            ),
        ]
