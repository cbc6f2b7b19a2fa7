"""The people of a territory in their posts, for who administers it and looks for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries.order import directory
from zhitong.domain.organisations.queries.viewers import held_on
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.staffing import keeper_trouble
from zhitong.domain.organisations.scope import Viewer, require


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody in one of his posts; `id` is the tenure's. `is_ours`: the viewer may fill and empty the post."""

    id: UUID
    person_id: UUID
    name: str
    login: str
    title: str
    kind: PostKind
    unit: UnitEntry
    region: str
    since: date
    is_ours: bool


def staff_for(
    viewer: Viewer, today: date, *, words: str = "", kind: PostKind | None = None, by: str = "since",
    after: tuple[date | str, UUID] | None = None, descending: bool = True, limit: int = 50,
) -> list[StaffRow]:
    """Who sits in the posts of the subtree's units, by `since` or `name`; one row a post; one query.

    `words` are looked for in names, logins and titles, and in the names of units and regions. Raises NotYours: the post does
    not administer.
    """
    rows = _asked(viewer, today, words, kind)
    column = {"since": "since", "name": "person__name"}[by]
    if after is not None:
        beyond = "lt" if descending else "gt"
        value, row_id = after
        rows = rows.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"id__{beyond}": row_id}))
    turned = "-" if descending else ""
    listed = rows.order_by(f"{turned}{column}", f"{turned}id").values_list(
        "id", "person_id", "person__name", "person__login", "post__title", "post__kind", "post__unit_id", "since"
    )
    return [_told(viewer, row) for row in listed[:limit]]


def count_of_staff(viewer: Viewer, today: date, *, words: str = "", kind: PostKind | None = None, most: int) -> int:
    """How many rows those are, counted no further than `most`; one query. Raises NotYours."""
    return int(_asked(viewer, today, words, kind)[:most].count())


def _told(viewer: Viewer, row: tuple[Any, ...]) -> StaffRow:
    row_id, person_id, name, login, title, word, unit_id, since = row
    here, kind = directory(), PostKind(word)
    unit = here.units[unit_id]
    is_ours = not keeper_trouble(kind, is_own_region=unit.region_id == viewer.region_id)
    return StaffRow(row_id, person_id, name, login, title, kind, unit, here.regions[unit.region_id].name, since, is_ours)


def _asked(viewer: Viewer, today: date, words: str, kind: PostKind | None) -> QuerySet[Tenure]:
    require(viewer, Permission.ADMINISTER)
    here = directory()
    within = set(here.within(viewer.region_id))
    units = {one.id: one for one in here.units.values() if one.region_id in within}
    rows = held_on(today).filter(until__isnull=True, person__is_active=True, post__unit_id__in=list(units))
    if kind is not None:
        rows = rows.filter(post__kind=kind.value)
    if words:
        named = [one.id for one in units.values() if words in one.name or words in here.regions[one.region_id].name]
        rows = rows.filter(
            Q(person__name__icontains=words) | Q(person__login__icontains=words) | Q(post__title__icontains=words)
            | Q(post__unit_id__in=named)
        )
    return rows
