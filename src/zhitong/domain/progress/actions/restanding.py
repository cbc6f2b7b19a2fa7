"""Standings that no longer follow from what holds: another value or curve since, or milestones moved; for the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from zhitong.domain.progress.actions.standing import stand
from zhitong.domain.progress.queries.grounds import rows_of

LATELY = timedelta(days=2)
"""So far back changes are looked for: longer than a worker is ever away unnoticed; `plan verify` finds what is older."""
FINE = Decimal("0.000001")
"""Kept shares have six decimals."""

_CHANGED = """
WITH moved AS (
    SELECT target_id FROM plans_target_term WHERE set_at > %(lately)s
    UNION SELECT target_id FROM plans_curve WHERE state = 'accepted' AND decided_at > %(lately)s
)
SELECT standing.target_id, min(standing.period_end)
FROM moved JOIN progress_standing standing ON standing.target_id = moved.target_id
LEFT JOIN plans_target_term term ON term.target_id = standing.target_id AND term.since <= standing.period_end
    AND (term.until IS NULL OR term.until > standing.period_end)
LEFT JOIN LATERAL (
    SELECT curve.id FROM plans_curve curve
    WHERE curve.target_id = standing.target_id AND curve.state = 'accepted' AND curve.since <= standing.period_end
    ORDER BY curve.since DESC, curve.number DESC LIMIT 1
) AS curve ON true
WHERE standing.term_id IS DISTINCT FROM term.id OR standing.curve_id IS DISTINCT FROM curve.id OR term.is_cancelled
GROUP BY standing.target_id
UNION ALL
SELECT standing.target_id, min(standing.period_end) FROM progress_standing standing
JOIN plans_target target ON target.id = standing.target_id AND target.form = 'milestone'
JOIN plans_indicator indicator ON indicator.id = target.indicator_id
CROSS JOIN LATERAL (
    SELECT sum(weight) FILTER (WHERE done_on <= standing.period_end) / sum(weight) AS done,
           sum(weight) FILTER (WHERE first_due_on <= standing.period_end) / sum(weight) AS due, count(*) AS number
    FROM plans_milestone milestone WHERE milestone.task_id = indicator.task_id
    AND milestone.region_id = target.region_id AND milestone.dropped_reason = ''
) AS points
WHERE (standing.share IS NULL) <> (points.number = 0) OR abs(standing.share - coalesce(points.done, 0)) > %(fine)s
    OR standing.curve_id IS NULL AND points.number > 0 AND abs(standing.expected_share - coalesce(points.due, 0)) > %(fine)s
GROUP BY standing.target_id
"""


def stand_changed(now: datetime) -> int:
    """Reckon anew what was judged by a value or curve that has changed since, and what milestones make up where they were
    done, dropped or written since; returns how many standings are otherwise now."""
    found = rows_of(_CHANGED, {"lately": now - LATELY, "fine": FINE})
    if not found:
        return 0
    return stand([target_id for target_id, _since in found], since=min(since for _target, since in found), now=now).changed
