"""What went out and what did not: to its person, and to who administers the territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from zhitong.domain.messaging.models import ChannelStanding, Message
from zhitong.domain.messaging.queries.wires import wires_in_force
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.states import MessageState
from zhitong.domain.organisations.queries import directory, person_names, unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message: through which channel to whom of which unit, about how many things, how it stands and why."""

    id: UUID
    channel: Channel
    unit: str
    to: str
    count: int
    state: MessageState
    made_at: datetime
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    error: str

    @property
    def may_be_tried(self) -> bool:
        """Whether a person may have it sent again."""
        return self.state is MessageState.FAILED


@dataclass(frozen=True, slots=True)
class Standing:
    """How a way out stands: when it last worked, what went wrong last, and until when it is left alone."""

    name: str
    label: str
    is_connected: bool
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str
    failures: int
    rests_until: datetime | None

    @property
    def is_well(self) -> bool:
        """Whether the last try went through, or none was made."""
        return self.failures == 0


def own_messages(viewer: Viewer, *, after: UUID | None = None, limit: int = 50) -> list[Outgoing]:
    """The newest messages to the viewer himself; two queries."""
    rows = Message.objects.filter(person_id=viewer.person_id).order_by("-id")
    return _told(rows.filter(id__lt=after) if after else rows, limit)


def failed_in(viewer: Viewer, *, after: UUID | None = None, limit: int = 50) -> list[Outgoing]:
    """The messages that were given up in the territory, the newest first; three queries.

    Raises NotFound: the post does not administer.
    """
    rows = _administered(viewer).filter(state=MessageState.FAILED.value).order_by("-id")
    return _told(rows.filter(id__lt=after) if after else rows, limit)


def count_failed(viewer: Viewer, *, most: int = 1000) -> int:
    """How many those are, counted up to `most`. Raises NotFound: the post does not administer."""
    return len(_administered(viewer).filter(state=MessageState.FAILED.value).values_list("id")[:most])


def standings() -> list[Standing]:
    """Every way out that is connected or ever was used, connected ones first; one query."""
    kept = {row.name: row for row in ChannelStanding.objects.order_by("name")}
    wires = wires_in_force()
    connected = {str(channel): channel.label for channel in wires.connected()}
    connected |= {hook.name: f"{hook.name}（{hook.channel.label}）" for hook in wires.hooks.values()}
    gone = {name: _label(name) for name in kept if name not in connected}
    return [
        _standing(name, label, kept.get(name), is_connected=name in connected) for name, label in (connected | gone).items()
    ]


def count_by_state() -> dict[str, int]:
    """How many messages are open or given up, by state; one query, for the worker's login."""
    rows = Message.objects.filter(state__in=["waiting", "sending", "failed"]).values_list("state").annotate(n=Count("id"))
    return {str(state): int(count) for state, count in rows}


def message_seen(viewer: Viewer, message_id: UUID) -> Message:
    """A message that the viewer may have tried again, locked.

    Raises NotFound: it is neither his own nor, where he administers, of his territory.
    """
    rows = Message.objects.select_for_update(of=("self",)).filter(id=message_id)
    row = rows.filter(person_id=viewer.person_id).first()
    if row is None and viewer.may(Permission.ADMINISTER):
        row = rows.filter(id__in=_administered(viewer).filter(id=message_id).values("id")).first()
    if row is None:
        raise NotFound
    return row


def _administered(viewer: Viewer) -> QuerySet[Message]:
    if not viewer.may(Permission.ADMINISTER):
        raise NotFound
    rows = Message.objects.all()
    return rows.filter(unit__region_id__in=list(directory().within(viewer.region_id))) if first_wall_stands() else rows


def _told(rows: QuerySet[Message], limit: int) -> list[Outgoing]:
    kept = list(rows[:limit])
    names, units = person_names(row.person_id for row in kept), unit_names(row.unit_id for row in kept)
    return [
        Outgoing(
            row.id, Channel(row.channel), units.get(row.unit_id, ""), names.get(row.person_id, "") if row.person_id else row.hook,
            row.count, MessageState(row.state), row.made_at, row.attempts, row.next_at, row.sent_at, row.error,
        ) for row in kept
    ]


def _label(name: str) -> str:
    return next((channel.label for channel in Channel if str(channel) == name), name)


def _standing(name: str, label: str, row: ChannelStanding | None, *, is_connected: bool) -> Standing:
    if row is None:
        return Standing(name, label, is_connected, None, None, "", 0, None)
    return Standing(name, label, is_connected, row.succeeded_at, row.failed_at, row.error, row.failures, row.rests_until)
