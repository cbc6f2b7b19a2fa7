"""Seating people: persons, their posts, the served's own units, and keys for programs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Exists, OuterRef

from zhitong.domain.organisations.actions.auditing import refuse_double
from zhitong.domain.organisations.models import ApiToken, Person, Post, Tenure, Unit
from zhitong.domain.organisations.queries import HeldSeat, people_of_phones, person_of_login, seats_held, token_digest
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused
from zhitong.kit.rows import insert_rows
from zhitong.kit.sealing.columns import digest_for


class LoginTaken(Refused):
    """The login name belongs to somebody already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person to be seated in a post."""

    login: str
    name: str
    password: str | None
    post_id: UUID
    since: date


@transaction.atomic
def seat(seats: Sequence[Seat]) -> list[UUID]:
    """Make persons and give each the post named; returns their ids. A password of None allows no sign-in yet.

    Raises LoginTaken: a login name is in use; nobody is seated then.
    """
    taken = Person.objects.filter(login__in=[one.login for one in seats]).values_list("login", flat=True).first()
    if taken is not None:
        raise LoginTaken(f"登录名“{taken}”已有人使用，请换一个。")
    hashed = {password: make_password(password) for password in {one.password for one in seats}}
    people = [Person(login=one.login, name=one.name, password=hashed[one.password]) for one in seats]
    Person.objects.bulk_create(people, batch_size=1000)
    Tenure.objects.bulk_create(
        [Tenure(post_id=one.post_id, person_id=person.id, since=one.since)
         for one, person in zip(seats, people, strict=True)],
        batch_size=1000,
    )
    return [person.id for person in people]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeat:
    """A person, known by phone, to be seated in a unit under a title; the seat is made when the unit has none like it."""

    unit_id: UUID
    kind: PostKind
    title: str
    name: str
    phone: str


@transaction.atomic
def seat_people(seats: Sequence[NewSeat], *, since: date) -> list[tuple[UUID, UUID, bool]]:
    """Seat people by phone; returns (person id, post id, whether the tenure is new) in order, in nine statements.

    New people have no password: they come by invitation. Raises LoginTaken: a phone is somebody's login name without
    being his phone; nobody is seated then.
    """
    titles = {(one.unit_id, one.title): one.kind for one in seats}
    posts = _posts_of(titles)
    Post.objects.bulk_create(
        [Post(unit_id=unit, kind=kind.value, title=title) for (unit, title), kind in titles.items()
         if (unit, title) not in posts],
        batch_size=1000,
    )
    posts = _posts_of(titles)
    names = {one.phone: one.name for one in seats}
    people = {phone: person_id for person_id, _name, phone, _came in people_of_phones(names)}
    _refuse_taken(phone for phone in names if phone not in people)
    new = [
        Person(login=_login_for(phone), name=name, phone=phone, password=make_password(None))
        for phone, name in names.items() if phone not in people
    ]
    Person.objects.bulk_create(new, batch_size=1000)
    people |= {person.phone: person.id for person in new}
    wanted = [(people[one.phone], posts[(one.unit_id, one.title)]) for one in seats]
    held = set(
        Tenure.objects.filter(post_id__in={post for _person, post in wanted}, until__isnull=True)
        .values_list("person_id", "post_id")
    )
    Tenure.objects.bulk_create(
        [Tenure(post_id=post, person_id=person, since=since) for person, post in dict.fromkeys(wanted)
         if (person, post) not in held],
        batch_size=1000,
    )
    refuse_double(people.values())
    return [(person, post, (person, post) not in held) for person, post in wanted]


def _login_for(phone: str) -> str:
    """A login name for whoever signs in by phone: the number itself stands nowhere in the open."""
    return f"p{digest_for(Person, 'phone', phone)[:24]}"


def _refuse_taken(logins: Iterable[str]) -> None:
    taken = Person.objects.filter(login__in=list(logins)).values_list("login", flat=True).first()
    if taken is not None:
        raise LoginTaken(f"“{taken}”已是别人的登录名，不能再用作手机登录。请核对号码，或先改那个登录名。")


def _posts_of(titles: Iterable[tuple[UUID, str]]) -> dict[tuple[UUID, str], UUID]:
    rows = Post.objects.filter(unit_id__in={unit for unit, _title in titles}, ended_on__isnull=True)
    return {(unit, title): post for post, unit, title in rows.values_list("id", "unit_id", "title")}


@transaction.atomic
def take_seat(
    *, post_id: UUID, person_id: UUID | None, name: str, phone: str, password: str | None, since: date
) -> UUID:
    """Put whoever holds an invitation into its post, with the phone that he has proved to be his; returns the person.

    `person_id` is the one the invitation names; otherwise the phone's owner, and failing that a new person. A password
    is set only where there is none yet.
    Raises LoginTaken: the phone is another person's, or its owner bears another name; or the invitation names
    somebody whose phone is known and this is another: who finds a sheet does not become the person on it.
    """
    owner = Person.objects.select_for_update().filter(phone_digest=digest_for(Person, "phone", phone)).first()
    named = Person.objects.select_for_update().get(id=person_id) if person_id else owner
    if owner is not None and named is not None and owner.id != named.id:
        raise LoginTaken("这个手机号码是另一位人员的。请核对号码，或联系发邀请的办公室。")
    if person_id is not None and named is not None and named.phone and named.phone != phone:
        raise LoginTaken("这张邀请单登记的是另一个手机号码。请用登记的号码开通；号码变了的，请联系发邀请的办公室更正。")
    if owner is not None and person_id is None and owner.name != name:
        raise LoginTaken("这个手机号码登记的是另一个姓名。请核对姓名，或联系发邀请的办公室。")
    if named is None:
        _refuse_taken([phone])
    person = named or Person.objects.create(login=_login_for(phone), name=name, phone=phone, password=make_password(None))
    person.phone = phone
    if password is not None and not person.has_usable_password():
        person.set_password(password)
    person.save(update_fields=["phone", "phone_digest", "password"])
    if not Tenure.objects.filter(post_id=post_id, person_id=person.id, until__isnull=True).exists():
        Tenure.objects.create(post_id=post_id, person_id=person.id, since=since)
        refuse_double([person.id])
    return person.id


def hold(*, post_id: UUID, person_id: UUID, since: date) -> None:
    """Let a person hold a post from a day on; holding it already changes nothing.

    Whose business it is the caller asks. Raises WatchesHimself.
    """
    if not Tenure.objects.filter(post_id=post_id, person_id=person_id, until__isnull=True).exists():
        Tenure.objects.create(post_id=post_id, person_id=person_id, since=since)
        refuse_double([person_id])


def end_tenure(*, tenure_id: UUID, on: date) -> None:
    """Let nobody hold a post any more from a day on; whose business it is the caller asks."""
    Tenure.objects.filter(id=tenure_id, until__isnull=True).update(until=on - timedelta(days=1))


@transaction.atomic
def end_seats(seats: Mapping[UUID, bool], *, on: date) -> list[HeldSeat]:
    """Let seats, by tenure, be held no more from a day on; where true the post ends too, if nobody else holds it.

    Returns the seats that were held until then; four statements. Whose business it is the caller asks.
    """
    held = [one for one in seats_held(seats) if not one.is_over]
    Tenure.objects.filter(id__in=[one.tenure_id for one in held]).update(until=on - timedelta(days=1))
    made = {one.post_id for one in held if seats[one.tenure_id]}
    still_held = Tenure.objects.filter(post_id=OuterRef("id"), until__isnull=True)
    Post.objects.filter(~Exists(still_held), id__in=made, ended_on__isnull=True).update(ended_on=on)
    return held


class NotHeld(Refused):
    """The person does not hold the post, or the successor is the one who leaves it."""


@transaction.atomic
def change_holder(
    *, post_id: UUID, leaving_id: UUID, login: str, name: str, password: str | None, on: date
) -> UUID:
    """End a person's tenure of a post the day before and begin the successor's on the day; returns the successor.

    A login in use is that person's, who keeps his other posts; otherwise a person is made.
    Raises NotHeld: nobody like that holds the post, or the successor does already. Raises LoginTaken: it is another's name.
    """
    held = Tenure.objects.select_for_update().filter(post_id=post_id, until__isnull=True)
    if not held.filter(person_id=leaving_id).exists():
        raise NotHeld("这个人现在不任这个岗位。请刷新页面查看最新情况。")
    known_id = person_of_login(login)
    known = Person.objects.get(id=known_id) if known_id else None
    if known is not None and known.name != name:
        raise LoginTaken(f"登录名“{login}”是{known.name}的，与填写的姓名不一致。请核对，或换一个登录名。")
    if known is not None and held.filter(person_id=known.id).exists():
        raise NotHeld(f"{name}已经任这个岗位，不用再交接。")
    held.filter(person_id=leaving_id).update(until=on - timedelta(days=1))
    if known is None:
        return seat([Seat(login=login, name=name, password=password, post_id=post_id, since=on)])[0]
    Tenure.objects.create(post_id=post_id, person_id=known.id, since=on)
    refuse_double([known.id])
    return known.id


class NoSuchPost(Refused):
    """The region has no campaign office with an administrator's post."""


