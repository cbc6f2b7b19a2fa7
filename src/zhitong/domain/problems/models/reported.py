"""A problem that came out of a progress report (存在问题，需要上级协调)."""

from __future__ import annotations

from django.db import models

from zhitong.domain.problems.models.problem import Problem
from zhitong.domain.progress.models import Report
from zhitong.kit.ids import uuid7


class Reported(models.Model):
    """Which report a problem was raised with; a report raises one, however often it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.OneToOneField(Problem, models.CASCADE, related_name="reported")
    report = models.OneToOneField(Report, models.PROTECT, related_name="+")

    class Meta:
        db_table = "problems_reported"
