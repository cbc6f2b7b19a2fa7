"""To whom an office would most likely hand each of many problems, and why in words: it decides nothing by itself.

First whoever keeps the matter's line nearby; a body that is consulted through its contact unit; where no rule names a
line, the unit that had most of the same category in that region lately. Source: 冀发〔2018〕7号 四（三）.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.kinds import SpellKind, State
from zhitong.domain.problems.rules.routing import nearest_keeper
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound

LOOKED_AT = 200
"""How many of a region's newest problems practice is read from."""

Likes = tuple[UUID, str, str]
"""A region, a kind of subject and a category: matters that are alike."""

_PRACTICE = """
SELECT asked.region_id, asked.kind, asked.category, lately.unit_id, count(*)
FROM unnest(%(regions)s::uuid[], %(kinds)s::text[], %(categories)s::text[]) AS asked (region_id, kind, category)
CROSS JOIN LATERAL (
    SELECT (SELECT spell.unit_id FROM problems_spell spell WHERE spell.problem_id = past.id AND spell.kind = 'handling'
            ORDER BY spell.started_at DESC LIMIT 1) AS unit_id
    FROM (SELECT id, subject_kind, category, state FROM problems_problem problem
          WHERE problem.region_id = asked.region_id AND NOT problem.confidential ORDER BY id DESC LIMIT %(looked_at)s) past
    WHERE past.subject_kind = asked.kind AND past.category = asked.category AND past.state = 'closed'
) AS lately
WHERE lately.unit_id IS NOT NULL
GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 4
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit to hand a problem to, with the reason that would be kept as the office's own."""

    unit_id: UUID
    unit: str
    reason: str


def suggestions_for(viewer: Viewer, problem_ids: Iterable[UUID]) -> dict[UUID, Suggestion]:
    """Suggestions by problem for those that wait to be handed out; whoever just gave a matter back is not suggested.

    Two queries whatever the number, one where every matter has a line that somebody keeps.
    """
    here = directory()
    rows = Problem.objects.filter(id__in=list(problem_ids), state=State.ACCEPTED.value).values(*COLUMNS)
    standings = [standing_from(row) for row in rows]
    found = {one.id: by_line for one in standings if (by_line := _by_line(viewer, one, here))}
    left = [one for one in standings if one.id not in found]
    practice = _practice({_likes(one) for one in left})
    return found | {one.id: lately for one in left if (lately := _by_practice(viewer, one, practice, here))}


def numbers_of(viewer: Viewer, problem_ids: Sequence[UUID]) -> list[str]:
    """The numbers of problems that the viewer's unit takes part in, for a sentence that names them; one query.

    Raises NotFound: one of them is not there, or not the unit's.
    """
    rows = Problem.objects.filter(id__in=problem_ids, parties__unit_id=viewer.unit_id)
    numbers = list(rows.order_by("id").values_list("number", flat=True))
    if len(numbers) < len(problem_ids):
        raise NotFound
    return numbers


def _by_line(viewer: Viewer, standing: Standing, here: Directory) -> Suggestion | None:
    """The nearest keeper of the line, or the contact unit that asks it."""
    if standing.line_id is None:
        return None
    keeper = nearest_keeper(here, standing.region_id, standing.line_id)
    if keeper is None:
        return None
    line = here.lines[standing.line_id].name
    if not keeper.is_consulted:
        return _suggest(viewer, standing, keeper, f"{keeper.name}承担“{line}”条线。", here)
    contact = here.units.get(keeper.contact_unit_id) if keeper.contact_unit_id else None
    if contact is None:
        return None
    why = f"{keeper.name}承担“{line}”条线，不在属地管理序列，由对口联系单位{contact.name}承办并商请。"
    return _suggest(viewer, standing, contact, why, here)


def _by_practice(
    viewer: Viewer, standing: Standing, practice: Mapping[Likes, list[tuple[UUID, int]]], here: Directory
) -> Suggestion | None:
    """The unit that had most of the same lately."""
    for unit_id, n in practice.get(_likes(standing), ()):
        unit = here.units.get(unit_id)
        if unit is not None:
            suggestion = _suggest(viewer, standing, unit, f"本地近期已销号的同类问题有 {n} 件由{unit.name}办理。", here)
            if suggestion:
                return suggestion
    return None


def _suggest(viewer: Viewer, standing: Standing, unit: UnitEntry, why: str, here: Directory) -> Suggestion | None:
    """The suggestion, if the viewer's office may charge the unit and the unit did not just give the matter back."""
    is_back = standing.last_act is Act.SEND_BACK and standing.last_unit_id == unit.id
    is_within = viewer.region_id in {region.id for region in here.path(unit.region_id)}
    is_holder = bool(standing.spell and standing.spell.kind is SpellKind.HANDLING and standing.accountable_unit_id == unit.id)
    return None if is_back or is_holder or unit.is_consulted or not is_within else Suggestion(unit.id, unit.name, why)


def _likes(standing: Standing) -> Likes:
    return standing.region_id, standing.subject_kind, standing.category


def _practice(asked: set[Likes]) -> dict[Likes, list[tuple[UUID, int]]]:
    """Who had how many of the like lately, the most first."""
    if not asked:
        return {}
    regions, kinds, categories = zip(*sorted(asked, key=str), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_PRACTICE, {
            "regions": list(regions), "kinds": list(kinds), "categories": list(categories), "looked_at": LOOKED_AT,
        })
        found: dict[Likes, list[tuple[UUID, int]]] = {}
        for region_id, kind, category, unit_id, n in cursor.fetchall():
            found.setdefault((region_id, kind, category), []).append((unit_id, n))
    return found
