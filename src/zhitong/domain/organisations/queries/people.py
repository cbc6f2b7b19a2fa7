"""People in their posts: by phone, by unit, by seat; and names for ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.queries.viewers import held_on
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.kit.sealing.columns import digest_for, opened_value


def people_of_phones(phones: Iterable[str]) -> list[tuple[UUID, str, str, bool]]:
    """Who has these phones: (person, name, phone, whether he has signed in before); one query."""
    wanted = digests_of(phones)
    rows = Person.objects.filter(phone_digest__in=wanted).values_list("id", "name", "phone_digest", "last_login")
    return [(row[0], row[1], wanted[row[2]], row[3] is not None) for row in rows]


def digests_of(phones: Iterable[str]) -> dict[str, str]:
    """Phones by the digests under which their owners are found."""
    return {digest_for(Person, "phone", phone): phone for phone in phones if phone}


def phone_opened(person_id: UUID, kept: str) -> str:
    """Somebody's phone as it was read from its column, opened."""
    return opened_value(Person, "phone", person_id, kept)


def reporters_of(unit_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The reporter's post of each of the served's own units; one query."""
    rows = Post.objects.filter(unit_id__in=list(unit_ids), kind=PostKind.REPORTER.value, ended_on__isnull=True)
    return dict(rows.order_by("-id").values_list("unit_id", "id"))


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
    kind: PostKind


def holders_in(region_id: UUID, today: date) -> list[Holder]:
    """The officials of a region's own units, unit by unit; one query. Whose business it is the caller asks."""
    rows = held_on(today).filter(post__unit__region_id=region_id, post__unit__ended_on__isnull=True, until__isnull=True)
    found = rows.exclude(post__unit__kind=UnitKind.SERVED.value).order_by("post__unit__code", "post__title", "person__name")
    return [Holder(*row[:7], PostKind(row[7])) for row in found.values_list(
        "id", "post_id", "person_id", "post__unit_id", "post__unit__name", "post__title", "person__name", "post__kind",
    )]


def seated_in(unit_ids: Iterable[UUID], today: date) -> list[tuple[UUID, UUID]]:
    """Who sits in these units today, as (unit, person), each once; one query, for the worker's login."""
    rows = held_on(today).filter(post__unit_id__in=list(unit_ids), person__is_active=True)
    return list(rows.order_by("post__unit_id", "person_id").distinct().values_list("post__unit_id", "person_id"))


def signers_of(unit_id: UUID, today: date) -> list[tuple[str, str, str]]:
    """Who may sign for a unit today, as (name, title, phone); one query."""
    heads = [kind.value for kind in (PostKind.LEADER, PostKind.DEPUTY)]
    rows = held_on(today).filter(post__unit_id=unit_id, post__kind__in=heads, person__is_active=True)
    found = rows.order_by("post__title", "person__name").values_list(
        "person__name", "post__title", "person_id", "person__phone"
    )
    return [(name, title, phone_opened(person_id, phone)) for name, title, person_id, phone in found]


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
    rows = held_on(today).filter(post__unit_id=unit_id).order_by("since", "id")
    return [
        Seated(tenure, person, name, phone_opened(person, phone), title, since, came is not None)
        for tenure, person, name, phone, title, since, came in rows.values_list(
            "id", "person_id", "person__name", "person__phone", "post__title", "since", "person__last_login",
        )
    ]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Under which name somebody signs in, how he is called, and what is kept of his password."""

    login: str
    name: str
    encoded: str


def credentials_of(person_id: UUID) -> Credentials:
    """How a person signs in; one query. Whose business it is the caller asks."""
    return Credentials(*Person.objects.values_list("login", "name", "password").get(id=person_id))


def seats_of(person_id: UUID, today: date) -> list[tuple[PostKind, UUID]]:
    """The posts a person holds on a day, each by its kind and the region of its unit; one query."""
    rows = held_on(today).filter(person_id=person_id).order_by("id").values_list("post__kind", "post__unit__region_id")
    return [(PostKind(kind), region_id) for kind, region_id in rows]


def has_people() -> bool:
    """Whether anybody has an account yet."""
    return Person.objects.exists()


def person_names(person_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of people in one query."""
    wanted = {person_id for person_id in person_ids if person_id}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


def name_and_phone(person_id: UUID) -> tuple[str, str]:
    """Somebody's name and phone, the phone empty where he has given none; one query."""
    person = Person.objects.only("name", "phone").get(id=person_id)
    return person.name, person.phone


def post_titles(post_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Titles of posts in one query."""
    wanted = {post_id for post_id in post_ids if post_id}
    return dict(Post.objects.filter(id__in=wanted).values_list("id", "title"))


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat by its tenure: who has or had it, whether it is over, and whether he has ever signed in."""

    tenure_id: UUID
    post_id: UUID
    unit_id: UUID
    person_id: UUID
    name: str
    is_over: bool
    has_come: bool


def seats_held(tenure_ids: Iterable[UUID]) -> list[HeldSeat]:
    """Seats by their tenures; one query. Whose business they are the caller asks."""
    rows = Tenure.objects.filter(id__in=list(tenure_ids)).order_by("id").values_list(
        "id", "post_id", "post__unit_id", "person_id", "person__name", "until", "person__last_login"
    )
    return [HeldSeat(*row[:5], row[5] is not None, row[6] is not None) for row in rows]


def seats_taken(unit_ids: Iterable[UUID], phones: Iterable[str]) -> dict[tuple[UUID, str, str], UUID]:
    """Who with these phones sits in these units now: the tenure by (unit, title, phone); one query."""
    wanted = digests_of(phones)
    rows = Tenure.objects.filter(
        post__unit_id__in=set(unit_ids), post__ended_on__isnull=True, person__phone_digest__in=wanted, until__isnull=True
    ).values_list("post__unit_id", "post__title", "person__phone_digest", "id")
    return {(unit_id, title, wanted[digest]): tenure_id for unit_id, title, digest, tenure_id in rows}


def posts_standing(unit_ids: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """The posts that stand in these units, as (unit, title); one query."""
    rows = Post.objects.filter(unit_id__in=set(unit_ids), ended_on__isnull=True)
    return set(rows.values_list("unit_id", "title"))


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ring in a unit."""

    name: str
    title: str
    phone: str


_RUNG_FIRST = (PostKind.OFFICER, PostKind.LIAISON, PostKind.DEPUTY, PostKind.LEADER)


def contacts_on(unit_ids: Iterable[UUID], day: date) -> dict[UUID, Contact]:
    """Whom to ring in units as they were staffed on a day: who handles before who leads, the longest there first; one query.

    Whose business it is the caller asks.
    """
    stood = Q(post__ended_on__isnull=True) | Q(post__ended_on__gt=day)
    held = Q(until__isnull=True) | Q(until__gte=day)
    rows = Tenure.objects.filter(
        stood, held, since__lte=day, post__unit_id__in=set(unit_ids), post__kind__in=[one.value for one in _RUNG_FIRST],
    ).order_by("since", "id").values_list("post__unit_id", "post__kind", "person__name", "post__title", "person_id", "person__phone")
    order = [one.value for one in _RUNG_FIRST]
    found: dict[UUID, Contact] = {}
    for unit_id, _kind, name, title, person_id, phone in sorted(rows, key=lambda row: order.index(row[1])):
        if unit_id not in found:
            found[unit_id] = Contact(name, title, phone_opened(person_id, phone))
    return found
