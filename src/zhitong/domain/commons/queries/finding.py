"""Alike problems: clusters among the newest open ones of a territory, and the common problems a new one may belong to.

Nothing found is kept. What is answered waits for its reporter alone; what a firm asked to keep confidential, and who does
not want to be named, is never compared; what is sealed is no open problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.commons.rules.kinds import CommonState, Membership
from zhitong.domain.commons.rules.likeness import Cluster, Told, clusters, is_alike, pairs_of, shared_words
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lenses import branches_of
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import CLOSED_STATES
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.refusals import NotFound

NEWEST = 1500
"""So many of the newest open problems are compared, category by category."""
SHOWN = 30
EXAMPLES = 3
EXCERPT = 60
COMPARED_COMMONS, COMPARED_MEMBERS = 50, 5

_COLUMNS = (
    "problem.id, problem.number, problem.campaign, problem.category, problem.subject_kind, problem.subject_name,"
    " problem.region_id, problem.line_id, problem.text, coalesce(problem.reporter_unit_id, problem.subject_id)::text AS reporter"
)
_COMPARED = """
    problem.open_spell_id IS NOT NULL AND problem.state NOT IN ('returning', 'answered', 'confirmed')
    AND NOT problem.confidential AND NOT problem.unnamed
    AND NOT EXISTS (SELECT 1 FROM commons_member member
                    WHERE member.problem_id = problem.id AND member.membership = 'joined')
"""
_CANDIDATES = """
SELECT common.id, common.number, common.title, common.lead_id, alike.text
FROM (SELECT * FROM commons_common WHERE office_id = %(office)s AND category = %(category)s AND state <> %(closed)s
      ORDER BY id DESC LIMIT %(commons)s) AS common
CROSS JOIN LATERAL (
    SELECT problem.text FROM commons_member member JOIN problems_problem problem ON problem.id = member.problem_id
    WHERE member.common_id = common.id AND member.membership = %(joined)s
      AND NOT problem.confidential AND NOT problem.unnamed
    ORDER BY member.id LIMIT %(members)s) AS alike
ORDER BY common.id DESC
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the alike problems, as the proposal shows it."""

    number: str
    subject_name: str
    region: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class FoundCluster:
    """A possible common problem: what is shared, how many firms, a few examples, all its problems with their subjects;
    `line_id` is the line that most of them have."""

    category: str
    category_label: str
    words: tuple[str, ...]
    reporters: int
    examples: tuple[Example, ...]
    problem_ids: tuple[UUID, ...]
    numbers: tuple[str, ...]
    subjects: tuple[str, ...]
    line_id: UUID | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open common problem of the viewer's office that a problem may belong to, and the words that say so."""

    number: str
    title: str
    lead: str
    words: tuple[str, ...]


def found_for(viewer: Viewer, *, category: str = "") -> list[FoundCluster]:
    """The possible common problems among the newest open ones of the viewer's territory, the most firms first.

    One query over NEWEST rows by index; 1 500 texts are compared in well under a second.
    Raises NotFound: the viewer's post may not dispatch, so it could establish none.
    """
    if not viewer.may(Permission.DISPATCH):
        raise NotFound
    rows = _newest(viewer, category)
    by_id = {row["id"]: row for row in rows}
    found = [
        _found(cluster, by_id)
        for _category, told in groupby(sorted(rows, key=lambda row: str(row["category"])), key=lambda row: row["category"])
        for cluster in clusters(_told(row) for row in told)
    ]
    return sorted(found, key=lambda one: (-one.reporters, one.problem_ids[0]))[:SHOWN]


def candidates_for(viewer: Viewer, standing: Standing, text: str) -> list[Candidate]:
    """The open common problems of the viewer's own office whose members a problem is like (one query, bounded).

    None for who may not dispatch, for closed problems, and for what is confidential or unnamed.
    """
    if not viewer.may(Permission.DISPATCH) or standing.state in CLOSED_STATES or standing.confidential or standing.unnamed:
        return []
    parameters = {
        "office": viewer.unit_id, "category": standing.category, "closed": CommonState.CLOSED.value,
        "joined": Membership.JOINED.value, "commons": COMPARED_COMMONS, "members": COMPARED_MEMBERS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, parameters)
        rows = cursor.fetchall()
    pairs = pairs_of(text)
    likest = {row[0]: row for row in reversed(rows) if is_alike(pairs, pairs_of(row[4]))}
    names = unit_names(row[3] for row in likest.values())
    return [
        Candidate(number, title, names[lead_id], shared_words([text, other]))
        for _id, number, title, lead_id, other in sorted(likest.values(), key=lambda row: str(row[0]), reverse=True)
    ]


def _newest(viewer: Viewer, category: str) -> list[dict[str, Any]]:
    branches, parameters = branches_of(viewer, Lens.TERRITORY, None, directory())
    where = f"{_COMPARED} AND problem.category = %(category)s" if category else _COMPARED
    pages = (
        branch.around.format(
            page=f"SELECT {_COLUMNS} FROM {branch.source} WHERE ({branch.own}) AND {where} ORDER BY problem.id DESC LIMIT %(most)s"
        )
        for branch in branches
    )
    united = " UNION ALL ".join(f"SELECT * FROM ({page}) AS branch" for page in pages)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({united}) AS lens ORDER BY id DESC LIMIT %(most)s",
            {**parameters, "category": category, "most": NEWEST},
        )
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _told(row: dict[str, Any]) -> Told:
    return Told(row["id"], row["reporter"] or row["subject_name"], row["text"])


def _found(cluster: Cluster, by_id: dict[UUID, dict[str, Any]]) -> FoundCluster:
    rows = [by_id[one] for one in cluster.ids]
    first = rows[0]
    return FoundCluster(
        first["category"], rulebook(first["campaign"]).label(first["subject_kind"], first["category"]), cluster.words,
        cluster.reporters, tuple(_examples(rows)), cluster.ids, tuple(row["number"] for row in rows),
        tuple(row["subject_name"] for row in rows), Counter(row["line_id"] for row in rows).most_common(1)[0][0],
    )


def _examples(rows: list[dict[str, Any]]) -> Iterator[Example]:
    """The newest of the first different reporters."""
    regions = directory().regions
    by_reporter = {row["reporter"] or row["subject_name"]: row for row in rows}
    for row in list(by_reporter.values())[-EXAMPLES:]:
        yield Example(row["number"], row["subject_name"], regions[row["region_id"]].name, row["text"][:EXCERPT])
