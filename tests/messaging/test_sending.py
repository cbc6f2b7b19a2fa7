"""From a notice to a message that arrives: to whom, when, once, again after a failure, and never in vain (R-A3, R-D)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import override_settings

from tests.cast import acting, acting_as, viewer
from tests.messaging.standins import Call, StandIn, serving
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.messaging.actions import sending
from zhitong.domain.messaging.actions.addressing import ask_for_code, drop_address, prove_address
from zhitong.domain.messaging.actions.composing import compose_due
from zhitong.domain.messaging.actions.keeping import allow_channels, keep_habit
from zhitong.domain.messaging.actions.planning import plan_outgoing
from zhitong.domain.messaging.actions.sending import NotFailed, send_due, try_again
from zhitong.domain.messaging.carriers.parcels import Parcel
from zhitong.domain.messaging.models import Message
from zhitong.domain.messaging.queries.mine import addresses_of
from zhitong.domain.messaging.queries.outgoing import failed_in, own_messages, standings
from zhitong.domain.messaging.rules.channels import Channel
from zhitong.domain.messaging.rules.hours import Habit, Pace
from zhitong.domain.messaging.rules.states import LEASE, MessageState
from zhitong.domain.messaging.rules.wires import AppWire, GatewayWire, Hook, Wires
from zhitong.domain.notices.actions import Telling, mark_notices_read, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.models import Tenure
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.refusals import NotFound

NUMBER = "冀-沧州-2018-000123"
PHONE = "13812345678"
TITLE = "关于演示公司用电问题的专题会议"


class Gateway:
    """An SMS gateway: what it says next, and what it took."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.took: list[dict[str, Any]] = []

    def __call__(self, call: Call) -> tuple[int, Any]:
        """Answer one call."""
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.took.append(call.words)
        return status, {}

    @property
    def texts(self) -> list[str]:
        """What phones read."""
        return [one["text"] for one in self.took]


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """The operator's gateway, connected."""
    one = Gateway()
    with serving(one) as here, override_settings(WIRES=wired(here)):
        yield one


def wired(here: StandIn) -> Wires:
    return Wires(
        site="https://zhitong.example", sms=GatewayWire(here.url, "key"), wecom=AppWire(here.url, "k", "s", "1"),
        hooks={"市办值班群": Hook("市办值班群", "1309-office", Channel.WEBHOOK, f"{here.url}/hook", "whsec")},
    )


def reached(login: str, channel: Channel = Channel.SMS, address: str = PHONE) -> None:
    """Somebody proves where he is reached."""
    went: list[Parcel] = []
    with acting_as(viewer(login)) as here:
        ask_for_code(here, channel, address, carry_it=lambda _channel, parcel: went.append(parcel), now=NOW)
        code = went[0].text.sentence.split("验证码")[1][:6]
        assert prove_address(here, channel, code, actor=here.actor("test"), now=NOW) == ""


@pytest.fixture
def worker(fresh_database: str) -> Any:
    """Be the worker for the length of a block."""

    @contextmanager
    def be() -> Iterator[None]:
        with config.as_role("worker", name=fresh_database):
            yield

    return be


def told(login: str, kind: NoticeKind = NoticeKind.DECIDED, number: str = NUMBER, thing: str = "problem", at: datetime = NOW) -> UUID:
    """The unit of somebody is told of something; returns the fact."""
    fact = uuid4()
    tell([Telling(viewer(login).unit_id, kind, thing, uuid4(), number, fact, at)])
    return fact


def work(now: datetime) -> int:
    """All that the clock does about messages, as often as it finds something; returns how many were tried."""
    while plan_outgoing(now):
        pass
    while compose_due(now):
        pass
    return send_due(now)


SOON = NOW + timedelta(minutes=2)


