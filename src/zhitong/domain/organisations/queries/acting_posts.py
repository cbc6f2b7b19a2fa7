"""Posts as programs act from them: without a tenure, under an account that is nobody's seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.models import Post
from zhitong.domain.organisations.rules.kinds import PostKind, Subordination, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of, reach_of
from zhitong.domain.organisations.rules.viewer import Viewer


@dataclass(frozen=True, slots=True)
class StandingPost:
    """A post that stands, with what it may do."""

    id: UUID
    title: str
    permissions: frozenset[Permission]


def standing_posts_of(unit_id: UUID) -> list[StandingPost]:
    """The posts of a unit that stand, by kind and title; one query."""
    rows = Post.objects.filter(unit_id=unit_id, ended_on__isnull=True, unit__ended_on__isnull=True).order_by("kind", "title")
    return [
        StandingPost(post_id, title, permissions_of(UnitKind(unit_kind), PostKind(kind)))
        for post_id, title, kind, unit_kind in rows.values_list("id", "title", "kind", "unit__kind")
    ]


_POST = """
SELECT unit.id, unit.kind, unit.region_id, unit.subordination, post.kind,
       CASE WHEN unit.keeps_all_lines THEN ARRAY(SELECT line.id FROM organisations_line line ORDER BY line.position)
            ELSE ARRAY(SELECT kept.line_id FROM organisations_line_kept kept
                       WHERE kept.unit_id = unit.id AND kept.until IS NULL ORDER BY kept.line_id) END,
       NOT EXISTS (SELECT 1 FROM organisations_region_edge edge
                   WHERE edge.region_id = unit.region_id AND edge.relation = 'reporting' AND edge.until IS NULL)
FROM organisations_post post JOIN organisations_unit unit ON unit.id = post.unit_id
WHERE post.id = %s AND post.ended_on IS NULL AND unit.ended_on IS NULL
"""


def viewer_of_post(post_id: UUID, person_id: UUID) -> Viewer | None:
    """The viewer that an account is when it acts from a post (one query); None when the post or its unit has ended."""
    with connection.cursor() as cursor:
        cursor.execute(_POST, [post_id])
        row: Sequence[Any] | None = cursor.fetchone()
    if row is None:
        return None
    unit_id, unit_kind, region_id, subordination, post_kind, line_ids, is_root = row
    kind = UnitKind(unit_kind)
    return Viewer(
        person_id, post_id, unit_id, kind, region_id, reach_of(kind, Subordination(subordination), PostKind(post_kind)),
        tuple(line_ids), permissions_of(kind, PostKind(post_kind)), is_root,
    )
