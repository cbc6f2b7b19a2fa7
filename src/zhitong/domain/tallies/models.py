"""What tallies keep: postings not yet folded, folded cells, sums of the past, and who stands and stood below whom."""

from __future__ import annotations

from django.db import models


class Posting(models.Model):
    """A change of one cell, appended by an act and gone once folded."""

    id = models.BigAutoField(primary_key=True)
    cut = models.CharField(max_length=40)
    node = models.UUIDField()
    a = models.CharField(max_length=64)
    b = models.CharField(max_length=64)
    c = models.CharField(max_length=64)
    n = models.IntegerField()

    class Meta:
        db_table = "tallies_posting"


class Cell(models.Model):
    """A folded count of one cut at one node, everything below the node included."""

    pk = models.CompositePrimaryKey("cut", "node", "a", "b", "c")
    cut = models.CharField(max_length=40)
    node = models.UUIDField()
    a = models.CharField(max_length=64)
    b = models.CharField(max_length=64)
    c = models.CharField(max_length=64)
    n = models.BigIntegerField()

    class Meta:
        db_table = "tallies_cell"


class Running(models.Model):
    """A cut with steps, and the moment up to which its cells have run; `-infinity` before it ever ran."""

    cut = models.CharField(primary_key=True, max_length=40)
    run_to = models.DateTimeField()

    class Meta:
        db_table = "tallies_running"


class PastSum(models.Model):
    """By how much a count changed at a node in a day, month or year; `day` is the first of the span."""

    pk = models.CompositePrimaryKey("cut", "node", "span", "day", "a", "b", "c")
    cut = models.CharField(max_length=40)
    node = models.UUIDField()
    span = models.CharField(max_length=5)
    day = models.DateField()
    a = models.CharField(max_length=64)
    b = models.CharField(max_length=64)
    c = models.CharField(max_length=64)
    n = models.BigIntegerField()

    class Meta:
        db_table = "tallies_past"


class Closing(models.Model):
    """How far the past is settled; one row.

    Nothing is dated on or before `closed_on` any more, and days are summed up to `summed_on`; `fence` is the transaction
    id below which all must have ended before more may be summed. Before `begins_at` nothing is known (null: all is).
    """

    id = models.SmallIntegerField(primary_key=True)
    begins_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    summed_on = models.DateField(null=True)
    fence = models.BigIntegerField(null=True)

    class Meta:
        db_table = "tallies_closing"


class Daily(models.Model):
    """A node whose days are summed one by one, from which day on."""

    node = models.UUIDField(primary_key=True)
    since = models.DateField()

    class Meta:
        db_table = "tallies_daily"


class Total(models.Model):
    """What all cells, or all sums of the past, of a cut come to: a cut whose rows say otherwise was tampered with."""

    pk = models.CompositePrimaryKey("kept", "cut")
    kept = models.CharField(max_length=4)
    cut = models.CharField(max_length=40)
    n = models.BigIntegerField()

    class Meta:
        db_table = "tallies_total"


class Branch(models.Model):
    """A node and one node above it (or itself): the tree along which counts are summed, each node counted once.

    `since` is the day from which the node has stood there; null means always.
    """

    pk = models.CompositePrimaryKey("node", "ancestor")
    node = models.UUIDField()
    ancestor = models.UUIDField()
    since = models.DateField(null=True)

    class Meta:
        db_table = "tallies_branch"
        indexes = [
            models.Index(fields=["ancestor", "node"], name="tallies_branch_ancestor"),
            models.Index(fields=["since"], name="tallies_branch_since", condition=models.Q(since__isnull=False)),
        ]


class BranchGone(models.Model):
    """A node that stood below another before the day `until`."""

    id = models.BigAutoField(primary_key=True)
    node = models.UUIDField()
    ancestor = models.UUIDField()
    since = models.DateField(null=True)
    until = models.DateField()

    class Meta:
        db_table = "tallies_branch_gone"
        indexes = [models.Index(fields=["ancestor", "node"], name="tallies_gone_ancestor")]
