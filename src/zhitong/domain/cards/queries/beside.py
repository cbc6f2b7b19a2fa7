"""What a card is laid beside: the figures sent before, and the ranges of its peers. One statement for a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from zhitong.domain.cards.queries.fillings import Filling, Place
from zhitong.domain.cards.queries.templates import template_asked
from zhitong.domain.cards.rules.doubting import NOTHING, Known
from zhitong.domain.cards.rules.peers import PeerRange, Peers
from zhitong.domain.cards.rules.reading import Clean

_BESIDE = "SELECT round_id, subject_id, round_name, is_same_year, figures, ranges FROM cards_beside(%s::uuid[], %s::uuid[])"


@dataclass(frozen=True, slots=True)
class Beside:
    """The round before, what was sent in it, and what of that the rules look at."""

    round_name: str = ""
    values: Mapping[str, Clean] = field(default_factory=dict)
    known: Known = NOTHING


def beside(places: Sequence[Place]) -> dict[Place, Beside]:
    """What stands beside each card; the finest range that five peers or more make up wins."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE, [[place[0] for place in places], [place[1] for place in places]])
        return {(row[0], row[1]): _beside(*row[2:]) for row in cursor.fetchall()}


def known_of(fillings: Sequence[Filling]) -> dict[Place, Known]:
    """What the rules look at for each card; no statement when no template asks."""
    asked = [one for one in fillings if template_asked(one.template_id, one.lists).suspicions.look_around]
    found = beside([(one.round_id, one.subject_id) for one in asked]) if asked else {}
    return {place: one.known for place, one in found.items()}


def last_of(place: Place) -> Beside:
    """What stands beside one card."""
    return beside([place]).get(place, Beside())


def _beside(round_name: str | None, is_same_year: bool, values: str, ranges: str | None) -> Beside:
    last = json.loads(values)
    return Beside(round_name or "", last, Known(last, is_same_year, _peers(json.loads(ranges or "[]"))))


def _peers(ranges: Sequence[tuple[str, str, str, str]]) -> Peers:
    return {(field, per): PeerRange(Decimal(lower), Decimal(upper)) for field, per, lower, upper in ranges}
