"""The pages and the API of messages and feeds: each for the right person, nothing for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from tests.api.conftest import Calls
from tests.api.conftest import calls as calls
from tests.messaging.standins import StandIn, serving
from tests.web.stories import signed_in
from zhitong.domain.messaging.rules.wires import GatewayWire, Wires
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
NOW = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)


@pytest.fixture
def gateway() -> Iterator[StandIn]:
    """An SMS gateway that takes everything."""
    with held_at(NOW), serving(lambda call: (200, {})) as here, override_settings(WIRES=Wires(sms=GatewayWire(here.url, "key"))):
        yield here


def code_in(gateway: StandIn) -> str:
    """The code that came to the phone."""
    return str(re.findall(r"验证码(\d{6})", gateway.calls[-1].words["text"])[0])


def test_an_address_is_proved_at_the_screen_and_a_wrong_code_is_told_beside_its_field(gateway: StandIn) -> None:
    browser, place = signed_in("city"), "/messages/address/sms/"
    wrong = browser.post(place, {"step": "send", "address": "12345"})
    assert (wrong.status_code, "11位手机号码" in wrong.content.decode(), 'value="12345"' in wrong.content.decode()) == (422, True, True)

    assert browser.post(place, {"step": "send", "address": "138 1234 5678"}).status_code == 302
    refused = browser.post(place, {"step": "prove", "code": "abc"})
    assert (refused.status_code, "验证码不对" in refused.content.decode()) == (422, True)
    assert browser.post(place, {"step": "prove", "code": code_in(gateway)}).status_code == 302

    page = browser.get("/messages/").content.decode()
    assert "138****5678" in page
    assert PHONE not in page
    assert "138****5678" not in signed_in("zone").get("/messages/").content.decode()


def test_a_habit_that_contradicts_itself_keeps_what_was_typed(gateway: StandIn) -> None:
    typed = {"pace": "digest", "times": "9：00、22：30", "quiet_from": "21:00", "quiet_until": "08:00"}
    answer = signed_in("firm").post("/messages/habit/", typed)

    assert answer.status_code == 422
    assert "22:30 在免打扰时段里" in answer.content.decode()
    assert "9：00、22：30" in answer.content.decode()
    assert signed_in("firm").post("/messages/habit/", {**typed, "times": str(2**63)}).status_code == 422
    assert signed_in("firm").post("/messages/habit/", {**typed, "times": "9:00、15:30"}).status_code == 302
    assert "定时汇总：9:00、15:30" in signed_in("firm").get("/messages/").content.decode()


def test_only_administrators_see_what_failed_and_close_channels(gateway: StandIn) -> None:
    assert signed_in("city_office").get("/messages/delivery/").status_code == 404
    assert signed_in("city_office").get("/messages/delivery/channels/").status_code == 403


def test_a_feed_has_an_address_shown_once_and_none_for_a_stranger(gateway: StandIn) -> None:
    browser = signed_in("city")
    page = browser.post("/feeds/", {"alarm_minutes": "60"}).content.decode()
    [path] = re.findall(r"/feeds/[\w-]{40,}\.ics", page)

    assert path not in browser.get("/feeds/").content.decode()
    assert "BEGIN:VCALENDAR" in browser.get("/feeds/mine.ics").content.decode()
    assert browser.post("/feeds/close/", {"once_key": "k"}).status_code == 302
    assert signed_in("outsider").get(path).status_code == 404


def test_the_api_says_and_does_the_same(gateway: StandIn, calls: Calls) -> None:
    city = calls("city")
    assert city.get("/me/messages/settings").body["habit"]["pace"]["code"] == "at_once"
    assert city.post("/me/messages/addresses", {"channel": "email", "address": "a@b.cn"}).status == 409
    assert city.post("/me/messages/addresses", {"channel": "sms", "address": "abc"}).status == 422
    assert city.post("/me/messages/addresses", {"channel": "sms", "address": PHONE}).body["is_proved"] is False
    assert city.post("/me/messages/addresses/prove", {"channel": "sms", "proof": "abc"}).body["why"] == "验证码不对，请核对后再填。"
    assert city.post("/me/messages/addresses/prove", {"channel": "sms", "proof": code_in(gateway)}).body["is_proved"] is True
    [address] = city.get("/me/messages/settings").body["addresses"]
    assert (address["address"], address["waits"]) == ("138****5678", False)
    assert calls("zone").get("/me/messages/settings").body["addresses"][0]["address"] == ""
    assert city.get("/message-failures").status == 404
    assert city.post("/message-channels/allow", {"channels": ["sms"]}).status == 403
    assert [row["name"] for row in city.get("/message-channels").body["rows"]] == ["sms"]
    assert "BEGIN:VCALENDAR" in city.get("/me/calendar.ics").body
    assert city.post("/me/feed/close").status == 404
