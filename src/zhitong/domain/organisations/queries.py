"""What can be known of the organisation: the directory, viewers, posts, names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhitong.domain.organisations.models import (
    Line,
    LineKept,
    Person,
    Post,
    Region,
    RegionEdge,
    Tenure,
    Unit,
    UnitAlias,
)
from zhitong.domain.organisations.rules.directory import Directory, LineEntry, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind, Rank, RegionKind, Relation, Subordination, UnitKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound

_kept: tuple[tuple[str, int], Directory] | None = None


def directory() -> Directory:
    """The standing order of government; read anew only when a loading has changed it (one small query to know)."""
    global _kept
    mark = (str(connection.settings_dict["NAME"]), _version())
    if _kept is None or _kept[0] != mark:
        _kept = (mark, _read_directory())
    return _kept[1]


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM organisations_version")
        return int(cursor.fetchone()[0])


def _read_directory() -> Directory:
    current = Q(until__isnull=True)
    parents = dict(
        RegionEdge.objects.filter(current, relation=Relation.REPORTING.value).values_list("region_id", "parent_id")
    )
    regions = {
        row["id"]: RegionEntry(
            row["id"], row["code"], row["name"], row["short"], Rank(row["rank"]), RegionKind(row["kind"]),
            row["position"], parents.get(row["id"]),
        )
        for row in Region.objects.values("id", "code", "name", "short", "rank", "kind", "position")
    }
    kept: dict[UUID, set[UUID]] = {}
    for unit_id, line_id in LineKept.objects.filter(current).values_list("unit_id", "line_id"):
        kept.setdefault(unit_id, set()).add(line_id)
    every_line = frozenset(Line.objects.values_list("id", flat=True))
    standing = Unit.objects.filter(ended_on__isnull=True).exclude(kind=UnitKind.SERVED.value)
    units = {
        row["id"]: UnitEntry(
            row["id"], row["code"], row["name"], row["short"], UnitKind(row["kind"]), row["region_id"],
            Subordination(row["subordination"]), row["host_id"], row["contact_unit_id"],
            every_line if row["keeps_all_lines"] else frozenset(kept.get(row["id"], ())),
        )
        for row in standing.values(
            "id", "code", "name", "short", "kind", "region_id", "subordination", "host_id", "contact_unit_id",
            "keeps_all_lines",
        )
    }
    lines = {row[0]: LineEntry(*row) for row in Line.objects.order_by("position").values_list("id", "code", "name")}
    shown: dict[UUID, tuple[UUID, ...]] = {}
    for parent_id, region_id in RegionEdge.objects.filter(current, relation=Relation.SHOWN.value).values_list(
        "parent_id", "region_id"
    ):
        shown[parent_id] = (*shown.get(parent_id, ()), region_id)
    ended = Unit.objects.filter(ended_on__isnull=False).exclude(kind=UnitKind.SERVED.value)
    past = list(ended.values_list("id", "name", "successor_id"))
    heirs = {unit_id: successor_id for unit_id, _name, successor_id in past if successor_id}
    return Directory(regions, units, lines, shown, heirs, {unit_id: name for unit_id, name, _successor in past})


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post somebody holds today, with the words that name it."""

    post_id: UUID
    title: str
    unit_name: str
    unit_kind: UnitKind
    region_name: str


def posts_held_by(person_id: UUID, today: date) -> list[HeldPost]:
    """The posts a person holds on a day, the longest held first."""
    rows = (
        _held_on(today)
        .filter(person_id=person_id)
        .order_by("since", "id")
        .values_list("post_id", "post__title", "post__unit__name", "post__unit__kind", "post__unit__region__name")
    )
    return [HeldPost(row[0], row[1], row[2], UnitKind(row[3]), row[4]) for row in rows]


_VIEWER = """
SELECT person.id, post.id, unit.id, unit.kind, unit.region_id, unit.subordination, post.kind,
       CASE WHEN unit.keeps_all_lines THEN ARRAY(SELECT line.id FROM organisations_line line ORDER BY line.position)
            ELSE ARRAY(SELECT kept.line_id FROM organisations_line_kept kept
                       WHERE kept.unit_id = unit.id AND kept.until IS NULL ORDER BY kept.line_id) END,
       NOT EXISTS (SELECT 1 FROM organisations_region_edge edge
                   WHERE edge.region_id = unit.region_id AND edge.relation = 'reporting' AND edge.until IS NULL)
FROM organisations_tenure tenure
JOIN organisations_person person ON person.id = tenure.person_id AND person.is_active
JOIN organisations_post post ON post.id = tenure.post_id AND post.ended_on IS NULL
JOIN organisations_unit unit ON unit.id = post.unit_id
{joined}
WHERE tenure.since <= %(today)s AND (tenure.until IS NULL OR tenure.until >= %(today)s) AND {condition}
LIMIT 1
"""
_BY_POST = _VIEWER.format(joined="", condition="tenure.person_id = %(person)s AND tenure.post_id = %(post)s")
_BY_TOKEN = _VIEWER.format(
    joined="JOIN organisations_api_token token ON token.person_id = tenure.person_id AND token.post_id = tenure.post_id",
    condition="token.digest = %(digest)s AND token.ended_at IS NULL",
)


