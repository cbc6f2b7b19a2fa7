"""What remembers the words it comes from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Cited(models.Model):
    """A row that remembers the words it comes from: 0-based code points of a document's text."""

    document = models.CharField(max_length=80)
    clause_start = models.PositiveIntegerField()
    clause_end = models.PositiveIntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(clause_start__lt=F("clause_end")), name="%(app_label)s_%(class)s_clause",
                violation_error_message="条款的起点要在终点之前。",
            ),
        ]
