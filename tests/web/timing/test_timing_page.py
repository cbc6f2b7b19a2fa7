"""The page of where time goes: the finding, the flow as drawing and table, figures that open to their passages (R-H3, R-H9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.analysis.conftest import _told as _told
from tests.analysis.conftest import world as world
from tests.analysis.worlds import LATER
from tests.web.stories import signed_in
from zhitong.kit import clock

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with clock.held_at(LATER):
        yield


def page(login: str, query: str = "") -> str:
    answer = signed_in(login).get(f"/timing/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_title_is_the_finding() -> None:
    title = re.findall(r"<h1>([^<]+)</h1>", page("city_office"))[0]

    assert re.match(r"沧州市2018年4月所花办公时间中，等待占 \d+%", title)


def test_the_flow_is_drawn_and_stands_in_a_table() -> None:
    html = page("city_office")

    drawn = re.findall(r"<title>([^<]*→[^<]*)</title>", html)
    listed = re.findall(r'<th scope="row">([^<→]*→[^<]*)</th>', html)
    assert len(drawn) == len(listed) > 4
    assert "zt-flow-back" in html


def test_every_figure_opens_to_as_many_passages_as_it_says() -> None:
    client = signed_in("city_office")
    html = client.get("/timing/").content.decode()
    said = dict(re.findall(r'href="(/timing/rows/\?[^"]+)"[^>]*>(?:\s*<span class="zt-figure-label">[^<]*</span>\s*<span'
                           r' class="zt-figure-value">)?(\d+)<', html))

    assert len(said) > 10
    for url, number in list(said.items())[::4]:
        if "late=1" in url:
            continue
        opened = client.get(url.replace("&amp;", "&")).content.decode()
        assert re.findall(r"共 <b>(\d+)</b> 条", opened) == [number], url


@pytest.mark.parametrize(("by", "says"), [("unit", "单位"), ("category", "能源保障"), ("level", "县级")])
def test_it_is_divided_by_unit_category_and_level(by: str, says: str) -> None:
    assert says in words_of(page("city_office", f"?by={by}"))


def test_a_department_reads_no_peers_name() -> None:
    said = words_of(page("park"))

    assert "只含本单位所管条线" in said
    assert "双创双服”活动领导小组办公室 " not in said.split("按单位看办理与等待")[1].split("与时限比")[0]


def test_a_unit_leads_to_the_page_about_it() -> None:
    html = page("park_office", "?unit=130973400-economy")

    assert "南大港" in words_of(html)
    assert signed_in("park").get("/timing/?unit=130973400-safety").status_code == 404


def test_a_cut_off_repeats_what_was_told_then() -> None:
    with clock.held_at(LATER + timedelta(days=1)):
        then = page("city_office", "?period=2018-04&cutoff=2018-04-27T16:10")

    assert "统计截止 2018年4月27日 16:10" in words_of(then)
    assert "走了 6 步，其中 1 步是回头路" in words_of(then)


def test_nothing_gone_through_says_what_would_be_here() -> None:
    assert "还没有走完的环节" in words_of(page("outsider"))


def test_a_period_that_has_not_begun_is_refused_in_a_sentence() -> None:
    assert "还没有开始" in words_of(page("city_office", "?period=2019-06"))


@pytest.mark.parametrize("path", ["/timing/?region=1309", "/timing/rows/?region=1309"])
@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm"])
def test_from_outside_there_is_no_such_page(login: str, path: str) -> None:
    assert signed_in(login).get(path).status_code == 404


def test_a_page_costs_the_same_whatever_the_region() -> None:
    client = signed_in("province_office")
    client.get("/timing/")

    costs = []
    for code in ("13", "1309", "130973400"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/timing/?region={code}")
        costs.append(len(asked))

    assert costs == [costs[0]] * 3
    assert costs[0] <= 20


def test_the_list_of_passages_goes_out_as_a_workbook() -> None:
    answer = signed_in("city_office").get("/timing/rows/?export=xlsx")

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
