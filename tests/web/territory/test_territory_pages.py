"""Pages of the territory: regions with their office and units, units with who is above, lines, the search."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.stories import signed_in
from tests.world import CAST

pytestmark = pytest.mark.django_db

PATHS = (
    "/territory/", "/territory/?q=沧州", "/territory/lines/", "/territory/regions/130973/",
    "/territory/units/130973-economy/",
)


def page(path: str, login: str = "zone_office") -> str:
    answer = signed_in(login).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_it_opens_at_ones_own_region() -> None:
    assert "<h1>沧州渤海新区</h1>" in page("/territory/")


def test_a_region_says_what_it_is_and_what_stands_below() -> None:
    said = words_of(page("/territory/regions/130973/"))

    assert "级别 县级 性质 功能区 统计代码 130973" in said
    assert "下辖 3 个县级区划" in said
    assert "只展示不汇总 在这里列出，由其上级直接汇总 黄骅市" in said


def test_a_region_shown_elsewhere_says_where() -> None:
    said = words_of(page("/territory/regions/130983/"))

    assert "同时展示于 沧州渤海新区 只展示不汇总" in said


def test_an_office_names_the_department_it_sits_in() -> None:
    said = words_of(page("/territory/regions/130973/"))

    assert "设在 渤海新区经发局 办公室不得复核所在部门承办的问题" in said


def test_a_place_without_an_office_names_the_one_in_charge() -> None:
    assert "本级未设，由" in page("/territory/regions/130973206/")


def test_a_unit_names_who_is_above_on_each_of_its_lines() -> None:
    html = page("/territory/units/130973-economy/")

    assert re.search(r"能源保障.*?</th><td><a href=\"/territory/units/1309-development/\">", html, re.DOTALL)
    assert "承担办公室" in html


def test_a_line_nobody_keeps_above_goes_to_the_office() -> None:
    assert "上级没有单位承担，由其活动办公室接收" in page("/territory/regions/130973/")


def test_the_highest_has_nobody_above() -> None:
    assert "已是最高一级" in page("/territory/units/13-development/")


def test_a_unit_has_posts_and_no_person() -> None:
    html = page("/territory/units/130973-economy/")

    assert "经办人" in html
    assert [role.name for role in CAST if role.name in html and role.login != "zone_office"] == []


def test_a_consulted_body_names_its_contact_unit() -> None:
    lines = page("/territory/lines/")

    assert "只能商请的条线" in lines
    code = re.findall(r"税务</th><td><a href=\"(/territory/units/[^\"]+)\"", lines)[0]
    assert "对口联系单位" in page(code)


@pytest.mark.parametrize("words", ["南大港", "nandagang", "NanDaGang", "130973400"])
def test_a_region_is_found_by_name_pinyin_and_code(words: str) -> None:
    assert 'href="/territory/regions/130973400/">南大港' in page(f"/territory/?q={words}")


def test_a_unit_is_found_by_any_of_its_names() -> None:
    assert "/territory/units/13-transport/" in page("/territory/?q=省交通厅")
    assert "/territory/units/130973-economy/" in page("/territory/?q=经发局")


def test_a_search_without_result_says_how_to_search() -> None:
    assert "没有找到“无此地”" in page("/territory/?q=无此地")


def test_a_firms_own_unit_is_never_found() -> None:
    assert "没有找到" in page("/territory/?q=南大港石化")


@pytest.mark.parametrize("path", PATHS)
def test_the_served_have_no_such_pages(path: str) -> None:
    assert signed_in("firm").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/territory/regions/none/", "/territory/units/none/", "/territory/units/firm-nandagang/"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert signed_in("zone_office").get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_who_is_not_signed_in_is_led_to_sign_in(path: str) -> None:
    answer = Client().get(path)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize(
    "paths",
    [("/territory/regions/13/", "/territory/regions/130973/"), ("/territory/units/13-development/", "/territory/units/130973-economy/"),
     ("/territory/?q=沧州", "/territory/?q=无此地")],
)
def test_pages_cost_the_same_whatever_they_show(paths: tuple[str, ...]) -> None:
    client = signed_in("zone_office")
    client.get(paths[0])

    costs = []
    for path in paths:
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        costs.append(len(asked))

    assert len(set(costs)) == 1
    assert costs[0] <= 18
