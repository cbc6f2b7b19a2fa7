"""分级帮扶, 试算, 一户的级别, 企业诊断, 梯度培育 at the screen; and nothing for whom they do not concern (R-D2, R-D4, R-D5)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.tiering.conftest import YI, Known, earns, tier_of
from tests.tiering.conftest import day_of_the_story as day_of_the_story
from tests.tiering.conftest import firm as firm
from tests.tiering.conftest import known as known
from tests.tiering.conftest import rules as rules
from tests.tiering.test_considering import sme as sme
from tests.tiering.test_considering import told as told
from tests.tiering.test_runs import kept
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import text_of
from zhitong.domain.organisations.rules.kinds import Rank

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]
PAGES = ("/tiering/", "/tiering/what-if/", "/tiering/moves/", "/tiering/diagnosis/", "/tiering/ladders/growth/")


def posted(client: Client, path: str, **said: object) -> str:
    """Send a form once; the text of the page it leads to."""
    return text_of(client.post(path, {"once_key": "k1", **said}, follow=True))


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_officials_of_a_territory(at_screen: AtScreen, known: Known, path: str) -> None:
    assert at_screen("province_office").get(path).status_code == 200
    assert at_screen("city").get(path).status_code == 200
    assert at_screen("firm").get(path).status_code == 404
    assert Client().get(path)["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", [f"{page}?" for page in PAGES])
def test_another_county_sees_no_firm_of_the_zone(at_screen: AtScreen, told: Known, sme: UUID, path: str) -> None:
    kept("province_office")

    assert "演示企业1" not in text_of(at_screen("outsider").get(path))
    assert at_screen("outsider").get(f"/tiering/subjects/{told['large']}/").status_code == 404


def test_a_run_is_made_on_the_page_and_shown_against_the_quotas(at_screen: AtScreen, known: Known) -> None:
    office = at_screen("province_office")
    assert "这一类还没有测算过" in text_of(office.get("/tiering/?kind=industry"))

    said = posted(office, "/tiering/run/", kind="industry")

    assert "已按现行标准测算，还没有改变任何一户的级别。" in said
    assert "省级21611-215缺215户，最接近的：演示企业6、演示企业2" in said
    assert "缺少数据1户" in said
    assert "没有超过县级标准1亿元" in said


@pytest.mark.parametrize(("query", "count"), [
    ("conflict=no_figure", 1), ("tier=province", 1), ("place=next", 6), ("line=province", 6), ("moves=on", 0),
    ("q=演示企业2", 1),
])  # fmt: skip
def test_results_are_narrowed(at_screen: AtScreen, known: Known, query: str, count: int) -> None:
    kept("province_office")

    assert f"共{count}条" in text_of(at_screen("province_office").get(f"/tiering/?{query}"))


def test_the_queries_of_the_page_do_not_grow_with_its_rows(at_screen: AtScreen, known: Known) -> None:
    kept("province_office")
    office = at_screen("province_office")
    office.get("/tiering/")

    with CaptureQueriesContext(connection) as one:
        office.get("/tiering/?tier=province")
    with CaptureQueriesContext(connection) as many:
        office.get("/tiering/")

    assert len(one) == len(many)


def test_the_results_are_exported_as_they_are_seen(at_screen: AtScreen, known: Known) -> None:
    kept("province_office")

    answer = at_screen("province_office").get("/tiering/?tier=province&export=xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    written = "".join(str(cell) for row in rows for cell in row)
    assert "演示企业1" in written
    assert "演示企业2" not in written


def test_a_run_is_adopted_with_its_reason_after_its_consequence_is_read(at_screen: AtScreen, known: Known) -> None:
    earns(known["large"], 70 * YI)
    run_id = kept("province_office")
    office, path = at_screen("province_office"), f"/tiering/runs/{run_id}/adopt/"

    assert "由省级决定的调整：市级→省级1户" in text_of(office.get(path)).replace(" ", "")
    refused = office.post(path, {"reason": "", "once_key": "k0"})
    assert (refused.status_code, "请填写这一项。" in text_of(refused)) == (422, True)
    said = posted(office, path, reason="第三次会议审定")

    assert "已采用，1户的级别按测算结果调整，名单随之更新。" in said
    assert "第三次会议审定" in said
    with acting("province_office"):
        assert tier_of(known["large"]) is Rank.PROVINCE
    assert "第三次会议审定" in text_of(office.get("/tiering/moves/"))
    assert at_screen("city_office").get(path).status_code == 404


def test_a_what_if_names_who_would_move_and_can_be_kept(at_screen: AtScreen, known: Known) -> None:
    office = at_screen("province_office")
    asked = {"kind": "industry", "over-province": "150000", "quota-province": "1"}

    said = text_of(office.get("/tiering/what-if/", asked))
    kept_page = posted(office, "/tiering/what-if/?kind=industry", **asked)

    assert "市级→省级2户" in said.replace(" ", "")
    assert "演示企业6" in said
    assert "超2户，按序在外：" in kept_page
    with acting("province_office"):
        assert tier_of(known["large"]) is Rank.CITY


def test_thresholds_that_cross_are_told_beside_the_field(at_screen: AtScreen, known: Known) -> None:
    answer = at_screen("province_office").get("/tiering/what-if/", {"kind": "industry", "over-city": "600000"})

    assert answer.status_code == 422
    assert "市级的标准要低于省级的标准，请改正。" in text_of(answer)
    assert 'value="600000"' in answer.content.decode()


def test_a_tier_is_set_by_hand_and_released(at_screen: AtScreen, known: Known) -> None:
    office, path = at_screen("province_office"), f"/tiering/subjects/{known['large']}/"

    said = posted(office, f"{path}set/", rank="province", reason="行业代表", allowed_by="演示秘书长")
    assert "省级（人工确定：行业代表）" in said
    assert "市级→省级人工调整" in said.replace(" ", "")
    assert "批准演示秘书长" in said.replace(" ", "")
    released = text_of(office.post(f"{path}release/", {"once_key": "k2", "reason": "不再需要"}, follow=True))

    assert "已恢复按规则分级：市级。" in released
    assert office.get("/tiering/moves/?cause=release").status_code == 200


def test_another_level_is_refused_in_words_and_keeps_what_was_typed(at_screen: AtScreen, known: Known) -> None:
    answer = at_screen("city_office").post(
        f"/tiering/subjects/{known['giant']}/set/",
        {"once_key": "k", "rank": "city", "reason": "已停产一条线", "allowed_by": "演示市长"},
    )

    assert answer.status_code == 409
    assert "省级名单由省级活动办公室确定。" in text_of(answer)
    assert "已停产一条线" in answer.content.decode()
    assert at_screen("city").post(f"/tiering/subjects/{known['giant']}/set/").status_code == 403


def test_a_line_of_work_reads_tiers_and_totals_without_figures(at_screen: AtScreen, told: Known) -> None:
    kept("city_office")
    line = at_screen("city")

    assert "亿元" not in text_of(line.get("/tiering/?kind=industry"))
    assert "主营业务收入20亿元" not in text_of(line.get(f"/tiering/subjects/{told['large']}/"))
    diagnosed = text_of(line.get("/tiering/diagnosis/"))
    assert "不足5户" in diagnosed
    assert "演示企业" not in diagnosed


def test_diagnoses_are_listed_with_totals_by_region(at_screen: AtScreen, told: Known) -> None:
    said = text_of(at_screen("city_office").get("/tiering/diagnosis/"))

    assert re.search(r"沧州市1012", said)
    assert "2018年3月亏损5万元，诊断为困难。" in said
    assert "本系统设定" in said
    assert "共1条" in text_of(at_screen("city_office").get("/tiering/diagnosis/?diagnosis=difficult"))


def test_firms_move_on_a_ladder_by_ticking(at_screen: AtScreen, sme: UUID) -> None:
    office = at_screen("city_office")
    page = office.get("/tiering/ladders/growth/?ready=on")
    said = text_of(page)
    [footing] = re.findall(r'name="chosen" value="([^"]+)"', page.content.decode())

    assert "苗圃" in said
    assert "属于省级科技型中小企业，符合“苗圃”的条件。" in said
    nobody = office.post("/tiering/ladders/growth/move/", {"once_key": "k", "rung": "as_seen", "reason": "评审通过"})
    assert (nobody.status_code, "请先勾选" in text_of(nobody)) == (409, True)
    moved = posted(office, "/tiering/ladders/growth/move/", rung="as_seen", reason="评审通过", chosen=footing)
    assert "已调整1户的梯次" in moved
    assert "—→苗圃" in moved.replace(" ", "")
    assert at_screen("city").post(
        "/tiering/ladders/growth/move/", {"once_key": "k", "rung": "off", "reason": "x", "chosen": footing}
    ).status_code == 403


def test_an_unknown_ladder_or_kind_is_not_there(at_screen: AtScreen) -> None:
    office = at_screen("city_office")

    assert office.get("/tiering/ladders/moon/").status_code == 404
    assert office.get("/tiering/?kind=work").status_code == 404
    assert office.get("/tiering/ladders/")["Location"] == "/tiering/ladders/growth/"
