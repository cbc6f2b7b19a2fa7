"""Messages outside: one's own addresses, habits and deliveries; for administrators what was given up and how channels stand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Empty, Labelled, OneOf, OnTheClock, Said, Shape, labelled
from zhitong.domain.messaging.actions.addressing import ask_for_code, drop_address, prove_address
from zhitong.domain.messaging.actions.keeping import allow_channels, keep_habit
from zhitong.domain.messaging.actions.sending import try_again
from zhitong.domain.messaging.queries.allowing import said_of
from zhitong.domain.messaging.queries.mine import addresses_of, habit_of
from zhitong.domain.messaging.queries.outgoing import Outgoing, failed_in, own_messages, standings
from zhitong.domain.messaging.rules.channels import LONGEST_ADDRESS, Channel
from zhitong.domain.messaging.rules.hours import MOST_TIMES, Habit, Pace

router = Router()


class MessageAddress(Shape):
    """Where one is reached by a channel, its middle hidden; `waits` for the code to come back."""

    channel: Labelled
    address: str
    proved_at: datetime | None
    waits: bool


class MessageHabit(Shape):
    """How one is told: `times` are those of digests; quiet hours may pass midnight, equal ends are none."""

    pace: Labelled
    times: list[OnTheClock]
    quiet_from: OnTheClock
    quiet_until: OnTheClock
    on_workdays: bool
    urgent_at_any_hour: bool


class MessageSettings(Shape):
    """Everything of one's own about messages."""

    addresses: list[MessageAddress]
    habit: MessageHabit


class HabitKept(Said):
    """接收习惯."""

    pace: OneOf[Pace]
    times: list[OnTheClock] = Field(max_length=MOST_TIMES)
    quiet_from: OnTheClock
    quiet_until: OnTheClock
    on_workdays: bool
    urgent_at_any_hour: bool


class AddressWritten(Said):
    """要用的接收地址：验证码经这个渠道发到那里."""

    channel: OneOf[Channel]
    address: str = Field(max_length=LONGEST_ADDRESS)


class AddressProof(Said):
    """收到的验证码."""

    channel: OneOf[Channel]
    proof: str = Field(max_length=12)


class AddressNamed(Said):
    """哪个渠道的接收地址."""

    channel: OneOf[Channel]


class AddressStands(Shape):
    """Whether the address is in use now, and if not, why."""

    is_proved: bool
    why: str


class Delivery(Shape):
    """A message on its way or at its end; `to` is a person or a unit's hook."""

    id: UUID
    channel: Labelled
    unit: str
    to: str
    count: int
    state: Labelled
    made_at: datetime
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    error: str


class Deliveries(Shape):
    """One page, the newest first; `next` is that after which the next begins."""

    rows: list[Delivery]
    next: str | None


class DeliveryAgain(Shape):
    """What is sent once more."""

    id: UUID


class ChannelState(Shape):
    """How a way out stands."""

    name: str
    label: str
    is_connected: bool
    is_well: bool
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str
    rests_until: datetime | None


class ChannelStates(Shape):
    """Every way out, and what the viewer's region allows."""

    rows: list[ChannelState]
    allowed: list[Labelled]


class ChannelsAllowed(Said):
    """本辖区可用的渠道."""

    channels: list[OneOf[Channel]] = Field(max_length=len(Channel))


@reads(router, "/me/messages/settings", answer=MessageSettings, summary="本人的消息接收地址和习惯")
def message_settings(request: Request) -> MessageSettings:
    """Of the person behind the key."""
    return MessageSettings(
        addresses=[
            MessageAddress(channel=labelled(one.channel), address=one.shown, proved_at=one.proved_at, waits=one.waits)
            for one in addresses_of(request.viewer)
        ],
        habit=_habit(habit_of(request.viewer.person_id)),
    )


@writes(router, "/me/messages/habit", answer=MessageHabit, summary="修改接收习惯：逐件或汇总、免打扰、只在上班时间")
def keep(request: Request, said: HabitKept) -> MessageHabit:
    """Keep how one wants to be told."""
    habit = Habit(
        said.pace, tuple(one.replace(tzinfo=None) for one in said.times), said.quiet_from.replace(tzinfo=None),
        said.quiet_until.replace(tzinfo=None), said.on_workdays, said.urgent_at_any_hour,
    )
    keep_habit(request.viewer, habit, actor=actor_of(request), now=request.now)
    return _habit(habit)


