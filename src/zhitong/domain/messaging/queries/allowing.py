"""Which channels may be used where: what is connected, less what an office above has not allowed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from zhitong.domain.messaging.models import Allowance
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.organisations.queries import directory

ALL = frozenset(Channel)


def allowed_in(region_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[Channel]]:
    """By region: the channels that it and every region above allow; one query. Where nobody has said anything, all."""
    said = {one.region_id: frozenset(Channel(word) for word in one.channels) for one in Allowance.objects.all()}
    here = directory()
    found = {}
    for region_id in set(region_ids):
        left = ALL
        for region in here.path(region_id):
            left &= said.get(region.id, ALL)
        found[region_id] = left
    return found


def open_to(region_id: UUID) -> tuple[Channel, ...]:
    """The channels to persons that are connected and allowed in a region, in order; one query."""
    allowed = allowed_in([region_id])[region_id]
    return tuple(channel for channel in wires_in_force().connected() if channel in allowed)


def said_of(region_id: UUID) -> frozenset[Channel]:
    """What a region itself allows; all where it has said nothing; one query."""
    row = Allowance.objects.filter(region_id=region_id).first()
    return frozenset(Channel(word) for word in row.channels) if row else ALL


def hooks_of(code: str) -> list[str]:
    """The names of a unit's hooks, with what they are."""
    return [f"{hook.name}（{hook.channel.label}）" for hook in wires_in_force().hooks.values() if hook.unit == code]
