"""The viewer: who is looking, from which post, how far that post sees and what it may do. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import APART, Permission, Reach


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person looking from a post: ids and rights only, good for one request."""

    person_id: UUID
    post_id: UUID
    unit_id: UUID
    unit_kind: UnitKind
    region_id: UUID
    reach: Reach
    line_ids: tuple[UUID, ...]
    permissions: frozenset[Permission]
    is_root: bool = False
    for_id: UUID | None = None
    """On whose behalf a substitute looks and acts; None where the post is his own."""
    request_id: UUID | None = field(default=None, compare=False)
    """The request in which they look, so that what they do can be found in the logs; not part of who they are."""

    def may(self, permission: Permission) -> bool:
        """Whether the post holds a permission."""
        return permission in self.permissions

    @property
    def is_apart(self) -> bool:
        """Whether this is one of the three administrators, who sees nothing of what the others handle."""
        return bool(self.permissions & APART)

    def actor(self, via: str, request_id: UUID | None = None) -> Actor:
        """This viewer as the one who acts."""
        return Actor(self.person_id, self.post_id, self.unit_id, via, request_id or self.request_id, self.for_id)