def person_of_login(login: str) -> UUID | None:
    """The person who signs in under a name; None when nobody active does."""
    return Person.objects.filter(login=login, is_active=True).values_list("id", flat=True).first()


def person_of_phone(phone: str) -> UUID | None:
    """The active person with a phone number; None when nobody has it."""
    return Person.objects.filter(phone=phone, is_active=True).values_list("id", flat=True).first() if phone else None


def people_of_phones(phones: Iterable[str]) -> list[tuple[UUID, str, str, bool]]:
    """Who has these phones: (person, name, phone, whether he has signed in before); one query."""
    rows = Person.objects.filter(phone__in=set(phones)).values_list("id", "name", "phone", "last_login")
    return [(row[0], row[1], row[2], row[3] is not None) for row in rows]


def aliases_in(region_ids: Iterable[UUID]) -> list[tuple[UUID, str]]:
    """The other names of the units of regions, as (unit, name); one query."""
    rows = UnitAlias.objects.filter(unit__region_id__in=list(region_ids), unit__ended_on__isnull=True)
    return list(rows.values_list("unit_id", "name"))


def reporters_of(unit_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The reporter's post of each of the served's own units; one query."""
    rows = Post.objects.filter(unit_id__in=list(unit_ids), kind=PostKind.REPORTER.value, ended_on__isnull=True)
    return dict(rows.order_by("-id").values_list("unit_id", "id"))


def viewer_for(person_id: UUID, post_id: UUID, today: date) -> Viewer | None:
    """The viewer that a person is when acting from a post (one query); None when the post is not held on that day."""
    return _viewer(_BY_POST, {"person": person_id, "post": post_id, "today": today})


def _viewer(statement: str, parameters: dict[str, UUID | date | str]) -> Viewer | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    person_id, post_id, unit_id, unit_kind, region_id, subordination, post_kind, line_ids, is_root = row
    kind = UnitKind(unit_kind)
    return Viewer(
        person_id, post_id, unit_id, kind, region_id, reach_of(kind, Subordination(subordination)), tuple(line_ids),
        permissions_of(kind, PostKind(post_kind)), is_root,
    )


def _held_on(today: date):  # type: ignore[no-untyped-def]
    return Tenure.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), since__lte=today, post__ended_on__isnull=True
    )


def token_digest(secret: str) -> str:
    """What is kept of an API key."""
    return hashlib.sha256(secret.encode()).hexdigest()


def viewer_of_token(secret: str, today: date) -> Viewer | None:
    """The viewer a program is with this key (one query).

    None when the key is unknown or ended, or its post no longer held.
    """
    return _viewer(_BY_TOKEN, {"digest": token_digest(secret), "today": today})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds which post of which unit today."""

    tenure_id: UUID
    post_id: UUID
    person_id: UUID
    unit_id: UUID
    unit: str
    title: str
    name: str


def holders_in(region_id: UUID, today: date) -> list[Holder]:
    """The officials of a region's own units, unit by unit; one query. Whose business it is the caller asks."""
    rows = _held_on(today).filter(post__unit__region_id=region_id, post__unit__ended_on__isnull=True, until__isnull=True)
    found = rows.exclude(post__unit__kind=UnitKind.SERVED.value).order_by("post__unit__code", "post__title", "person__name")
    return [Holder(*row) for row in found.values_list(
        "id", "post_id", "person_id", "post__unit_id", "post__unit__name", "post__title", "person__name",
    )]


def signers_of(unit_id: UUID, today: date) -> list[tuple[str, str, str]]:
    """Who may sign for a unit today, as (name, title, phone); one query."""
    heads = [kind.value for kind in (PostKind.LEADER, PostKind.DEPUTY)]
    rows = _held_on(today).filter(post__unit_id=unit_id, post__kind__in=heads, person__is_active=True)
    return list(rows.order_by("post__title", "person__name").values_list("person__name", "post__title", "person__phone"))


@dataclass(frozen=True, slots=True)
class Seated:
    """A person in a post of a unit: since when, by which phone, and whether he has ever signed in."""

    tenure_id: UUID
    person_id: UUID
    name: str
    phone: str
    title: str
    since: date
    has_come: bool


def people_of_unit(unit_id: UUID, today: date) -> list[Seated]:
    """Who holds a post of a unit on a day, the longest first; one query. Whose business it is the caller asks."""
    rows = _held_on(today).filter(post__unit_id=unit_id).order_by("since", "id")
    return [
        Seated(tenure, person, name, phone, title, since, came is not None)
        for tenure, person, name, phone, title, since, came in rows.values_list(
            "id", "person_id", "person__name", "person__phone", "post__title", "since", "person__last_login",
        )
    ]


def has_people() -> bool:
    """Whether anybody has an account yet."""
    return Person.objects.exists()


def unit_names(unit_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of units, the served's own included, in one query."""
    wanted = {unit_id for unit_id in unit_ids if unit_id}
    return dict(Unit.objects.filter(id__in=wanted).values_list("id", "name"))


def person_names(person_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of people in one query."""
    wanted = {person_id for person_id in person_ids if person_id}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


def post_titles(post_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Titles of posts in one query."""
    wanted = {post_id for post_id in post_ids if post_id}
    return dict(Post.objects.filter(id__in=wanted).values_list("id", "title"))


@dataclass(frozen=True, slots=True)
class RegionDetail:
    """What the directory leaves out of a region: its statistics code, and whom it stands under in which relation."""

    statistics_code: str
    parents: tuple[tuple[Relation, UUID], ...]


def region_detail(viewer: Viewer, region_id: UUID) -> RegionDetail:
    """The rest of a region (two queries).

    Raises NotFound: the viewer is no official, or there is no such region.
    """
    officials_only(viewer)
    code = Region.objects.filter(id=region_id).values_list("statistics_code", flat=True).first()
    if code is None:
        raise NotFound
    edges = RegionEdge.objects.filter(region_id=region_id, until__isnull=True).order_by("relation", "parent__position")
    return RegionDetail(code, tuple((Relation(one.relation), one.parent_id) for one in edges))


@dataclass(frozen=True, slots=True)
class UnitDetail:
    """What the directory leaves out of a unit: its seats, without the people in them, and its other names."""

    posts: tuple[tuple[PostKind, str], ...]
    aliases: tuple[str, ...]


def unit_detail(viewer: Viewer, unit_id: UUID) -> UnitDetail:
    """The rest of a unit (two queries).

    Raises NotFound: the viewer is no official.
    """
    officials_only(viewer)
    posts = Post.objects.filter(unit_id=unit_id, ended_on__isnull=True).values_list("kind", "title")
    order = list(PostKind)
    seats = sorted(((PostKind(kind), title) for kind, title in posts), key=lambda one: (order.index(one[0]), one[1]))
    names = UnitAlias.objects.filter(unit_id=unit_id).order_by("name").values_list("name", flat=True)
    return UnitDetail(tuple(seats), tuple(names))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search of the territory gave; `is_cut` when there was more than was asked for."""

    regions: tuple[RegionEntry, ...]
    units: tuple[UnitEntry, ...]
    is_cut: bool


def search_territory(viewer: Viewer, words: str, *, limit: int = 60) -> Found:
    """Regions by name or pinyin and units by any of their names, the highest first (three queries).

    Raises NotFound: the viewer is no official.
    """
    officials_only(viewer)
    here = directory()
    spelt = words.replace(" ", "").lower()
    named = Q(name__icontains=words) | Q(pinyin__startswith=spelt) | Q(statistics_code=words)
    regions = Region.objects.filter(named).order_by("position").values_list("id", flat=True)[: limit + 1]
    known = Q(name__icontains=words) | Q(short__icontains=words) | Q(aliases__name__icontains=words)
    standing = Unit.objects.filter(known, ended_on__isnull=True).exclude(kind=UnitKind.SERVED.value)
    units = standing.order_by("region__position", "code").distinct().values_list("id", "region__position", "code")
    found_regions = [here.regions[one] for one in regions]
    found_units = [here.units[one] for one, _position, _code in units[: limit + 1]]
    is_cut = len(found_regions) > limit or len(found_units) > limit
    return Found(tuple(found_regions[:limit]), tuple(found_units[:limit]), is_cut)


def officials_only(viewer: Viewer) -> None:
    """Refuse the served: how government is ordered inside is no page of theirs."""
    if viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
