"""The overview over a period, of a line, as of a past moment (R-H2, R-H9): compared, repeated, opened to rows, taken along."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import Story
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.phases import Phase
from zhitong.kit.clock import SHANGHAI, held_at
from zhitong.web.overview.comparing import change_in_words, per_cent, signed
from zhitong.web.overview.links import Rows

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]
MONTH_ON = NOW + timedelta(days=30)


def page(login: str, query: str, at: datetime = MONTH_ON, code: str = "1309") -> str:
    with held_at(at):
        answer = signed_in(login).get(f"/overview/{code}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(html: str) -> dict[str, str]:
    """The figures above the fold with their notes, by name."""
    found = re.findall(r'zt-figure-label">([^<]+)</span>\s*<span class="zt-figure-value">([^<]+)<small>个</small></span>\s*'
                       r'(?:<span class="zt-figure-note">([^<]+)</span>)?', html)
    return {name: f"{value} {note}".strip() for name, value, note in found}


@pytest.fixture
def two_months(raised: Raised) -> list[Story]:
    """Two problems in April, one in May; nothing is done about them."""
    return [raised(), raised(), raised(now=MONTH_ON - timedelta(days=2))]


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (112, 100, "比上月同期增加 12（12%）"), (3, 4, "比上月同期减少 1（25%）"), (5, 5, "与上月同期持平"),
        (7, 0, "比上月同期增加 7"), (1001, 1000, "比上月同期增加 1（不到1%）"),
    ],
)
def test_a_change_is_told_in_number_and_per_cent(now: int, then: int, said: str) -> None:
    assert change_in_words(now, then, "上月同期") == said


def test_a_change_in_a_cell_has_its_word() -> None:
    assert [signed(3, 1), signed(1, 3), signed(2, 2), per_cent(30, 10)] == ["增加 2", "减少 2", "持平", "200%"]


def test_a_month_is_held_against_as_much_of_the_last(two_months: list[Story]) -> None:
    html = page("city_office", "?period=month")

    figures = told(html)
    assert len(figures) <= 10
    assert figures["期内反映"] == "1 比上月同期减少 1（50%）"
    assert figures["累计反映"] == "3 比上月同期增加 1（50%）"
    assert "<span id=\"finding\">沧州市本月反映 1 个问题，比上月同期减少 1（50%）；销号 0 个</span>" in html
    assert "上月同期为 2018年4月1日 00:00—2018年4月27日 15:40。" in html


def test_days_of_ones_own_and_a_line(two_months: list[Story]) -> None:
    html = page("city_office", "?period=days&first=2018-04-20&last=2018-04-30")

    assert told(html)["期内反映"].startswith("2 ")
    assert "2018年4月20日至2018年4月30日反映 2 个问题" in html
    assert "统计截止 2018年5月1日 00:00:00" in html


def test_a_past_moment_is_repeated_exactly_and_printed(raised: Raised) -> None:
    story = raised()
    raised()
    day_on = NOW + timedelta(days=1)
    pinned = day_on.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")
    then = page("city_office", "", day_on)
    assert f"at={pinned.replace(':', '%3A')}" in then

    story.now = day_on
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    raised(now=MONTH_ON)
    again = page("city_office", f"?at={pinned}")

    assert told(again) == told(then)
    assert told(again)["反映问题"] == "2"
    assert told(page("city_office", ""))["反映问题"] == "3"
    assert "统计截止 2018年4月28日 15:40:00" in again
    assert "data-live" not in again.replace("data-live-url", "")
    assert 'data-live="region:1309"' in then


def test_every_figure_of_the_past_opens_to_as_many_rows_as_it_says(two_months: list[Story]) -> None:
    two_months[0].does("park", acknowledge, Acknowledge, contact="已联系")
    html = page("city_office", "?period=days&first=2018-04-20&last=2018-05-10")

    said = dict(re.findall(r'href="(/problems/\?lens[^"]+)">(?:\s*<span class="zt-figure-label">[^<]*</span>\s*<span'
                           r' class="zt-figure-value">)?(\d+)<', html))
    with held_at(MONTH_ON):
        client = signed_in("city_office")
        opened = {url: client.get(url.replace("&amp;", "&")).content.decode() for url in said}
    assert len(said) >= 4
    assert {url: re.findall(r"共 <b>(\d+)</b> 条", opened[url])[0] for url in said} == said
    assert all("时的状态、类别、条线、层级和时限筛选" in html for url, html in opened.items() if "as_of" in url)


def test_where_the_list_cannot_tell_a_figure_it_opens_nothing() -> None:
    of_line = Rows(Lens.LINE, as_of=NOW)
    chosen = Rows(Lens.TERRITORY, line="energy")

    assert of_line.of("1309", phases=[Phase.WAITING]) == of_line.reported("1309") == chosen.reported("1309") == ""
    assert "line=energy" in chosen.of("1309")


def test_a_line_may_be_chosen_by_who_sees_several(raised: Raised) -> None:
    raised(category="energy")
    other = raised(category="land").standing.line_id
    line = next(one for one in directory().lines.values() if one.id == other)

    html = page("city_office", f"?line={line.code}")

    assert told(html)["反映问题"] == "1"
    assert f"沧州市{line.name}条线反映的 1 个问题" in html
    assert "只含所选条线" in html



@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?at=2019-01-01T08:00", "截止时间不能晚于现在。"), ("?at=昨天", "请填写日期和时间"),
        ("?period=days&first=2018-05-02", "自选起止要填起日和止日。"),
        ("?period=days&first=2018-05-02&last=2018-05-01", "止日不能早于起日。"),
        ("?period=days&first=2018-09-02&last=2018-09-03", "这段期间还没有开始。"), ("?period=decade", "请从列出的选项中选择。"),
        ("?line=none", "请从列出的选项中选择。"),
    ],
)
def test_what_cannot_be_asked_says_why_beside_its_field_and_shows_the_present(
    two_months: list[Story], query: str, sentence: str
) -> None:
    html = page("city_office", query)

    assert sentence in html
    assert told(html)["反映问题"] == "3"


def test_the_regions_are_sorted_by_what_is_asked(raised: Raised) -> None:
    raised()
    raised(login="other_firm")
    raised(login="other_firm")

    most_first = page("province_office", "?sort=-reported", code="1309")
    least_first = page("province_office", "?sort=reported", code="1309")

    def order(html: str) -> list[str]:
        return re.findall(r'<th scope="row"><a href="/overview/(\d+)/', html)

    assert order(most_first)[0] == "130982"
    assert order(least_first)[-1] == "130982"
    assert 'aria-sort="descending"' in most_first


def test_the_division_is_shown_as_a_table_with_the_same_figures(two_months: list[Story]) -> None:
    chart, table = page("city_office", "?by=kind"), page("city_office", "?by=kind&form=table")

    assert 'class="zt-stack"' in chart
    assert 'class="zt-stack"' not in table
    assert all("规上工业企业反映最多，占 100%" in html for html in (chart, table))


@pytest.mark.parametrize(("export", "row"), [("regions", "沧州渤海新区"), ("divided", "规上工业企业")])
def test_the_workbook_holds_what_is_seen(two_months: list[Story], export: str, row: str) -> None:
    with held_at(MONTH_ON):
        answer = signed_in("city_office").get(f"/overview/1309/?period=month&by=kind&export={export}")

    said = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    heads = next(line for line in said if line and line[0] in ("地区", "服务对象"))
    found = next(line for line in said if line and line[0] == row)
    assert found[heads.index(next(head for head in heads if head.startswith("期内反映")))] == 1
    assert any("统计截止" in str(cell) for line in said for cell in line)


def test_a_period_costs_the_same_whatever_the_region(two_months: list[Story]) -> None:
    costs = []
    with held_at(MONTH_ON):
        client = signed_in("province_office")
        client.get("/overview/13/?period=month")
        for code in ("13", "1309", "130973400"):
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/overview/{code}/?period=month&at=2018-05-20T08:00")
            costs.append(len(asked))

    assert costs == [costs[0]] * 3
    assert costs[0] <= 56
