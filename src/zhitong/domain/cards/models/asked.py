"""What was asked beside the fields of a card: doubts confirmed, fields marked in a return, the ranges of peers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhitong.domain.cards.models.card import Card
from zhitong.domain.cards.models.round import Round
from zhitong.kit.ids import uuid7


class Doubt(models.Model):
    """What looked wrong on a card as sent and was confirmed, with the reporter's word of reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="doubts", db_index=False)
    place = models.CharField(max_length=80)
    sentence = models.TextField()
    answer = models.CharField(max_length=200)

    class Meta:
        db_table = "cards_doubt"
        constraints = [models.UniqueConstraint(fields=["card", "place"], name="cards_doubt_once")]


class Mark(models.Model):
    """A field that the office named when it last gave the card back, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="marks", db_index=False)
    place = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "cards_mark"
        constraints = [models.UniqueConstraint(fields=["card", "place"], name="cards_mark_once")]


class PeerRange(models.Model):
    """The quartiles of one figure of the period before, kept for a round; no range tells of fewer than five firms.

    `sub_kind` and `rank` (of the region) null: of all of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="peer_ranges", db_index=False)
    sub_kind = models.CharField(max_length=24, null=True)
    rank = models.CharField(max_length=24, null=True)
    field = models.CharField(max_length=40)
    per = models.CharField(max_length=40, blank=True)
    lower = models.DecimalField(max_digits=30, decimal_places=8)
    upper = models.DecimalField(max_digits=30, decimal_places=8)

    class Meta:
        db_table = "cards_peer_range"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "field", "per", "sub_kind", "rank"], name="cards_peer_range_once",
                nulls_distinct=False,
            ),
        ]


class CardFile(models.Model):
    """A file beside a field of a card, or beside a problem row still being typed (`problems.0`).

    The file itself stands attached to this row, so that it is seen as the row is: a draft's by its own unit, a sent one's
    with the figures. `dropped_at` is when it was left out; the worker lets go of it then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="files")
    file = models.OneToOneField("files.File", models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cards_file"
        indexes = [models.Index(fields=["dropped_at"], condition=Q(dropped_at__isnull=False), name="cards_file_dropped")]
