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

_BESIDE = """
SELECT asked.round_id, asked.subject_id, before.name, coalesce(left(round.period, 4) = left(before.period, 4), false),
       coalesce(before.values, '{}'), ranges.found
FROM unnest(%s::uuid[], %s::uuid[]) AS asked (round_id, subject_id)
JOIN cards_round round ON round.id = asked.round_id
JOIN cards_template template ON template.id = round.template_id
JOIN subjects_subject subject ON subject.id = asked.subject_id
JOIN organisations_region region ON region.id = subject.region_id
LEFT JOIN LATERAL (
    SELECT earlier.name, earlier.period, figures.values
    FROM cards_card card
    JOIN cards_round earlier ON earlier.id = card.round_id
    JOIN cards_template form ON form.id = earlier.template_id
    JOIN cards_figures figures ON figures.card_id = card.id
    WHERE card.subject_id = asked.subject_id AND form.campaign = template.campaign
      AND form.subject_kind = template.subject_kind AND earlier.opens_on < round.opens_on
    ORDER BY form.code <> template.code, earlier.opens_on DESC, card.id DESC LIMIT 1
) before ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(range.field, range.per, range.lower::text, range.upper::text)
                     ORDER BY range.sub_kind NULLS FIRST, range.rank NULLS FIRST) AS found
    FROM cards_peer_range range
    WHERE range.round_id = asked.round_id AND (range.sub_kind IS NULL OR range.sub_kind = subject.sub_kind)
      AND (range.rank IS NULL OR range.rank = region.rank)
) ranges ON true
"""


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
