"""What history keeps. The fact table is partitioned by month, so its tables are written in SQL by the migration."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhitong.kit.ids import uuid7


class FactRow(models.Model):
    """One fact as stored; `xid` is the transaction that wrote it, by which followers keep their place."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    xid = models.BigIntegerField()
    kind = models.TextField()
    thing_kind = models.TextField()
    thing_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    via = models.TextField()
    request_id = models.UUIDField(null=True)
    body = models.JSONField()
    digests = models.JSONField()

    class Meta:
        managed = False
        db_table = "history_fact"


class Outcome(models.Model):
    """What an act answered to a key, kept thirty days so that the same sending gets the same answer."""

    pk = models.CompositePrimaryKey("actor", "key")
    actor = models.UUIDField()
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "history_outcome"
        indexes = [models.Index(fields=["at"], name="history_outcome_at")]


class Follower(models.Model):
    """How far a named follower has read: everything at or below (xid, fact_id) has been seen."""

    name = models.CharField(max_length=60, primary_key=True)
    xid = models.BigIntegerField(default=0)
    fact_id = models.UUIDField(default=UUID(int=0))

    class Meta:
        db_table = "history_follower"


class SetAside(models.Model):
    """A fact whose reaction failed again and again: kept for a person, so that the rest may go on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    follower = models.CharField(max_length=60)
    fact_id = models.UUIDField()
    tries = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_aside = models.BooleanField(default=False)

    class Meta:
        db_table = "history_set_aside"
        constraints = [models.UniqueConstraint(fields=["follower", "fact_id"], name="history_set_aside_once")]


class Seal(models.Model):
    """A batch of facts sealed: `number` has no gaps; `leaves` are the digests of `fact_ids`, 32 bytes each, in their order.

    `lowest_id` and `highest_id` bound the ids, so that it is found quickly who holds a fact.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    first_xid = models.BigIntegerField()
    first_id = models.UUIDField()
    last_xid = models.BigIntegerField()
    last_id = models.UUIDField()
    lowest_id = models.UUIDField()
    highest_id = models.UUIDField()
    count = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    algorithm = models.CharField(max_length=24)
    at = models.DateTimeField()
    fact_ids = ArrayField(models.UUIDField())
    leaves = models.BinaryField()

    class Meta:
        db_table = "history_seal"
        indexes = [
            models.Index(fields=["highest_id"], name="history_seal_highest"),
            models.Index(fields=["at"], name="history_seal_at"),
        ]


class Check(models.Model):
    """One verifying of the seals up to `until`: how far it has come, what it read, and the first faults in words."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    until = models.PositiveBigIntegerField()
    last_number = models.PositiveBigIntegerField(default=0)
    facts = models.PositiveBigIntegerField(default=0)
    details = models.PositiveBigIntegerField(default=0)
    faults = models.PositiveBigIntegerField(default=0)
    named = models.JSONField(default=list)

    class Meta:
        db_table = "history_check"


class Archive(models.Model):
    """A month taken out of the table: its file by name and SHA-256, and the digest of which facts it took."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    month = models.DateField()
    facts = models.PositiveBigIntegerField()
    file = models.CharField(max_length=80)
    file_digest = models.CharField(max_length=64)
    members = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "history_archive"


class ArchivedPlaces(models.Model):
    """Which facts of a seal an archive took, by their places in the seal."""

    pk = models.CompositePrimaryKey("number", "archive_id")
    archive = models.ForeignKey(Archive, models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    places = ArrayField(models.PositiveIntegerField())

    class Meta:
        db_table = "history_archived_places"
