"""Knocking: every try is counted before it is tried, so that what is refused afterwards does not undo the count."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.accounts.models import Sitting
from zhitong.domain.accounts.queries.knowing import KNOCK, known_as, named, protection
from zhitong.domain.accounts.rules.waiting import FORGOTTEN, KNOWN, SEVERAL, places_of, wait_after, wait_in_words
from zhitong.domain.accounts.rules.words import AccountFact, Place, Way
from zhitong.domain.history.actions import record, record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import person_of_login
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused

NOBODY = Actor(None, None, None, "web")

_COUNT = """
INSERT INTO accounts_knock AS known (id, key, place, login, address, person_id, failures, last_at)
SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::int[], %s::timestamptz[])
ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at, failures = CASE
    WHEN known.last_at < %s THEN 1 ELSE known.failures + 1 END
RETURNING id, place, failures, until
"""
_UNDO = """
UPDATE accounts_knock SET failures = failures - 1, until = CASE WHEN failures - 1 < %s THEN NULL ELSE until END
WHERE key = %s AND failures > 0
"""


class MustWait(Refused):
    """Too many failures here: the next try is taken later. Nothing was counted."""


@dataclass(frozen=True, slots=True)
class Knocked:
    """A try under way: who would come in (None: nobody has this login), from where, and when it would shut, in case it fails."""

    login: str
    address: str
    person_id: UUID | None
    keys: tuple[tuple[Place, str], ...]
    first_id: UUID
    shut_until: datetime | None


def knock(*, login: str, address: str, device: str, now: datetime) -> Knocked:
    """Count a try to sign in; `device` is the mark of one from which this person came in before, else empty.

    For a login that nobody has everything is done alike. Raises MustWait: `sentence` says how long; the try does not count.
    """
    login = login.strip()[:60]
    person_id = person_of_login(login)
    with known_as(person_id):
        is_known = _has_sat_at(person_id, address, now)
    places = places_of(is_device_known=bool(device), is_address_known=is_known)
    return _count(login, address, person_id, [(place, _key(place, login.casefold(), address, device)) for place in places], now)


def knock_unnamed(*, address: str, device: str, now: datetime) -> Knocked:
    """Count a try that does not say who would come in: at a device from which somebody came in before, there alone, else at
    the address. Raises MustWait."""
    place, parts = (Place.DEVICE, ("", "", device)) if device else (Place.SOURCE, ("", address, ""))
    return _count("", address, None, [(place, _key(place, *parts))], now)


def knock_inside(person_id: UUID, *, login: str, address: str, now: datetime) -> Knocked:
    """Count a try of a code or of the old password by somebody who has proved one thing already. Raises MustWait."""
    return _count(login, address, person_id, [(Place.CODE, _key(Place.CODE, str(person_id)))], now)


@transaction.atomic
def turned_away(
    knocked: Knocked, *, now: datetime, way: Way = Way.PASSWORD, told_elsewhere: Mapping[str, str] | None = None
) -> None:
    """Put on record that a counted try failed, and that it shut the place when it did.

    `told_elsewhere` is what another service said of who tried.
    """
    told = {"login": knocked.login, "address": knocked.address, **(told_elsewhere or {})}
    thing = ("person", knocked.person_id) if knocked.person_id else ("knock", knocked.first_id)
    facts = [Fact(AccountFact.FAILED.value, *thing, NOBODY, now, {"way": way}, told)]
    if knocked.shut_until:
        facts.append(Fact(AccountFact.SHUT.value, *thing, NOBODY, now, {"until": knocked.shut_until}, told))
    record_many(facts)


@transaction.atomic
def opened_to(knocked: Knocked) -> None:
    """Take back what a try counted that succeeded: his own counts begin anew, shared ones lose this one try."""
    with _shown(knocked.keys), connection.cursor() as cursor:
        for place, key in knocked.keys:
            if SEVERAL[place] == 1:
                cursor.execute("DELETE FROM accounts_knock WHERE key = %s", [key])
            else:
                cursor.execute(_UNDO, [protection().tries * SEVERAL[place], key])


@transaction.atomic
def forget_code_tries(person_id: UUID) -> None:
    """Begin the count of somebody's codes anew: he has proved himself, or who administers has vouched for him."""
    keys = [(Place.CODE, _key(Place.CODE, str(person_id)))]
    with _shown(keys), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_knock WHERE key = %s", [keys[0][1]])


def note_failed_code(knocked: Knocked, *, person_id: UUID, now: datetime) -> None:
    """Put on record that somebody who had proved one thing could not prove the other."""
    record(
        AccountFact.FAILED.value, thing_kind="person", thing_id=person_id, actor=NOBODY, at=now, body={"place": Place.CODE},
        details={"address": knocked.address},
    )


def _count(
    login: str, address: str, person_id: UUID | None, keys: Sequence[tuple[Place, str]], now: datetime
) -> Knocked:
    """Count in one statement, so that tries sent at once are counted one after another."""
    ordered = tuple(sorted(keys, key=lambda one: one[1]))
    rows = [
        (uuid7(), key, place.value, *(("", address, None) if place is Place.SOURCE else (login, address, person_id)), 1, now)
        for place, key in ordered
    ]
    with _shown(ordered), connection.cursor() as cursor:
        cursor.execute(_COUNT, [*(list(column) for column in zip(*rows, strict=True)), now - FORGOTTEN])
        found = [(row_id, Place(place), failures, until) for row_id, place, failures, until in cursor.fetchall()]
        waiting = [until for _id, _place, _failures, until in found if until is not None and until > now]
        if waiting:
            raise MustWait(_wait_sentence(max(waiting), now))
        shut = {row_id: now + wait for row_id, place, failures, _until in found
                if (wait := wait_after(failures, place, protection().tries))}
        for row_id, until in shut.items():
            cursor.execute("UPDATE accounts_knock SET until = %s WHERE id = %s", [until, row_id])
    return Knocked(login, address, person_id, ordered, found[0][0], max(shut.values(), default=None))


def _has_sat_at(person_id: UUID | None, address: str, now: datetime) -> bool:
    whose = person_id or UUID(int=0)  # who is nobody is asked for all the same: the answer takes as long
    return Sitting.objects.filter(person_id=whose, address=address, since__gt=now - KNOWN).exists()


def _key(place: Place, *parts: str) -> str:
    """What counts together: a device or a code by who it is, an address alone, a login alone, or both."""
    login, address, device = (*parts, "", "")[:3]
    told = {
        Place.DEVICE: [login, device], Place.ADDRESS: [login, address], Place.SOURCE: [address], Place.ACCOUNT: [login],
        Place.CODE: [login],
    }[place]
    return hashlib.sha256("\n".join([place.value, *told]).encode()).hexdigest()


def _shown(keys: Sequence[tuple[Place, str]]) -> AbstractContextManager[None]:
    """Show these counts, and no others, to the second wall."""
    return named(KNOCK, ",".join(key for _place, key in keys))


def _wait_sentence(until: datetime, now: datetime) -> str:
    return f"连续几次没有成功，请{wait_in_words(until - now)}后再试。着急的，可联系本级系统管理员解除，或用手机验证码登录。"
