"""问题台账: the columns asked for, as everything stood, the same for ever (R-H7, R-H9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bulletins.ledgers.reading import file_of, rows_of, set_up_of, told_by
from tests.cast import Story
from tests.problems.ways import acknowledged, confirmed
from tests.world import NOW
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Complete, Reply, complete, reply
from zhitong.domain.problems.actions.receiving import AskMore, Supply, ask_more, supply
from zhitong.domain.problems.rules.kinds import Outcome, Rating
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

Raise = Callable[..., Story]
HEADS = (
    "序号", "来源", "企业", "属地", "分包领导", "类别", "问题", "反映时间", "牵头", "配合", "责任人及电话", "措施", "时限", "进展",
    "结果", "评价", "销号",
)


def told(content: bytes) -> list[dict[str, str]]:
    return told_by(content, HEADS)


def test_a_ledger_tells_everything_of_a_matter_that_is_over(raised: Raise) -> None:
    story = confirmed(raised())
    story.does("zone_office", close_off, CloseOff)

    [row] = told(file_of(PaperKind.LEDGER, "park_office", story.now))

    assert (row["来源"], row["企业"], row["属地"]) == ("反馈卡", "演示南大港石化设备有限公司", "南大港产业园区")
    assert row["问题"] == "夜间限电，热处理炉不能连续生产。"
    assert "演示丙" in row["责任人及电话"]
    assert row["措施"] == "4月27日联系企业：已电话联系企业负责人"
    assert row["结果"] == "已解决：已调整错峰方案。"
    assert (row["评价"], row["销号"], row["进展"]) == ("满意", "4月27日销号", "已销号")
    assert row["反映时间"] == "2018-04-27"
    assert row["时限"] > row["反映时间"]


def test_the_same_cut_off_gives_the_same_file_a_month_later(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", reply, Reply, text="已与供电公司协商")
    at = story.now
    before = {login: file_of(PaperKind.LEDGER, login, at) for login in ("park_office", "city_office", "park")}

    story.now += timedelta(days=30)
    story.does("park", reply, Reply, text="错峰方案已批")
    story.does("park", complete, Complete, outcome=Outcome.PARTLY, text="部分时段放开")
    story.does("firm", confirm, Confirm, rating=Rating.BASICALLY)
    raised(text="后来的问题", now=story.now)

    assert {login: file_of(PaperKind.LEDGER, login, at) for login in before} == before
    assert told(before["city_office"])[0]["进展"] == "办理中\n4月27日：已与供电公司协商"
    assert [row["进展"] for row in told(file_of(PaperKind.LEDGER, "city_office", story.now))] == [
        "待销号\n5月27日：错峰方案已批", "待签收",
    ]


def test_what_was_added_to_a_matter_later_is_not_in_it_yet(raised: Raise) -> None:
    story = raised(category="other", subject_kind="work")
    story.does("park_office", ask_more, AskMore, question="哪些时段")
    at = story.now
    story.does("firm", supply, Supply, text="每晚八点到十点")

    before, after = (told(file_of(PaperKind.LEDGER, "park_office", moment)) for moment in (at, story.now))

    assert before[0]["问题"] == "夜间限电，热处理炉不能连续生产。"
    assert after[0]["问题"] == "夜间限电，热处理炉不能连续生产。\n补正：每晚八点到十点"


def test_what_was_not_there_yet_is_not_in_it(raised: Raise) -> None:
    raised()

    content = file_of(PaperKind.LEDGER, "park_office", NOW - timedelta(minutes=1))

    assert told(content) == []
    assert any("统计截止时间：2018年4月27日15时39分" in "".join(row) for row in rows_of(content))


def test_confidential_matters_are_a_number_at_the_foot(raised: Raise) -> None:
    raised(confidential=True, text="只给办公室看")

    content = file_of(PaperKind.LEDGER, "park_office", NOW)

    assert told(content) == []
    assert any("企业要求保密的问题1件（未办结1件）" in row[0] for row in rows_of(content))


def test_each_sees_what_is_its_own(raised: Raise) -> None:
    raised()
    raised(login="other_firm")

    seen = {login: len(told(file_of(PaperKind.LEDGER, login, NOW))) for login in ("city_office", "park_office", "outsider")}

    assert seen == {"city_office": 2, "park_office": 1, "outsider": 0}


@pytest.mark.parametrize(("login", "about"), [("firm", ""), ("outsider", "1309"), ("park_office", "1309"), ("city", "nowhere")])
def test_a_territory_of_others_is_not_there(raised: Raise, login: str, about: str) -> None:
    with pytest.raises(NotFound):
        file_of(PaperKind.LEDGER, login, NOW, about)


def test_it_prints_on_a3_across_with_its_head_on_every_page(raised: Raise) -> None:
    raised()

    said = set_up_of(file_of(PaperKind.LEDGER, "park_office", NOW))

    assert 'paperSize="8"' in said
    assert 'orientation="landscape"' in said
    assert 'fitToHeight="0"' in said
    assert "<pageSetUpPr fitToPage=" in said
    assert "问题台账!$3:$3" in said
    assert "$A$1:$Q$5" in said
    assert "第 &amp;P 页，共 &amp;N 页" in said


def test_its_statements_do_not_grow_with_its_rows(raised: Raise) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            file_of(PaperKind.LEDGER, "park_office", NOW)
        return len(captured)

    raised()
    first = statements()
    for _more in range(3):
        raised()

    assert statements() <= first
