"""The pages of progress: a region, a department, two regions, a board, the rows behind their numbers."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.progress import watched as made
from tests.web.stories import signed_in
from zhitong.domain.organisations.models import Unit
from zhitong.domain.plans.models import Gate
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.models import Duty
from zhitong.domain.progress.rules import GateResult, ReportState

pytestmark = pytest.mark.django_db

THREE = (Light.GREEN, Light.RED, Light.AMBER)


def page(path: str, login: str = "city_office") -> str:
    answer = signed_in(login).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def rows_behind(html: str, label: str) -> int:
    """How many rows stand behind the figure of this label."""
    found = re.search(rf'<a class="zt-figure" href="([^"]+)">\s*<span class="zt-figure-label">[^<]*{label}', html)
    assert found is not None, label
    total = re.search(r"共 <b>(\d+)</b>", page(found[1].replace("&amp;", "&")))
    assert total is not None
    return int(total[1])


def test_a_region_has_its_targets_worst_first_and_what_turned() -> None:
    """R-G1, R-H2."""
    targets = made.lit(["1309"], THREE)
    made.stands(targets[1], Light.GREEN, "2018-02", is_newest=False)
    made.stands(targets[0], Light.RED, "2018-02", is_newest=False)
    made.reported(targets[1], Unit.objects.get(code="1309-development").id, ReportState.RETURNED)
    made.gate_read(targets[1], GateResult.SHORT, Gate.objects.filter(campaign="hebei-2018").order_by("on")[0].id)

    html = page("/progress/")

    assert "沧州市 3 项目标，达到序时 1 项，滞后 1 项，偏慢 1 项" in html
    assert "比上期新滞后 1 项" in html
    assert "比上期不再滞后 1 项" in html
    table = html[html.index("最差的在前"):]
    places = [table.index(f"target={one.indicator.code}") for one in (targets[1], targets[2], targets[0])]
    assert places == sorted(places)
    assert "过期未报 1 份" in html
    assert "未达到" in html


def test_every_number_of_a_region_opens_to_as_many_rows() -> None:
    made.lit(["1309"], [Light.RED, Light.RED, Light.GREEN])
    made.lit(["130982"], [Light.RED])

    html = page("/progress/regions/1309/")

    assert (rows_behind(html, "滞后"), rows_behind(html, "正常")) == (2, 1)


def test_the_regions_below_are_listed_worst_first_and_sorted_as_asked() -> None:
    made.lit(["1309"], [Light.GREEN])
    made.lit(["130982"], [Light.GREEN, Light.GREEN])
    made.lit(["130983"], [Light.RED, Light.GREEN])

    worst, best = page("/progress/regions/1309/"), page("/progress/regions/1309/?sort=course")

    order = re.compile(r'<th scope="row"><a href="/progress/regions/(\d+)/">')
    assert order.findall(worst) == ["130983", "130982"]
    assert order.findall(best) == ["130982", "130983"]


def test_a_region_reads_its_own_place_and_the_average() -> None:
    """R-H9."""
    for code, lights in (("1309", [Light.GREEN, Light.RED]), ("1301", [Light.DONE, Light.GREEN]), ("xiongan", [Light.RED] * 2)):
        made.lit([code], lights)

    html = page("/progress/")

    assert "达到序时的占 50%，在同级 3 个地区中列第 2；平均 50%" in html
    assert "石家庄" not in html


def test_without_targets_a_region_says_how_they_come() -> None:
    said = words_of(page("/progress/"))

    assert "沧州市还没有目标" in said
    assert "上级把目标分解下达" in said


def test_a_department_has_its_tasks_what_it_owes_and_its_line_below() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.lit(["130982"], [Light.AMBER])
    unit = Unit.objects.get(code="1309-development")
    Duty.objects.create(task=target.indicator.task, region=target.region, unit=unit, why="演示", since="2018-01-01")
    made.reported(target, unit.id, ReportState.RETURNED)

    html = page(f"/progress/units/{unit.code}/")
    said = words_of(html)

    assert "牵头和参与的任务 1 项" in said
    assert "退回修改，已过期限" in said
    assert '<a href="/progress/regions/130982/">' in html
    assert "填报" in said


def test_a_department_named_by_the_paper_shows_its_role() -> None:
    task = made.lit(["13"], THREE)[0].indicator.task
    assert task is not None
    lead = task.units.filter(role="lead").select_related("unit").first()
    assert lead is not None
    assert lead.unit is not None

    said = words_of(page(f"/progress/units/{lead.unit.code}/", "province_office"))

    assert f"{task.number} {task.title} 牵头" in said


def test_two_regions_are_read_side_by_side() -> None:
    made.lit(["130982"], [Light.GREEN, Light.RED])
    made.lit(["130983"], [Light.RED])

    html = page("/progress/compare/?left=130982&right=130983")

    assert "同样的目标 1 项，达到序时 1 项和 0 项" in html
    assert "任丘多 40 个百分点" in html
    assert "只有任丘市有的目标" in html


def test_the_comparison_asks_which_two() -> None:
    made.lit(["130982"], [Light.GREEN])

    assert "选两个地区" in page("/progress/compare/?left=130982")
    assert "选两个地区" in page("/progress/compare/?left=130982&right=130982")
    assert "两地没有同样的目标" in page("/progress/compare/?left=130982&right=130983")


def test_a_board_counts_the_regions_of_one_plan() -> None:
    made.lit(["1309", "130982"], [Light.RED, Light.GREEN])

    html, other = page("/progress/board/hebei-2018/"), page("/progress/board/bohai-2018/")

    assert "沧州市下级各地 2 项目标，达到序时 1 项，滞后 1 项" in html
    assert "/progress/targets/?region=130982&amp;own=1&amp;campaign=hebei-2018&amp;light=red" in html
    assert "还没有亮灯" in other


def test_rows_are_exported_as_they_are_seen() -> None:
    made.lit(["1309", "130982"], THREE)

    answer = signed_in("city_office").get("/progress/targets/?light=red&export=xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    heads = next(number for number, row in enumerate(rows) if row[0] == "指标")
    assert {row[1] for row in rows[heads + 1 :]} == {"沧州市", "任丘市"}
    assert len(rows) == heads + 3


@pytest.mark.parametrize("path", ["/territory/regions/1309/", "/overview/1309/"])
def test_other_pages_of_a_region_lead_to_its_lights(path: str) -> None:
    made.lit(["1309"], THREE)

    html = page(path)

    assert "/progress/targets/?region=1309&amp;own=1&amp;light=red" in html
    assert '<a class="zt-small" href="/progress/regions/1309/">' in html


def test_who_may_not_watch_finds_no_lights_beside_a_region_or_a_unit() -> None:
    made.lit(["1309"], THREE)

    assert "/progress/" not in page("/territory/regions/1309/", "outsider").replace('href="/progress/"', "")
    assert "/progress/units/" not in page("/territory/units/1309-development/", "outsider")
    assert "/progress/units/1309-development/" in page("/territory/units/1309-development/")


@pytest.mark.parametrize("path", [
    "/progress/", "/progress/targets/", "/progress/compare/", "/progress/regions/1309/", "/progress/units/1309-development/",
    "/progress/board/hebei-2018/",
])
def test_firms_get_no_page_of_progress(path: str) -> None:
    made.lit(["1309"], THREE)

    assert signed_in("firm").get(path).status_code == 404


@pytest.mark.parametrize("path", [
    "/progress/targets/?region=1309", "/progress/compare/?left=1309&right=130123", "/progress/regions/1309/",
    "/progress/units/1309-development/", "/progress/board/hebei-2018/?region=1309", "/progress/regions/none/",
    "/progress/units/none/", "/progress/board/none/", "/progress/compare/?left=none",
])
def test_what_is_not_ones_own_is_not_found(path: str) -> None:
    made.lit(["1309"], THREE)

    assert signed_in("outsider").get(path).status_code == 404


def test_pages_cost_the_same_however_much_there_is() -> None:
    client = signed_in("city_office")
    made.lit(["1309", "130982"], [Light.RED])
    number = made.countable(1)[0].task.number  # type: ignore[union-attr]
    paths = [
        "/plan/hebei-2018/", f"/plan/hebei-2018/{number}/", "/progress/", "/progress/targets/", "/progress/board/hebei-2018/",
    ]
    costs = []
    for more in ([], made.countable(6)[1:]):
        for one in more:
            made.lit_more(one, ["1309", "130982", "130983"])
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            found.append(len(asked))
        costs.append(found)

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 44
