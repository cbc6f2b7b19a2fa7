"""The people of one's own firm: who may sign in for it, since when, and who has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.entry.rules.phones import phone_masked
from zhitong.domain.organisations.queries import people_of_unit
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a post of the firm; `phone` is masked, empty where he has none."""

    tenure_id: UUID
    name: str
    title: str
    phone: str
    since: date
    has_come: bool
    is_me: bool


def colleagues_of(viewer: Viewer, *, today: date) -> list[Colleague]:
    """Who holds a post of the viewer's firm today, who came first first; one query.

    Raises NotFound: the viewer is none of the served.
    """
    if viewer.unit_kind is not UnitKind.SERVED:
        raise NotFound
    return [
        Colleague(one.tenure_id, one.name, one.title, phone_masked(one.phone), one.since, one.has_come,
                  one.person_id == viewer.person_id)
        for one in people_of_unit(viewer.unit_id, today)
    ]  # fmt: skip
