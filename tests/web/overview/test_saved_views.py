"""Saved views in the pages (R-H1): saved from what one looks at, found on the shelf, changed, shared, deleted."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.web.stories import signed_in

pytestmark = pytest.mark.django_db


def send(client: Client, url: str, **said: str) -> tuple[int, str]:
    answer = client.post(url, {"once_key": f"{url}{sorted(said.items())}"[-60:], **said}, follow=True)
    return answer.status_code, answer.content.decode()


def saved(client: Client, query: str = "?period=month&by=kind&form=table", **said: str) -> str:
    """Save what the city's office looks at; the address of the view."""
    status, html = send(client, f"/overview/1309/save/{query}", **({"name": "本月各县", "sharing": "region"} | said))
    assert status == 200
    return re.findall(r'href="(/overview/views/[0-9a-f-]{36}/)"', html)[0]


def test_what_one_looks_at_is_saved_and_opens_again() -> None:
    client = signed_in("city_office")
    assert "将保存：沧州市，全部条线，本月，按服务对象。" in client.get("/overview/1309/save/?period=month&by=kind").content.decode()

    view = saved(client)

    opened = client.get(view)
    assert opened["Location"].startswith("/overview/1309/?period=month&by=kind&form=table&view=")
    html = client.get(opened["Location"]).content.decode()
    assert re.search(rf'<a href="{view}" aria-current="true">本月各县', html)


def test_opened_by_another_it_says_what_is_not_as_it_was_saved() -> None:
    view = saved(signed_in("city_office"))

    client = signed_in("zone_office")
    opened = client.get(view)

    assert opened["Location"].startswith("/overview/130973/")
    assert "现在看的是沧州渤海新区" in client.get(opened["Location"]).content.decode()
    assert "由保存的岗位管理" in client.get("/overview/views/").content.decode()


def test_a_name_taken_keeps_what_was_typed_with_the_trouble_beside_it() -> None:
    client = signed_in("city_office")
    saved(client)

    answer = client.post("/overview/1309/save/", {"name": "本月各县", "sharing": "below", "once_key": "again"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "本岗位已有名为“本月各县”的视图，请换一个名称。" in html
    assert 'value="本月各县"' in html
    assert re.search(r'value="below"[^>]*checked', html)


def test_a_view_is_named_anew_shared_otherwise_and_deleted() -> None:
    client = signed_in("city_office")
    view = saved(client)

    status, html = send(client, f"{view}change/", name="各县", sharing="post")
    assert (status, "已修改视图“各县”。" in html, "仅本岗位" in html) == (200, True, True)
    assert signed_in("zone_office").get(view).status_code == 404
    assert "删除后不能恢复" in client.get(f"{view}delete/").content.decode()
    status, html = send(client, f"{view}delete/")
    assert (status, "还没有保存的视图" in html) == (200, True)


@pytest.mark.parametrize("login", ["firm", "outsider", "province_office"])
def test_an_outsider_finds_no_view(login: str) -> None:
    view = saved(signed_in("city_office"))

    client = signed_in(login)

    assert [client.get(f"{view}{page}").status_code for page in ("", "change/", "delete/")] == [404] * 3
    assert client.post(f"{view}delete/", {"once_key": "k"}).status_code == 404
    assert "本月各县" not in client.get("/overview/views/").content.decode()


@pytest.mark.parametrize(("login", "code"), [("firm", "1309"), ("zone_office", "1309"), ("city_office", "none")])
def test_nobody_saves_a_view_of_what_is_not_theirs(login: str, code: str) -> None:
    answer = signed_in(login).post(f"/overview/{code}/save/", {"name": "甲", "sharing": "post", "once_key": "k"})

    assert answer.status_code in (403, 404)


def test_a_reader_that_does_not_own_it_cannot_change_it() -> None:
    view = saved(signed_in("city_office"))

    client = signed_in("zone_office")

    assert client.get(f"{view}change/").status_code == 404
    assert client.post(f"{view}delete/", {"once_key": "k"}).status_code == 404
    assert client.get(view).status_code == 302
