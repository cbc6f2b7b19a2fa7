"""Who follows what: the viewer behind a session or a key, and which topics that viewer may follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user

from zhitong.domain.organisations.queries import POST_IN_SESSION, directory, viewer_of_token, viewer_signed_in
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.queries.following import ids_that_may_be_followed
from zhitong.kit import clock
from zhitong.live.topics import Asked, Kind, Topic

Followed = dict[Topic, tuple[str, ...]]
"""What a reader follows, each topic with the names it was asked by: a unit by its code and as one's own is one topic."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a reader came with: the session of a browser, or the key of a program. One of them is empty."""

    session: str = ""
    key: str = ""


def followed(credentials: Credentials, asked: Sequence[Asked]) -> Followed:
    """The topics that may be followed now, with the names they were asked by; empty where there are none.

    What may not be followed is left out in silence, as what may not be seen is not found elsewhere.
    """
    viewer = viewer_behind(credentials)
    if viewer is None:
        return {}
    with acting_as(viewer):
        here = directory()
        plain = ((one, _topic(viewer, one, here)) for one in asked if one.kind is not Kind.PROBLEM)
        found: Followed = {}
        for one, topic in (*plain, *_problems(viewer, asked)):
            if topic is not None:
                found[topic] = (*found.get(topic, ()), str(one))
        return found


def viewer_behind(credentials: Credentials) -> Viewer | None:
    """Whom a session or a key stands for, from the post acted as; None when it ended or no post is held."""
    today = clock.today()
    if credentials.key:
        return viewer_of_token(credentials.key, today)
    session = _session(credentials.session)
    person = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not person.is_authenticated:
        return None
    return viewer_signed_in(person.pk, session.get(POST_IN_SESSION), today)


def may_follow_region(viewer: Viewer, region_id: Any, here: Directory) -> bool:
    """Whoever oversees a territory or a line follows its region and those below it."""
    return viewer.may(Permission.OVERSEE) and viewer.region_id in {region.id for region in here.path(region_id)}


def may_follow_unit(viewer: Viewer, unit_id: Any, here: Directory) -> bool:
    """One's own unit; and units of the territory one oversees, where one sees a line alone those that keep it."""
    if unit_id == viewer.unit_id:
        return True
    unit = here.units[unit_id]
    if not may_follow_region(viewer, unit.region_id, here):
        return False
    return viewer.reach is Reach.SUBTREE or not unit.line_ids.isdisjoint(viewer.line_ids)


def _topic(viewer: Viewer, asked: Asked, here: Directory) -> Topic | None:
    if asked.kind is Kind.REGION:
        region = here.region_coded(asked.code)
        return Topic(Kind.REGION, region.id) if region and may_follow_region(viewer, region.id, here) else None
    if asked.code == OWN:
        return Topic(Kind.UNIT, viewer.unit_id)
    unit = here.unit_coded(asked.code)
    return Topic(Kind.UNIT, unit.id) if unit and may_follow_unit(viewer, unit.id, here) else None


def _problems(viewer: Viewer, asked: Iterable[Asked]) -> list[tuple[Asked, Topic]]:
    numbers = [one.code for one in asked if one.kind is Kind.PROBLEM]
    found = ids_that_may_be_followed(viewer, numbers)
    return [(Asked(Kind.PROBLEM, number), Topic(Kind.PROBLEM, one)) for number, one in found.items()]


def _session(key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key or None)


OWN = "own"
"""`unit:own` is the viewer's own unit; the units of the served, which no directory lists, are followed by this name."""
