"""The SQL of what came in a time: problems by the moment of their first stay, bounded by the time and not by all there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhitong.domain.analysis.queries.overseeing import Overseen
from zhitong.domain.subjects.rules.kinds import SubjectKind


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What problems are narrowed to; empty asks nothing. `industry` is a name of the registry or of a kind of subject."""

    kind: str = ""
    category: str = ""
    industry: str = ""


EVERYTHING = Narrowed()

TRADE = "coalesce(nullif(subject.industry, ''), CASE problem.subject_kind {kinds} ELSE '{other}' END)".format(
    kinds=" ".join(f"WHEN '{kind.value}' THEN '{kind.label}'" for kind in SubjectKind), other="名录以外",
)
"""The industry of a problem's subject; where the registry has none, what kind of subject it is."""

_CAME = """
WITH came AS (
    SELECT problem.id, problem.region_id, problem.subject_kind AS kind, problem.category, problem.submitted_at,
           problem.text, problem.subject_name, problem.unnamed, problem.line_id, {trade} AS industry,
           coalesce(problem.reporter_unit_id::text, problem.subject_id::text, problem.subject_name) AS firm
    FROM problems_stay first JOIN problems_problem problem ON problem.id = first.problem_id
    LEFT JOIN subjects_subject subject ON subject.id = problem.subject_id
    WHERE first.previous_id IS NULL AND first.since > %(since)s AND first.since <= %(until)s
      AND problem.submitted_at > %(since)s AND {scope}
), asked AS (SELECT * FROM came WHERE true {narrowed})
"""


def coming(seen: Overseen, narrowed: Narrowed, since: datetime, until: datetime) -> tuple[str, dict[str, Any]]:
    """The WITH clause whose `asked` holds the problems that came after `since` up to `until`, with its parameters."""
    asked = {"kind": narrowed.kind, "category": narrowed.category, "industry": narrowed.industry}
    kept = {name: value for name, value in asked.items() if value}
    conditions = "".join(f" AND {name} = %({name})s" for name in kept)
    clause = _CAME.format(trade=TRADE, scope=seen.in_scope("problem"), narrowed=conditions)
    return clause, {"since": since, "until": until, **seen.parameters, **kept}
