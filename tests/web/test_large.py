"""The large-type view: offered everywhere, kept with the person, for a stranger with the device, nothing lost by it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.stories import signed_in
from zhitong.domain.organisations.models import Person

pytestmark = pytest.mark.django_db

LARGE = ' zt-large"'
SWITCH = "/large-type/"


def test_a_stranger_chooses_for_his_device_and_goes_back_to_where_he_was() -> None:
    stranger = Client()

    answer = stranger.post(SWITCH, {"large": "1", "next": "/sign-in/?next=/problems/"})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/problems/")
    shown = stranger.get("/sign-in/").content.decode()
    assert LARGE in shown
    assert "标准版" in shown
    assert LARGE not in Client().get("/sign-in/").content.decode()


def test_what_a_person_chooses_holds_at_every_device_over_what_the_device_was_told() -> None:
    signed_in("firm").post(SWITCH, {"large": "1", "next": "/portal/"})

    assert LARGE in signed_in("firm").get("/portal/").content.decode()
    assert LARGE not in signed_in("park").get("/").content.decode()
    elsewhere = signed_in("firm")
    elsewhere.post(SWITCH, {"large": "0"})
    elsewhere.cookies["zt_large"] = "1"
    assert LARGE not in elsewhere.get("/portal/").content.decode()
    assert Person.objects.get(login="firm").large_type is False


def test_a_person_who_never_chose_goes_by_the_device() -> None:
    client = signed_in("park")
    client.cookies["zt_large"] = "1"

    assert LARGE in client.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_switch_leads_to_no_other_site(elsewhere: str) -> None:
    assert Client().post(SWITCH, {"large": "1", "next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize(("login", "address"), [("firm", "/portal/"), ("park", "/"), ("firm", "/nowhere/"), ("", "/sign-in/phone/")])
def test_every_kind_of_page_offers_the_switch(login: str, address: str) -> None:
    client = signed_in(login) if login else Client()

    assert f'action="{SWITCH}"' in client.get(address).content.decode()
