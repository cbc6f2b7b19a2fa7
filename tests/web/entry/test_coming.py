"""Coming in by phone and by invitation, as a browser without scripts does it (R-A2)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.cast import NOW, acting, viewer
from tests.phones import digests, give_phone
from zhitong.domain.campaigns.models import Installation
from zhitong.domain.entry.actions.inviting import invite_firms
from zhitong.domain.entry.models import Presence
from zhitong.domain.entry.queries.links import link_of
from zhitong.domain.organisations.models import Person, Tenure
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

PHONE = "13900000001"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 27 April 2018, 15:40."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def demonstration(db: None) -> None:
    """A demonstration shows on the page what would go to a phone."""
    Installation.objects.update_or_create(defaults={"is_demonstration": True})


@pytest.fixture
def link(db: None) -> str:
    """The link on the sheet of the firm in 任丘."""
    with acting("city_office") as actor:
        firm = Subject.objects.get(name="演示任丘管道装备有限公司")
        return link_of(invite_firms(viewer("city_office"), [firm.id], actor=actor, now=NOW)[0])


def code_on(page: str) -> str:
    """The code that the page of a demonstration shows."""
    found = re.search(r"验证码(\d{6})", page)
    assert found is not None, page
    return found.group(1)


def test_a_sheet_leads_to_the_desk_of_the_firm(client: Client, link: str, demonstration: None) -> None:
    at = f"/join/{link}/"
    assert "演示任丘管道装备有限公司" in client.get(at).content.decode()

    asked = client.post(at, {"name": "演示申", "phone": PHONE, "step": "send"})
    inside = client.post(
        at, {"name": "演示申", "phone": PHONE, "code": code_on(asked.content.decode()), "step": "enter"}, follow=True
    )

    assert inside.status_code == 200
    assert inside.redirect_chain
    assert "演示任丘管道装备有限公司" in inside.content.decode()


def test_coming_counts_for_the_unit_this_month(client: Client, link: str, demonstration: None) -> None:
    at = f"/join/{link}/"
    asked = client.post(at, {"name": "演示申", "phone": PHONE, "step": "send"}).content.decode()
    client.post(at, {"name": "演示申", "phone": PHONE, "code": code_on(asked), "step": "enter"})

    with acting("city_office"):
        assert list(Presence.objects.values_list("month", flat=True)) == ["2018-04"]


def test_the_button_that_comes_next_stands_first(client: Client, link: str, demonstration: None) -> None:
    at = f"/join/{link}/"

    before = client.get(at).content.decode()
    after = client.post(at, {"name": "演示申", "phone": PHONE, "step": "send"}).content.decode()

    assert [re.findall(r'name="step" value="(\w+)"', one) for one in (before, after)] == [["send", "enter"], ["enter", "send"]]


def test_what_was_typed_stays_when_the_code_is_wrong(client: Client, link: str, demonstration: None) -> None:
    at = f"/join/{link}/"
    client.post(at, {"name": "演示申", "phone": PHONE, "step": "send"})

    refused = client.post(at, {"name": "演示申", "phone": PHONE, "code": "000000x", "step": "enter"})

    assert refused.status_code == 422
    assert 'value="演示申"' in refused.content.decode()
    assert "验证码不对" in refused.content.decode()
    assert not Person.objects.filter(phone_digest__in=digests(PHONE)).exists()


def test_a_link_that_was_altered_says_where_to_get_another(client: Client, link: str) -> None:
    answer = client.get(f"/join/{link[:-3]}xyz/")

    assert answer.status_code == 404
    assert "请重新扫描" in answer.content.decode()


def test_a_phone_with_its_code_signs_in(client: Client, demonstration: None) -> None:
    give_phone(Person.objects.filter(login="firm"), PHONE)

    asked = client.post("/sign-in/phone/", {"phone": PHONE, "step": "send"}).content.decode()
    inside = client.post("/sign-in/phone/", {"phone": PHONE, "code": code_on(asked), "step": "enter", "next": "/portal/"})

    assert inside.status_code == 302
    assert inside["Location"] == "/portal/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_after_signing_in_nobody_is_led_away(client: Client, demonstration: None, elsewhere: str) -> None:
    give_phone(Person.objects.filter(login="firm"), PHONE)
    asked = client.post("/sign-in/phone/", {"phone": PHONE, "step": "send"}).content.decode()

    inside = client.post("/sign-in/phone/", {"phone": PHONE, "code": code_on(asked), "step": "enter", "next": elsewhere})

    assert inside["Location"] == "/"


def test_a_phone_nobody_has_is_told_so_only_to_its_owner(client: Client, demonstration: None) -> None:
    asked = client.post("/sign-in/phone/", {"phone": PHONE, "step": "send"}).content.decode()

    answer = client.post("/sign-in/phone/", {"phone": PHONE, "code": code_on(asked), "step": "enter"})

    assert answer.status_code == 422
    assert "还没有开通" in answer.content.decode()


def test_where_no_gateway_is_set_the_page_says_so(client: Client) -> None:
    answer = client.post("/sign-in/phone/", {"phone": PHONE, "step": "send"})

    assert "没有接通短信" in answer.content.decode()


def test_signing_in_by_password_counts_too(client: Client) -> None:
    from tests.world import PASSWORD

    client.post("/sign-in/", {"login": "firm", "password": PASSWORD})

    with acting("firm"):
        unit = Tenure.objects.get(person__login="firm").post.unit_id
        assert list(Presence.objects.values_list("unit_id", "month")) == [(unit, "2018-04")]
