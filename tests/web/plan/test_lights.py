"""The plan's pages for who watches it: lights, their rows, the table of regions, the curve, the words of reports."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from tests.progress import watched as made
from tests.web.stories import signed_in
from zhitong.domain.organisations.models import Unit
from zhitong.domain.plans.models import Curve, Target
from zhitong.domain.plans.rules import Light

pytestmark = pytest.mark.django_db

THREE = (Light.GREEN, Light.RED, Light.AMBER)


def page(path: str, login: str = "city_office") -> str:
    answer = signed_in(login).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def task_page(target: Target) -> str:
    assert target.indicator.task is not None
    return page(f"/plan/hebei-2018/{target.indicator.task.number}/?region={target.region.code}")


def test_each_target_stands_as_it_does_in_ones_own_region() -> None:
    """R-G1."""
    targets = made.lit(["1309"], THREE)

    html = page("/plan/hebei-2018/")

    assert "沧州市的进度" in html
    assert "截至2018年3月31日" in html
    assert "演示：滞后" in html
    for target in targets:
        assert f"target={target.indicator.code}" in html
    red = targets[1].indicator.task
    assert red is not None
    opened = rf'<details class="zt-branch" open>\s*<summary><span class="zt-numbered"><span class="zt-ordinal">{red.number}<'
    assert re.search(opened, html)


def test_a_light_narrows_the_tree_to_the_rows_behind_its_number() -> None:
    targets = made.lit(["1309"], THREE)

    html = page("/plan/hebei-2018/?region=1309&light=red")

    assert html.count('<div class="zt-leaf" role="row">') == 1
    assert f"target={targets[1].indicator.code}" in html
    figure = r'<span class="zt-figure-label">■ 滞后</span>\s*<span class="zt-figure-value">1'
    assert re.search(figure, html)


def test_the_tree_folds_and_unfolds_without_a_script() -> None:
    made.lit(["1309"], [Light.GREEN])

    folded, unfolded = page("/plan/hebei-2018/?open=none"), page("/plan/hebei-2018/?open=all")

    assert 'class="zt-branch" open' not in folded
    assert unfolded.count('class="zt-branch" open') == unfolded.count('class="zt-branch"') == 36


def test_lines_of_work_narrow_the_plan_by_who_leads() -> None:
    made.lit(["1309"], [Light.GREEN])

    html = page("/plan/hebei-2018/?line=science")

    assert 0 < html.count('class="zt-branch"') < 36
    assert "科技企业孵化器培育" in html


def test_an_earlier_period_shows_what_held_then() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.stands(target, Light.GREEN, "2018-02", is_newest=False)

    html = page("/plan/hebei-2018/?period=2018-02-28&open=all")

    assert "截至2018年2月28日" in html
    assert "演示：正常" in html
    assert "演示：滞后" not in html


def test_the_workbook_has_what_is_seen() -> None:
    made.lit(["1309"], THREE)

    answer = signed_in("city_office").get("/plan/hebei-2018/?light=red&export=xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    heads = next(number for number, row in enumerate(rows) if row[0] == "编号")
    light = rows[heads].index("灯")
    assert [row[light] for row in rows[heads + 1 :]] == ["滞后"]


def test_a_firm_reads_the_paper_and_no_progress() -> None:
    made.lit(["13", "1309"], THREE)

    html = page("/plan/hebei-2018/", "firm") + page("/plan/hebei-2018/1/", "firm")

    assert "zt-light-bad" not in html
    assert "的进度" not in html


def test_who_asks_for_a_region_outside_reads_the_paper_alone() -> None:
    made.lit(["1309"], THREE)

    assert "zt-light-bad" not in page("/plan/hebei-2018/?region=1309", "outsider")


def test_a_task_has_its_rule_its_table_of_regions_and_its_curve() -> None:
    """R-C3, R-H2."""
    [target] = made.lit(["1309"], [Light.RED])
    made.lit(["130982", "130983"], [Light.AMBER])
    made.stands(target, Light.GREEN, "2018-02", is_newest=False)

    html = task_page(target)

    assert "演示：滞后" in html
    assert html.count('class="zt-heat-warn"') == 2
    assert html.count('class="zt-heat-chosen"') == 1
    assert html.count('<circle class="zt-curve-dot"') == 2
    assert re.search(r'<polyline class="zt-curve-expected" points="[\d., ]+"', html)
    assert "完成目标的 10%，应达 50%，滞后" in html
    assert 'class="zt-curve-first" points' not in html


def test_the_light_set_from_above_stands_beside_the_computed_one() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.overridden(target, Light.AMBER, Unit.objects.get(code="13-office").id)

    html = task_page(target)

    assert "演示：滞后" in html
    assert "上级另定偏慢</b>：演示：现场核实已开工" in html


def test_the_first_curve_stays_drawn_beside_the_one_in_force() -> None:
    [target] = made.lit(["1309"], [Light.AMBER])
    for number, since, half in ((1, "2018-01-01", "0.2"), (2, "2018-03-01", "0.6")):
        Curve.objects.create(
            target=target, number=number, shape="monthly", since=since, state="accepted", proposed_at="2018-01-01T00:00:00Z",
            points=[["2018-01-01", "0"], ["2018-06-30", half], ["2018-12-31", "1"]],
        )

    html = task_page(target)

    first = re.search(r'<polyline class="zt-curve-first" points="([^"]+)"', html)
    now = re.search(r'<polyline class="zt-curve-expected" points="([^"]+)"', html)
    assert first is not None
    assert now is not None
    assert first[1] != now[1]


def test_a_task_tells_its_newest_report_in_words() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.reported(target, Unit.objects.get(code="1309-development").id)

    html = task_page(target)

    assert "演示：资金没有到位。" in html
    assert "待上级接受" in html


def test_a_target_leads_to_its_lights_and_a_task_to_its_changes_and_its_roadmap() -> None:
    [target] = made.lit(["1309"], [Light.AMBER])
    bare = made.asked_of(made.countable(2)[1], "1309")
    course = f"/lights/targets/{target.id}/"

    assert f'href="{course}"' in page(f"/targets/{target.id}/")
    assert "/lights/targets/" not in page(f"/targets/{bare.id}/")
    assert page(course)
    html = task_page(target)
    for path in (f"/amendments/tasks/{target.indicator.task_id}/", f"/roadmap/task/{target.indicator.task_id}/1309/"):
        assert f'href="{path}"' in html
        assert page(path)
    assert "/amendments/tasks/" not in signed_in("firm").get(f"/plan/hebei-2018/{target.indicator.task.number}/").content.decode()
