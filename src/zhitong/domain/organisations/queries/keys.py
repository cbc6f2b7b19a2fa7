"""The keys with which programs act as somebody, as their holder sees them: never the keys themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.models import ApiToken
from zhitong.domain.organisations.scope import Viewer


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key that is known today: what it is for, as which post it acts, and since when."""

    id: UUID
    name: str
    unit: str
    post: str
    created_at: datetime


def keys_of(viewer: Viewer) -> list[HeldKey]:
    """The viewer's own keys that have not ended, of all the posts he holds or held, the newest first; one query."""
    rows = ApiToken.objects.filter(person_id=viewer.person_id, ended_at__isnull=True).order_by("-created_at", "-id")
    return [HeldKey(*row) for row in rows.values_list("id", "name", "post__unit__name", "post__title", "created_at")]
