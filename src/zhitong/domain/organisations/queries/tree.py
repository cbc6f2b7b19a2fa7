"""A subtree of the organisation as it stands, for taking out and for holding a document against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.models import LineKept, Person, Region, RegionEdge, Tenure, Unit, UnitAlias
from zhitong.domain.organisations.models import Post as PostRow
from zhitong.domain.organisations.queries.order import directory
from zhitong.domain.organisations.rules.kinds import Relation, UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.tree import (
    Difference,
    Tree,
    TreePerson,
    TreePost,
    TreeRegion,
    TreeUnit,
    differences,
)
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


def tree_of(viewer: Viewer, region_code: str = "", *, today: date) -> Tree:
    """The subtree of a region, the viewer's own unless another within it is named; eight queries.

    Raises NotFound: the post does not administer, or the region is not within its territory.
    """
    if not viewer.may(Permission.ADMINISTER):
        raise NotFound
    here = directory()
    region = here.region_coded(region_code) if region_code else here.regions[viewer.region_id]
    if region is None or region.id not in set(here.within(viewer.region_id)):
        raise NotFound
    return _read(region.code, list(here.within(region.id)), today)


def differences_of(viewer: Viewer, wanted: Tree, *, today: date) -> list[Difference]:
    """What a document would change, all of it within the viewer's own territory. Raises NotFound: see `tree_of`."""
    now = tree_of(viewer, wanted.region, today=today)
    logins = {one.login for one in wanted.people} | {login for post in wanted.posts for login in post.holders}
    known = dict(Person.objects.filter(login__in=logins).values_list("login", "name"))
    own = Person.objects.filter(id=viewer.person_id).values_list("login", flat=True).get()
    return differences(
        now, wanted, own_login=own, own_region=directory().regions[viewer.region_id].code, known_logins=known,
        lines=[line.code for line in directory().lines.values()],
    )


def _read(code: str, region_ids: Collection[UUID], today: date) -> Tree:
    standing = Unit.objects.filter(region_id__in=region_ids, ended_on__isnull=True).exclude(kind=UnitKind.SERVED.value)
    ids = list(standing.values_list("id", flat=True))
    posts, people = _posts(ids, today)
    return Tree(code, _regions(region_ids), _units(standing.filter(id__in=ids)), posts, people)


def _regions(region_ids: Collection[UUID]) -> tuple[TreeRegion, ...]:
    edges = RegionEdge.objects.filter(region_id__in=region_ids, relation=Relation.REPORTING.value, until__isnull=True)
    parents = dict(edges.values_list("region_id", "parent__code"))
    rows = Region.objects.filter(id__in=region_ids).values_list("id", "code", "name", "short", "rank", "kind")
    return tuple(sorted(TreeRegion(*row[1:], parent=parents.get(row[0], "")) for row in rows))


def _units(standing: Any) -> tuple[TreeUnit, ...]:
    lines, aliases = defaultdict[UUID, set[str]](set), defaultdict[UUID, set[str]](set)
    for unit_id, line in LineKept.objects.filter(unit__in=standing, until__isnull=True).values_list("unit_id", "line__code"):
        lines[unit_id].add(line)
    for unit_id, name in UnitAlias.objects.filter(unit__in=standing).values_list("unit_id", "name"):
        aliases[unit_id].add(name)
    rows = standing.values_list(
        "id", "code", "name", "short", "kind", "region__code", "subordination", "host__code", "contact_unit__code",
        "keeps_all_lines",
    )
    return tuple(sorted(
        TreeUnit(
            code, name, short, kind, region, subordination, host or "", contact or "", keeps_all,
            tuple(sorted(lines[unit_id])), tuple(sorted(aliases[unit_id])),
        )
        for unit_id, code, name, short, kind, region, subordination, host, contact, keeps_all in rows
    ))


def _posts(unit_ids: Collection[UUID], today: date) -> tuple[tuple[TreePost, ...], tuple[TreePerson, ...]]:
    held = Tenure.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), post__unit_id__in=unit_ids, person__is_active=True, since__lte=today,
    )
    holders, people = defaultdict[UUID, set[str]](set), set[TreePerson]()
    for post_id, login, name in held.values_list("post_id", "person__login", "person__name"):
        holders[post_id].add(login)
        people.add(TreePerson(login, name))
    rows = PostRow.objects.filter(unit_id__in=unit_ids, ended_on__isnull=True).values_list("id", "unit__code", "title", "kind")
    posts = (TreePost(*row[1:], holders=tuple(sorted(holders[row[0]]))) for row in rows)
    return tuple(sorted(posts)), tuple(sorted(people))
