"""Computing what peers' figures range over: once for a round, from the cards sent in the period before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.peers import LEAST_PEERS

_WAITING = """
SELECT round.id, round.template_id, before.id
FROM cards_round round
JOIN cards_template form ON form.id = round.template_id
JOIN LATERAL (
    SELECT earlier.id FROM cards_round earlier JOIN cards_template former ON former.id = earlier.template_id
    WHERE former.campaign = form.campaign AND former.code = form.code AND earlier.region_id = round.region_id
      AND earlier.opens_on < round.opens_on
    ORDER BY earlier.opens_on DESC, earlier.id DESC LIMIT 1
) before ON true
WHERE round.opens_on <= %(today)s AND round.locked_on >= %(today)s
  AND NOT EXISTS (SELECT 1 FROM cards_peer_range range WHERE range.round_id = round.id)
ORDER BY round.id
"""
_NUMBER = r"CASE WHEN values ->> {name} ~ '^-?[0-9]+(\.[0-9]+)?$' THEN (values ->> {name})::numeric END"
_RANGES = f"""
INSERT INTO cards_peer_range (id, round_id, sub_kind, rank, field, per, lower, upper)
SELECT gen_random_uuid(), %(round)s, sub_kind, rank, %(field)s, %(per)s,
       percentile_cont(0.25) WITHIN GROUP (ORDER BY figure), percentile_cont(0.75) WITHIN GROUP (ORDER BY figure)
FROM (
    SELECT subject.sub_kind, region.rank,
           {_NUMBER.format(name="%(field)s")}
           / CASE WHEN %(per)s = '' THEN 1 ELSE nullif({_NUMBER.format(name="%(per)s")}, 0) END AS figure
    FROM cards_figures figures
    JOIN cards_card card ON card.id = figures.card_id
    JOIN subjects_subject subject ON subject.id = card.subject_id
    JOIN organisations_region region ON region.id = card.region_id
    WHERE card.round_id = %(before)s AND card.state IN ('submitted', 'accepted')
) AS sent
WHERE figure IS NOT NULL
GROUP BY GROUPING SETS ((sub_kind, rank), (sub_kind), ())
HAVING count(*) >= %(least)s
"""


@transaction.atomic
def keep_peer_ranges(today: date) -> int:
    """Compute the ranges of rounds that take cards and have none yet; for the worker, which sees every figure.

    Returns how many ranges were kept. Cost: one statement per figure the template lays beside peers, once per round.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"today": today})
        waiting = cursor.fetchall()
    return sum(_keep(*one) for one in waiting)


def _keep(round_id: UUID, template_id: UUID, before_id: UUID) -> int:
    kept = 0
    asked = {(one.field, one.per) for one in template(template_id).suspicions.among_peers}
    with connection.cursor() as cursor:
        for field, per in sorted(asked):
            given: dict[str, str | int | UUID] = {"round": round_id, "before": before_id, "field": field, "per": per, "least": LEAST_PEERS}
            cursor.execute(_RANGES, given)
            kept += int(cursor.rowcount)
    return kept
