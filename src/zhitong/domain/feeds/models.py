"""What feeds keep: for whom and as which post, the digest of the secret in its address, and what was last shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhitong.kit.ids import uuid7


class Feed(models.Model):
    """The calendar of a person in a post; without a digest it has no address of its own, only its owner reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("organisations.Person", models.CASCADE, related_name="+")
    post = models.ForeignKey("organisations.Post", models.CASCADE, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, blank=True, default="")
    opened_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    alarm_minutes = models.PositiveSmallIntegerField(null=True)
    shows_titles = models.BooleanField(default=False)

    class Meta:
        db_table = "feeds_feed"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "post"], name="feeds_one_a_post"),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="feeds_digest_once"),
        ]


class FeedEvent(models.Model):
    """An entry as it was last shown, and since when it is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feed = models.ForeignKey(Feed, models.CASCADE, related_name="events", db_index=False)
    key = models.CharField(max_length=80)
    summary = models.CharField(max_length=300)
    at = models.DateTimeField(null=True)
    on = models.DateField(null=True)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "feeds_event"
        constraints: ClassVar = [models.UniqueConstraint(fields=["feed", "key"], name="feeds_event_once")]
