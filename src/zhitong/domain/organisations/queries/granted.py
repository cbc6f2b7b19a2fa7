"""What a person can do, and why: the posts he acts from today, what each may do and how far it sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.queries.order import directory
from zhitong.domain.organisations.queries.viewers import HeldPost, posts_held_by
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Granted:
    """A post somebody acts from; `for_name` where he only stands in, `permissions` in the order of their kinds."""

    held: HeldPost
    permissions: tuple[Permission, ...]
    reach: Reach
    is_apart: bool

    @property
    def for_name(self) -> str:
        """Whose post it is, where it is not his own."""
        return self.held.for_name


def may_trace(viewer: Viewer, region_id: UUID) -> bool:
    """Whether a viewer, who sees something of a region, may also ask who else sees it, and why."""
    return viewer.may(Permission.TRACE) and region_id in set(directory().within(viewer.region_id))


def rights_of(viewer: Viewer, person_id: UUID, today: date) -> tuple[str, list[Granted]]:
    """Somebody's name and the posts he acts from today; two queries.

    For himself; for who administers a territory in which he sits; for who audits it or keeps its security.
    Raises NotFound: there is no such person for this viewer.
    """
    name = Person.objects.filter(id=person_id, is_active=True).values_list("name", flat=True).first()
    held = posts_held_by(person_id, today)
    if name is None or not (person_id == viewer.person_id or _keeps(viewer, held)):
        raise NotFound
    order = list(Permission)
    return name, [
        Granted(one, tuple(sorted(one.viewer.permissions, key=order.index)), one.viewer.reach, one.viewer.is_apart)
        for one in held
    ]


def _keeps(viewer: Viewer, held: list[HeldPost]) -> bool:
    within = set(directory().within(viewer.region_id))
    return viewer.is_apart and any(one.viewer.region_id in within for one in held)
