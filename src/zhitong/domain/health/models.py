"""What the health room keeps: one row per part."""

from __future__ import annotations

from django.db import models


class Beat(models.Model):
    """When a part was last seen at work; of several processes of one part the last counts."""

    part = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "health_beat"