@writes(router, "/me/messages/addresses", answer=AddressStands, summary="填写接收地址，验证码发到那里")
def write_address(request: Request, said: AddressWritten) -> AddressStands:
    """Have a code sent there."""
    ask_for_code(request.viewer, said.channel, said.address, now=request.now)
    return AddressStands(is_proved=False, why="验证码已发出，十分钟内有效。")


@writes(router, "/me/messages/addresses/prove", answer=AddressStands, summary="填回验证码，开始使用这个地址")
def prove(request: Request, said: AddressProof) -> AddressStands:
    """Take the code; a wrong one is counted and answered, not refused, so that the count stays."""
    why = prove_address(request.viewer, said.channel, said.proof, actor=actor_of(request), now=request.now)
    return AddressStands(is_proved=not why, why=why)


@writes(router, "/me/messages/addresses/drop", answer=AddressStands, summary="停用一个接收地址")
def drop(request: Request, said: AddressNamed) -> AddressStands:
    """Receive nothing by this channel any more."""
    drop_address(request.viewer, said.channel, actor=actor_of(request), now=request.now)
    return AddressStands(is_proved=False, why="已停用。")


@reads(router, "/me/messages/deliveries", answer=Deliveries, summary="外发给本人的消息：送到没有、为什么")
def own_deliveries(request: Request, cursor: CursorText = "", limit: Limit = 50) -> Deliveries:
    """To the person behind the key."""
    return _page("deliveries", own_messages(request.viewer, after=_after("deliveries", cursor), limit=limit + 1), limit)


@reads(router, "/message-failures", answer=Deliveries, summary="本辖区没有送到的消息（系统管理员）")
def failures(request: Request, cursor: CursorText = "", limit: Limit = 50) -> Deliveries:
    """What was given up in the territory."""
    return _page("failures", failed_in(request.viewer, after=_after("failures", cursor), limit=limit + 1), limit)


@writes(router, "/message-deliveries/{message_id}/again", answer=DeliveryAgain, summary="没有送到的，再发一次")
def again(request: Request, message_id: UUID, said: Empty) -> DeliveryAgain:
    """One's own, or as administrator one of the territory."""
    try_again(request.viewer, message_id, actor=actor_of(request), now=request.now)
    return DeliveryAgain(id=message_id)


@reads(router, "/message-channels", answer=ChannelStates, summary="外发渠道是否正常，本辖区允许哪些")
def channels(request: Request) -> ChannelStates:
    """How every way out stands: no secret of anybody."""
    allowed = said_of(request.viewer.region_id)
    return ChannelStates(
        rows=[
            ChannelState(
                name=one.name, label=one.label, is_connected=one.is_connected, is_well=one.is_well, succeeded_at=one.succeeded_at,
                failed_at=one.failed_at, error=one.error, rests_until=one.rests_until,
            ) for one in standings()
        ],
        allowed=[labelled(channel) for channel in Channel if channel in allowed],
    )


@writes(router, "/message-channels/allow", answer=ChannelStates, summary="规定本辖区可用的渠道（系统管理员）")
def allow(request: Request, said: ChannelsAllowed) -> ChannelStates:
    """For the viewer's region and all below."""
    allow_channels(request.viewer, set(said.channels), actor=actor_of(request), now=request.now)
    return channels(request)


def _habit(habit: Habit) -> MessageHabit:
    return MessageHabit(
        pace=labelled(habit.pace), times=list(habit.times), quiet_from=habit.quiet_from, quiet_until=habit.quiet_until,
        on_workdays=habit.on_workdays, urgent_at_any_hour=habit.urgent_at_any_hour,
    )


def _after(listing: str, cursor: str) -> UUID | None:
    key = opened(listing, cursor)
    return UUID(str(key[0])) if key else None


def _page(listing: str, rows: list[Outgoing], limit: int) -> Deliveries:
    return Deliveries(
        rows=[
            Delivery(
                id=one.id, channel=labelled(one.channel), unit=one.unit, to=one.to, count=one.count, state=labelled(one.state),
                made_at=one.made_at, attempts=one.attempts, next_at=one.next_at, sent_at=one.sent_at, error=one.error,
            ) for one in rows[:limit]
        ],
        next=sealed(listing, (str(rows[limit - 1].id),) if len(rows) > limit else None),
    )
