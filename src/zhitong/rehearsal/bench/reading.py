"""What people open again and again at a stock of problems, and the bare statement by which PostgreSQL alone reads the same rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import quote

from django.db import connection

from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.verifying import EVERY_CUT
from zhitong.domain.problems.rules.cuts import STATES
from zhitong.domain.tallies.actions import run_on
from zhitong.domain.tallies.queries import counts
from zhitong.kit import clock

HANDLER, OVERSEER = "nandagang", "shengban"
"""The accounts that look: a department with a full desk, and the office of the province."""
DIFFERENT = 200
"""Different problems, and different words, that are asked for in turn."""
COMMON = ("土地", "贷款", "土地指标", "环评手续")

_DESK = "accountable_unit_id = %(unit)s AND open_spell_id IS NOT NULL"
_INBOX = f"""
SELECT problem.*, (SELECT count(*) FROM (SELECT 1 FROM problems_problem WHERE {_DESK} LIMIT 1001) AS counted)
FROM problems_problem problem WHERE {_DESK} ORDER BY stage_due_at, id LIMIT 50
"""
_OVERVIEW = """
SELECT within.ancestor_id, problem.state, count(*) FROM problems_problem problem
JOIN organisations_region_within within ON within.region_id = problem.region_id
WHERE within.ancestor_id = ANY(%(regions)s) AND NOT problem.confidential GROUP BY 1, 2
"""
_PROBLEM = """
SELECT problem.*, (SELECT json_agg(spell) FROM problems_spell spell WHERE spell.problem_id = problem.id),
       (SELECT json_agg(party) FROM problems_party party WHERE party.problem_id = problem.id),
       (SELECT json_agg(fact) FROM history_fact fact WHERE fact.thing_id = problem.id)
FROM problems_problem problem WHERE problem.number = %(number)s
"""
_SEARCH = """
SELECT problem.id, problem.number, problem.subject_name, problem.text FROM problems_wording worded
JOIN problems_problem problem ON problem.id = worded.thing
WHERE wording_signs(worded.words) @> wording_signs(%(words)s) ORDER BY worded.place DESC LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing asked over and over: who asks, the addresses in turn, and the bare statement with its values in turn.

    `kept`: where the bare statement counts rows, how the house reads the same from its kept counts.
    """

    bench: str
    what: str
    login: str
    paths: tuple[str, ...]
    bare: str
    values: tuple[dict[str, Any], ...]
    kept: Callable[[], object] | None = None


def readings() -> list[Reading]:
    """What is measured (as the owner of a stock); the counts run on to now first, as the worker would have let them."""
    run_on(EVERY_CUT, now=clock.now())
    unit = Tenure.objects.filter(person__login=HANDLER, until__isnull=True).values_list("post__unit_id", flat=True)[0]
    here = directory()
    root = here.root().id
    regions = [root, *(child.id for child in here.children(root))]
    numbers = _numbers(unit)
    return [
        Reading("inbox", "一个部门的待办，50 行和各栏件数", HANDLER, ("/problems/",), _INBOX, ({"unit": unit},)),
        Reading("problem", "打开一个问题", HANDLER, tuple(f"/problems/{quote(one)}/" for one in numbers), _PROBLEM,
                tuple({"number": one} for one in numbers)),
        Reading("overview", "全省总览，逐市", OVERSEER, ("/overview/",), _OVERVIEW, ({"regions": regions},),
                lambda: counts(STATES, regions, by=("state",))),
        *(_search(what, words) for what, words in _words()),
    ]


def _search(what: str, words: Sequence[str]) -> Reading:
    return Reading(
        "search", what, OVERSEER, tuple(f"/search/?q={quote(one)}" for one in words), _SEARCH,
        tuple({"words": one} for one in words),
    )


def _numbers(unit: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM problems_problem WHERE {_DESK} LIMIT {DIFFERENT}", {"unit": unit})
        return [number for (number,) in cursor.fetchall()]


def _words() -> list[tuple[str, list[str]]]:
    """Rare words are the last signs of twins; common ones are what firms complain of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right(text, 2), right(text, 4) FROM (SELECT text FROM problems_problem ORDER BY id DESC LIMIT 20000)"
            f" AS newest WHERE text NOT LIKE '%%）' LIMIT {DIFFERENT}"
        )
        rare = cursor.fetchall()
    return [
        ("少见的两个字", [two for two, _four in rare]), ("少见的四个字", [four for _two, four in rare]),
        ("常见的两个字", [one for one in COMMON if len(one) == 2]), ("常见的四个字", [one for one in COMMON if len(one) == 4]),
    ]


def bare(reading: Reading, seconds: float) -> list[float]:
    """How long PostgreSQL alone takes (as the owner, past the policies), in seconds, sorted."""
    values = cycle(reading.values)
    with connection.cursor() as cursor:
        return timed(lambda: cursor.execute(reading.bare, next(values)).fetchall(), seconds)


def timed(do: Callable[[], object], seconds: float) -> list[float]:
    """What it takes, done again and again for so many seconds, at least three times; seconds, sorted."""
    took: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(took) < 3:
        began = time.monotonic()
        do()
        took.append(time.monotonic() - began)
    return sorted(took)
