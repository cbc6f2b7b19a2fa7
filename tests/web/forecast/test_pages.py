"""The pages of forecasts: a territory from the worst, one target with its fan; nothing to outsiders."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.analysis.forecasting.stage import foretold
from tests.web.stories import signed_in

pytestmark = pytest.mark.django_db


def page(path: str, login: str = "city_office") -> str:
    answer = signed_in(login).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_region_reads_how_many_targets_it_will_miss_and_opens_them() -> None:
    """R-H2."""
    targets = foretold()

    html = page("/forecast/")

    assert "沧州市 1 项目标，预计达不到 1 项" in html
    leads = re.search(r'<a class="zt-figure" href="([^"]+)">\s*<span class="zt-figure-label">■ 预计达不到', html)
    assert leads is not None
    behind = page(leads[1].replace("&amp;", "&"))
    assert "共 <b>1</b> 条" in behind
    assert f"/forecast/targets/{targets['1309'].id}/" in behind


def test_the_regions_below_are_counted_and_the_whole_territory_listed() -> None:
    foretold()

    html = page("/forecast/?scope=below")
    below = html[html.index("下级 2 个地区") : html.index("list-forecasts")]

    assert below.index("任丘市") < below.index("黄骅市")
    assert "共 <b>3</b> 条" in html
    rows = html[html.index("<tbody>", html.index('id="list-forecasts"')) :]
    assert rows.index("任丘市") < rows.index("黄骅市")


def test_filters_narrow_and_the_export_is_what_is_seen() -> None:
    foretold()

    html = page("/forecast/?scope=below&prospect=reaches")
    answer = signed_in("city_office").get("/forecast/?scope=below&prospect=misses&export=xlsx")

    assert "共 <b>1</b> 条" in html
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    heads = next(number for number, row in enumerate(rows) if row[0] == "指标")
    assert {row[1] for row in rows[heads + 1 :]} == {"沧州市", "任丘市"}
    assert {row[2] for row in rows[heads + 1 :]} == {"预计达不到"}


def test_a_target_shows_the_fan_what_is_needed_and_the_method() -> None:
    target = foretold(made_in=(7, 8))["1309"]

    html = page(f"/forecast/targets/{target.id}/")
    said = words_of(html)

    assert "zt-curve-band" in html
    assert "zt-curve-forecast" in html
    assert "预计达不到" in said
    assert re.search(r"此后每月需完成16\d.*；最好的一个月完成\d+.*，还要再快\d+%。", said)
    assert "10月31日" in said
    assert re.search(r"回头检验了 \d+ 次，这个办法平均差目标的\d+\.\d%", said)
    assert said.count("的数此前预测为") >= 1
    assert "落在区间" in said


def test_the_regions_below_a_target_stand_by_risk() -> None:
    target = foretold()["1309"]

    html = page(f"/forecast/targets/{target.id}/")
    below = html[html.index("下级 2 个地区，最让人担心的在前") :]

    assert below.index("任丘市") < below.index("黄骅市")


def test_a_day_in_the_past_shows_what_was_said_then() -> None:
    target = foretold(made_in=(7,))["1309"]

    then = words_of(page(f"/forecast/targets/{target.id}/?until=2018-08-01"))
    whole = words_of(page("/forecast/?until=2018-08-01"))

    assert "依据截至2018年6月的报告" in then
    assert "截至2018年8月1日作出的预测" in whole
    assert signed_in("city_office").get(f"/forecast/targets/{target.id}/?until=2018-06-01").status_code == 404


def test_before_anything_was_foretold_the_page_says_how_it_comes() -> None:
    said = words_of(page("/forecast/"))

    assert "沧州市还没有完成预测" in said
    assert "系统每天据此预测一次" in said


def test_other_pages_lead_to_the_forecasts() -> None:
    target = foretold()["1309"]
    number = target.indicator.task.number  # type: ignore[union-attr]

    assert "/forecast/?region=1309" in page("/progress/regions/1309/")
    html = page(f"/plan/hebei-2018/{number}/?region=1309")
    assert f"/forecast/?region=1309&amp;campaign=hebei-2018&amp;task={number}" in html


def test_a_day_that_is_none_keeps_what_was_typed_with_the_trouble_beside_it() -> None:
    foretold()

    assert "请填写日期" in page("/forecast/?until=yesterday")


@pytest.mark.parametrize("login", ["firm", "outsider"])
def test_who_may_not_watch_gets_no_page(login: str) -> None:
    target = foretold(4)["1309"]
    client = signed_in(login)

    assert client.get("/forecast/?region=1309").status_code == 404
    assert client.get(f"/forecast/targets/{target.id}/").status_code == 404


def test_pages_cost_the_same_however_many_forecasts() -> None:
    client = signed_in("province_office")
    targets = foretold(4)
    costs = []
    for path in ("/forecast/?region=1309", "/forecast/?region=13&scope=below", f"/forecast/targets/{targets['1309'].id}/"):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        costs.append(len(asked))

    assert costs[0] == costs[1]
    assert max(costs) <= 24
