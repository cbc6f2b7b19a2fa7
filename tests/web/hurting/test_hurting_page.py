"""The page of what hurts: the finding, hot spots with their rows, themes with examples, links to the plan (R-H3, R-F8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.analysis.conftest import _hurting as _hurting
from tests.analysis.conftest import hurt as hurt
from tests.analysis.worlds import LATER
from tests.web.stories import signed_in
from zhitong.kit import clock

pytestmark = pytest.mark.usefixtures("hurt")


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with clock.held_at(LATER):
        yield


def page(login: str, query: str = "") -> str:
    answer = signed_in(login).get(f"/hurting/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_title_is_the_hottest_spot() -> None:
    assert "<h1>沧州市2018年4月：任丘市规上工业企业“能源保障” 20 个，是预期的 1.8 倍</h1>" in page("city_office")


def test_a_spot_opens_to_its_rows_and_leads_to_the_plan() -> None:
    client = signed_in("city_office")
    html = client.get("/hurting/").content.decode()
    said = re.findall(r'href="(/hurting/rows/\?[^"]*category[^"]+)">(\d+)</a>', html)

    assert len(said) == 2
    for url, number in said:
        opened = client.get(url.replace("&amp;", "&")).content.decode()
        assert re.findall(r"共 <b>(\d+)</b> 条", opened) == [number]
    assert re.search(r'href="/plan/hebei-2018/\d+/">任务 \d+', html)


def test_a_theme_shows_examples_that_open() -> None:
    client = signed_in("city_office")
    html = client.get("/hurting/").content.decode()

    word, url = re.search(r'zt-theme-word" href="([^"]+)">(错峰生产名单)<', html).group(2, 1)  # type: ignore[union-attr]
    assert word in client.get(url.replace("&amp;", "&")).content.decode()
    examples = re.findall(r'<li><a href="(/problems/[^"]+/)">', html)
    assert client.get(examples[0]).status_code == 200


def test_the_formula_stands_on_the_page() -> None:
    assert "偏差＝√收到＋√（收到＋1）－√（4×预期＋1）" in words_of(page("city_office"))


def test_without_common_problems_the_page_says_how_they_come() -> None:
    assert "没有未办结的共性问题" in words_of(page("city_office"))


def test_nothing_reported_says_what_would_be_here() -> None:
    assert "这个统计期没有收到问题" in words_of(page("outsider"))


def test_a_department_reads_its_own_lines() -> None:
    assert "只含本单位所管条线" in words_of(page("city"))


@pytest.mark.parametrize("path", ["/hurting/?region=1309", "/hurting/rows/?region=1309"])
@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm"])
def test_from_outside_there_is_no_such_page(login: str, path: str) -> None:
    assert signed_in(login).get(path).status_code == 404


def test_a_page_costs_the_same_whatever_the_region() -> None:
    client = signed_in("province_office")
    client.get("/hurting/")

    costs = []
    for code in ("13", "1309"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/hurting/?region={code}")
        costs.append(len(asked))

    assert costs == [costs[0]] * 2
    assert costs[0] <= 36


def test_the_rows_go_out_as_a_workbook() -> None:
    answer = signed_in("city_office").get("/hurting/rows/?export=xlsx")

    assert b"".join(answer.streaming_content)[:2] == b"PK"