def seat_administrator(
    *, region_code: str, login: str, name: str, password: str, since: date, kind: PostKind = PostKind.ADMINISTRATOR
) -> str:
    """Seat one of the three administrators of a region's campaign office; returns the office's name.

    Raises NoSuchPost: there is no such region, or no campaign is loaded yet. Raises LoginTaken.
    """
    post = Post.objects.filter(
        unit__region__code=region_code, unit__kind=UnitKind.CAMPAIGN_OFFICE.value, unit__ended_on__isnull=True,
        kind=kind.value, ended_on__isnull=True,
    ).select_related("unit").first()
    if post is None:
        raise NoSuchPost(f"没有找到区划“{region_code}”的活动办公室。请核对区划代码，并确认已载入活动包（zhitong load）。")
    seat([Seat(login=login, name=name, password=password, post_id=post.id, since=since)])
    return post.unit.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedUnit:
    """The own unit of one of the served: its people report for it."""

    code: str
    name: str
    region_id: UUID


@transaction.atomic
def found_served_units(units: Iterable[ServedUnit]) -> list[tuple[UUID, UUID]]:
    """Make the own units of the served, each with one reporter's post; returns (unit id, post id) in order."""
    rows = [
        Unit(id=uuid7(), code=one.code, name=one.name, short=one.name[:60], kind=UnitKind.SERVED.value,
             region_id=one.region_id)
        for one in units
    ]
    insert_rows(rows)
    posts = [Post(unit_id=row.id, kind=PostKind.REPORTER.value, title=PostKind.REPORTER.label) for row in rows]
    insert_rows(posts)
    return [(row.id, post.id) for row, post in zip(rows, posts, strict=True)]


