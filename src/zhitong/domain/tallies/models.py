"""What tallies keep: postings not yet folded, folded cells, and who stands below whom."""

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


class Branch(models.Model):
    """A node and one node above it (or itself): the tree along which counts are summed, each node counted once."""

    pk = models.CompositePrimaryKey("node", "ancestor")
    node = models.UUIDField()
    ancestor = models.UUIDField()

    class Meta:
        db_table = "tallies_branch"
        indexes = [models.Index(fields=["ancestor", "node"], name="tallies_branch_ancestor")]
