"""What the pacing room keeps: one row per asker and kind of asking, for as long as its bucket is not full."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """When a bucket will be full again; `key` is a digest of who asks and what. The table is unlogged."""

    key = models.CharField(max_length=64, primary_key=True)
    full_at = models.DateTimeField()

    class Meta:
        db_table = "pacing_bucket"