@transaction.atomic
def rename_served_units(names: Mapping[UUID, str]) -> None:
    """Call the own units of the served as they are called now; one statement."""
    units = [Unit(id=unit_id, name=name, short=name[:60]) for unit_id, name in names.items()]
    Unit.objects.bulk_update(units, ["name", "short"], batch_size=1000)


def move_served_unit(unit_id: UUID, region_id: UUID) -> None:
    """Let the own unit of one of the served stand in another region."""
    Unit.objects.filter(id=unit_id, kind=UnitKind.SERVED.value).update(region_id=region_id)


@transaction.atomic
def seat_also(*, from_unit_id: UUID, to_unit_id: UUID, since: date) -> int:
    """Let who reports for one of the served report for another too; returns how many people. They keep their old posts."""
    target = Post.objects.filter(unit_id=to_unit_id, ended_on__isnull=True).order_by("id").first()
    if target is None:
        return 0
    here = Tenure.objects.filter(post__unit_id=to_unit_id, until__isnull=True).values("person_id")
    people = Tenure.objects.filter(post__unit_id=from_unit_id, until__isnull=True).exclude(person_id__in=here)
    rows = [Tenure(post=target, person_id=one, since=since) for one in people.values_list("person_id", flat=True).distinct()]
    return len(Tenure.objects.bulk_create(rows))


def issue_token(*, person_id: UUID, post_id: UUID, name: str, now: datetime) -> str:
    """Make an API key for a post; the secret is returned once and only its digest is kept."""
    secret = f"zt_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(person_id=person_id, post_id=post_id, name=name, digest=token_digest(secret), created_at=now)
    return secret
