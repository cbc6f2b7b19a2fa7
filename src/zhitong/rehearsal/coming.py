"""Who of the demonstration has come: whoever has an account this month, and of the others as many as one finds in life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.rehearsal.stage import require_stage

SHARES: Mapping[str, tuple[int, int]] = {
    **{kind.value: (74, 14) for kind in UnitKind}, UnitKind.SERVED.value: (52, 21), UnitKind.RESIDENT_BODY.value: (35, 20),
}
"""Of a hundred units of a kind, how many somebody came from this month, and how many only before."""
_SPREAD = """
INSERT INTO entry_presence (id, unit_id, month)
SELECT uuid7(), unit.id, CASE WHEN drawn.place < share.now THEN %(month)s ELSE %(before)s END
FROM organisations_unit unit
JOIN unnest(%(kinds)s::text[], %(now)s::int[], %(all)s::int[]) AS share (kind, now, ever) ON share.kind = unit.kind
CROSS JOIN LATERAL (SELECT ('x' || substr(md5(unit.code), 1, 7))::bit(28)::int %% 100 AS place) drawn
WHERE drawn.place < share.ever
ON CONFLICT (unit_id, month) DO NOTHING
"""
_ACCOUNTS = """
INSERT INTO entry_presence (id, unit_id, month)
SELECT uuid7(), held.unit_id, %(month)s
FROM (SELECT DISTINCT post.unit_id FROM organisations_tenure tenure JOIN organisations_post post ON post.id = tenure.post_id) held
ON CONFLICT (unit_id, month) DO NOTHING
"""


def let_come(today: date) -> int:
    """Note who was here this month and the month before; how many presences. The same units every time.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    before = date(today.year - (today.month == 1), (today.month - 2) % 12 + 1, 1)
    said = {
        "month": f"{today:%Y-%m}", "before": f"{before:%Y-%m}", "kinds": list(SHARES), "now": [now for now, _ever in SHARES.values()],
        "all": [now + ever for now, ever in SHARES.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, said)
        count = cursor.rowcount
        cursor.execute(_SPREAD, said)
        return int(count + cursor.rowcount)