def test_many_notices_become_one_message_to_who_proved_where_he_is(gateway: Gateway, worker: Any) -> None:
    reached("city")
    with worker():
        told("city")
        told("city", NoticeKind.MEETING_CALLED, TITLE, "cycle")
        told("zone")  # nobody of it has said where he is
        assert work(NOW) == 0  # others may come with it
        assert work(SOON) == 1
        assert work(SOON + timedelta(hours=1)) == 0

    assert gateway.texts == [
        f"【直通】您有2件事项：会议安排1件、有新进展1件（编号：{NUMBER}），请登录查看：https://zhitong.example/ 4月27日15:42"
    ]
    with acting_as(viewer("city")) as here:
        [one] = own_messages(here)
        assert (one.state, one.count, {one.unit}) == (MessageState.SENT, 2, set(unit_names([here.unit_id]).values()))


def test_a_fact_told_twice_and_work_begun_twice_send_once(gateway: Gateway, worker: Any) -> None:
    reached("city")
    with worker():
        fact = told("city")
        work(SOON)
        tell([Telling(viewer("city").unit_id, NoticeKind.DECIDED, "problem", uuid4(), NUMBER, fact, NOW)])
        work(SOON + timedelta(minutes=5))

    assert len(gateway.took) == 1


def test_who_was_killed_while_sending_is_followed_under_the_same_id(
    gateway: Gateway, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process dies after the gateway took a message and before that was written down: the case that cannot be told apart."""
    reached("city")
    real = sending.carry

    class Killed(BaseException):
        """What kill -9 is to the process itself: nothing after it is done."""

    def carry_and_die(*arguments: Any) -> str:
        real(*arguments)
        raise Killed

    with worker():
        told("city")
        plan_outgoing(NOW)
        compose_due(SOON)
        monkeypatch.setattr(sending, "carry", carry_and_die)
        with pytest.raises(Killed):
            send_due(SOON)
        monkeypatch.setattr(sending, "carry", real)
        assert send_due(SOON + timedelta(minutes=1)) == 0  # it may still be under way elsewhere
        assert send_due(SOON + LEASE) == 1
        assert send_due(SOON + 2 * LEASE) == 0

    assert len(gateway.took) == 2
    assert len({one["id"] for one in gateway.took}) == 1


def test_what_is_read_inside_is_not_told_outside_and_who_has_moved_hears_nothing(gateway: Gateway, worker: Any) -> None:
    reached("city")
    reached("zone", address="13912345678")
    with worker():
        told("city")
        told("zone")
        plan_outgoing(NOW)
    with acting_as(viewer("city")) as here:
        mark_notices_read(here, now=NOW)
    with worker():
        Tenure.objects.filter(person__login="zone").update(until=date(2018, 4, 26))
        assert work(SOON) == 0

    assert gateway.took == []


def test_a_failure_is_tried_again_later_then_given_up_and_shown_to_the_person_and_his_administrator(
    gateway: Gateway, worker: Any, administrator: Any
) -> None:
    reached("city")
    gateway.answers = [503] * 6
    moment, tries = SOON, []
    with worker():
        told("city")
        work(NOW)
        while len(tries) < 6:
            assert work(moment) == 1
            tries.append(moment)
            [standing] = [one for one in standings() if one.name == "sms"]
            moment = max(one for one in (moment, Message.objects.get().next_at, standing.rests_until) if one)
    assert tries[1] - tries[0] >= timedelta(minutes=1)
    assert tries[2] - tries[1] >= timedelta(minutes=5)
    assert all(8 <= (one + timedelta(hours=8)).hour < 18 for one in tries)  # no try wakes anybody

    with acting_as(viewer("city")) as here:
        [one] = own_messages(here)
        assert (one.state, one.attempts, one.error) == (MessageState.FAILED, 6, "对方的服务出错（503），稍后再发。")
    with acting_as(viewer("outsider")) as here, pytest.raises(NotFound):
        try_again(here, one.id, actor=here.actor("test"), now=moment)
    with acting_as(administrator) as here:
        assert [row.id for row in failed_in(here)] == [one.id]
        [sms] = [row for row in standings() if row.name == "sms"]
        assert (sms.failures, sms.is_well) == (6, False)
        try_again(here, one.id, actor=here.actor("test"), now=moment)
        with pytest.raises(NotFailed):
            try_again(here, one.id, actor=here.actor("test"), now=moment)
    with worker():
        assert send_due(moment + timedelta(minutes=20)) == 1
    assert len(gateway.took) == 1
    [sms] = [row for row in standings() if row.name == "sms"]
    assert sms.is_well


@pytest.fixture
def administrator(fresh_database: str) -> Any:
    """The system administrator of the city."""
    from tests.accounts.conftest import seated
    from zhitong.domain.organisations.queries import viewer_for

    person_id = seated("guan", "1309-office", "administrator")
    found = viewer_for(person_id, Tenure.objects.get(person_id=person_id).post_id, date(2018, 4, 27))
    assert found is not None
    assert found.may(Permission.ADMINISTER)
    return found


def test_a_wrong_address_is_given_up_at_once_and_does_not_hold_up_the_channel(gateway: Gateway, worker: Any) -> None:
    reached("city")
    reached("zone", address="13912345678")
    gateway.answers = [400]
    with worker():
        told("city")
        told("zone")
        assert (work(NOW), work(SOON)) == (0, 2)

    assert len(gateway.took) == 1


def test_digests_wait_for_their_hour_what_presses_does_not(gateway: Gateway, worker: Any) -> None:
    reached("city")
    with acting_as(viewer("city")) as here:
        keep_habit(here, Habit(Pace.DIGEST, (time(9), time(16, 30))), actor=here.actor("test"), now=NOW)
    with worker():
        told("city")
        told("city")
        told("city", NoticeKind.REMINDED)
        assert work(SOON) == 1
        assert work(NOW + timedelta(minutes=40)) == 0
        assert work(NOW + timedelta(minutes=50)) == 1  # 16:30

    assert ["您有一件待办理事项" in gateway.texts[0], "您有2件事项" in gateway.texts[1]] == [True, True]


def test_a_unit_has_its_hook_and_an_office_closes_a_channel_for_all_below(gateway: Gateway, worker: Any, administrator: Any) -> None:
    reached("city")
    reached("city_office", address="13912345678")
    with acting_as(administrator) as here:
        allow_channels(here, {Channel.WEBHOOK, Channel.EMAIL}, actor=here.actor("test"), now=NOW)
    with acting_as(viewer("city")) as here:
        assert [one.channel for one in addresses_of(here)] == [Channel.SMS]  # what he proved is shown, nothing new is offered
    with worker():
        told("city")
        told("city_office")
        assert (work(NOW), work(SOON)) == (0, 1)

    assert gateway.took[0]["count"] == 1
    assert "phone" not in gateway.took[0]


def test_an_address_holds_only_once_the_code_has_come_back(gateway: Gateway, worker: Any) -> None:
    went: list[Parcel] = []
    with acting_as(viewer("city")) as here:
        ask_for_code(here, Channel.SMS, PHONE, carry_it=lambda _channel, parcel: went.append(parcel), now=NOW)
        for _try in range(5):
            assert "不对" in prove_address(here, Channel.SMS, "abcdef", actor=here.actor("test"), now=NOW)
        code = went[0].text.sentence.split("验证码")[1][:6]
        assert "次数太多" in prove_address(here, Channel.SMS, code, actor=here.actor("test"), now=NOW)
    with worker():
        told("city")
        assert work(SOON) == 0

    reached_again = NOW + timedelta(minutes=2)
    with acting_as(viewer("city")) as here:
        ask_for_code(here, Channel.SMS, PHONE, carry_it=lambda _channel, parcel: went.append(parcel), now=reached_again)
        code = went[1].text.sentence.split("验证码")[1][:6]
        assert prove_address(here, Channel.SMS, code, actor=here.actor("test"), now=reached_again) == ""
        drop_address(here, Channel.SMS, actor=here.actor("test"), now=reached_again)
        assert addresses_of(here)[0].shown == ""


def test_nobody_sees_where_another_is_reached(fresh_database: str, gateway: Gateway) -> None:
    """The second wall alone: raw SQL as somebody else."""
    reached("city")
    with acting("city"), connection.cursor() as cursor:
        cursor.execute("SELECT starts_with(address, '~z1.'), strpos(address, %s) FROM messaging_address", [PHONE])
        assert cursor.fetchall() == [(True, 0)], "a copy of the table gives nobody away"
    with acting("outsider"), connection.cursor() as cursor:
        for table in ("messaging_address", "messaging_habit", "messaging_item", "messaging_message"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
