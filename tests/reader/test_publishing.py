"""A draft published as the version in force (R-C6, R-C7): tied to clauses, republished on the same rows, compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.reader.papers import TEXT, change, does, mended, seen, taken_in
from tests.reader.papers import laid_down as laid_down
from zhitong.domain.campaigns.actions import publish_paper
from zhitong.domain.campaigns.queries import campaigns_under_way
from zhitong.domain.organisations.scope import NotYours, without_first_wall
from zhitong.domain.papers.actions.comparing import NotCompared, compare
from zhitong.domain.papers.actions.correcting import correct
from zhitong.domain.papers.actions.judging import link
from zhitong.domain.papers.actions.publishing import CannotBePublished, Publishing
from zhitong.domain.papers.actions.standing import NotNow
from zhitong.domain.papers.actions.taking_in import withdraw
from zhitong.domain.papers.models import Comparison, Edition, Paper
from zhitong.domain.papers.queries.comparisons import comparison_seen, comparisons_of
from zhitong.domain.papers.queries.naming import names_of
from zhitong.domain.papers.queries.papers import papers_for
from zhitong.domain.papers.rules.kinds import CorrectionKind, PaperKind
from zhitong.domain.plans.models import Indicator, Plan, Target, Task, TaskUnit
from zhitong.domain.progress.models import Duty
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
KIND = CorrectionKind
SAID = Publishing(title="演示园区服务提升行动实施方案", number="演园字〔2018〕1号", issued_on=date(2018, 4, 20))


def said(**more: Any) -> Publishing:
    return Publishing(**{"title": SAID.title, "number": SAID.number, "issued_on": SAID.issued_on, "leave_names": True, **more})


def published(login: str = "park_office", **more: Any) -> UUID:
    paper = mended(login, **more)
    does(login, publish_paper, paper, said())
    return paper


def test_a_draft_becomes_a_plan_tied_to_its_clauses_with_targets_units_and_duties() -> None:
    paper = mended()
    with pytest.raises(CannotBePublished, match="1个单位名称没有对上（“演示供热站”）"):
        does("park_office", publish_paper, paper, SAID)

    done = does("park_office", publish_paper, paper, said())

    with acting("park_office"):
        row = Paper.objects.get(id=paper)
        plan = Plan.objects.get(campaign=done.campaign)
        task = Task.objects.get(plan=plan, number="1")
        units = list(TaskUnit.objects.filter(task=task).values_list("unit__code", "role", "as_printed", "is_collective"))
        targets = Target.objects.filter(indicator__plan=plan, region=row.region).values_list("indicator__code", "value", "deadline")
        clauses = Task.objects.filter(plan=plan).values_list("document", "clause_start", "clause_end")
        assert {TEXT[start:end][:2] for document, start, end in clauses if document == row.document} == {"1.", "2."}
        assert (plan.version, plan.region_id, plan.issued_on, row.state) == (1, row.region_id, SAID.issued_on, "published")
        assert task.content.startswith("新建众创空间2家以上")
        assert set(units) == {
            ("130973400-economy", "lead", "经发局", False), (None, "support", "演示供热站", True),
        }
        assert sorted(targets) == [
            ("I1", Decimal(2), None), ("I2", Decimal(50), date(2018, 12, 31)), ("I3", Decimal(90), None),
        ]
        assert Duty.objects.filter(task=task, unit__code="130973400-economy").exists()
        assert done.campaign in campaigns_under_way()


def test_published_anew_the_same_tasks_and_indicators_stay_the_same_rows() -> None:
    paper = published()
    with acting("park_office"):
        plan = Plan.objects.get(document=Paper.objects.get(id=paper).document)
        before = dict(Task.objects.filter(plan=plan).values_list("number", "id"))
        indicator = Indicator.objects.get(plan=plan, code="I1").id
    does("park_office", correct, paper, change(KIND.INDICATOR_CHANGED, "I1", value=3, deadline="2018-10-31"))
    does("park_office", correct, paper, change(KIND.TASK_CHANGED, "2", title="改造老旧住宅小区"))
    assert not _seen(paper).is_published

    done = does("park_office", publish_paper, paper, said())

    with acting("park_office"):
        plan.refresh_from_db()
        target = Target.objects.get(indicator_id=indicator)
        assert (done.version, plan.version, Plan.objects.filter(campaign=done.campaign).count()) == (2, 2, 1)
        assert dict(Task.objects.filter(plan=plan).values_list("number", "id")) == before
        assert (target.value, target.deadline) == (3, date(2018, 10, 31))
        assert Task.objects.get(id=before["2"]).title == "改造老旧住宅小区"
        assert list(Edition.objects.filter(paper=paper).order_by("version").values_list("version", flat=True)) == [1, 2]
    assert _seen(paper).is_published


def _seen(paper: UUID, login: str = "park_office") -> Any:
    found = seen(login, paper).seen
    assert found is not None
    return found


def test_a_name_is_linked_to_the_unit_a_person_chooses() -> None:
    paper = mended()
    unit = viewer("zone").unit_id
    with pytest.raises(BadInput):
        does("park_office", link, paper, {"没有印过的局": unit})
    does("park_office", link, paper, {"演示供热站": unit})

    does("park_office", publish_paper, paper, SAID)

    with acting("park_office"):
        assert TaskUnit.objects.get(as_printed="演示供热站").unit_id == unit
        [first, *_rest] = names_of(paper, viewer("park_office").region_id, _seen(paper).plan)
        assert (first.is_settled, {one.name for one in (first, *_rest)}) == (True, {"演示供热站", "经发局"})


def test_what_stands_in_the_way_is_said_at_once_and_nothing_is_published() -> None:
    paper, upper = taken_in(), taken_in(kind=PaperKind.UPPER)

    with pytest.raises(CannotBePublished, match=r"1个指标的数值在原文里残缺（“网上可办率”）.*1个单位名称没有对上"):
        does("park_office", publish_paper, paper, SAID)
    for number in ("1", "2"):
        does("park_office", correct, paper, change(KIND.TASK_STRUCK, number))
    with pytest.raises(CannotBePublished, match="草案里没有任务"):
        does("park_office", publish_paper, paper, said())
    with pytest.raises(NotNow, match="是上级文件"):
        does("park_office", publish_paper, upper, said())
    with pytest.raises(NotFound):
        does("zone_office", publish_paper, paper, said())
    with pytest.raises(NotYours):
        does("park", publish_paper, paper, said())
    with acting("park_office"):
        assert not Edition.objects.exists()


def test_a_published_paper_is_read_around_as_it_was_published_and_by_nobody_else() -> None:
    paper = published()
    does("park_office", correct, paper, change(KIND.TASK_CHANGED, "2", title="还没有发布的改动"))

    for login in ("zone_office", "province_office", "city", "park"):
        assert _seen(paper, login).plan.tasks[1].title == "改造老旧小区"
        assert seen(login, paper).acts == frozenset()
    for login in ("outsider", "firm", "other_firm", "neighbour"):
        with pytest.raises(NotFound):
            seen(login, paper)
        with acting(login), without_first_wall():
            assert (Paper.objects.count(), Edition.objects.count()) == (0, 0)
    with acting("zone_office"):
        assert [row.id for row in papers_for(viewer("zone_office"))] == [paper]
    with pytest.raises(NotNow, match="已发布"):
        does("park_office", withdraw, paper)


def test_the_regions_plan_in_force_is_renewed_and_what_it_settled_by_hand_stays() -> None:
    first = published("park_office")
    with acting("park_office"):
        campaign = Paper.objects.get(id=first).campaign
        kept = Indicator.objects.filter(plan__campaign=campaign, name="新建众创空间")
        at = kept.get().id
        kept.update(frequency="quarter", weight="按户数")
    second = mended("park_office", campaign=campaign)
    does("park_office", correct, second, change(KIND.TASK_CHANGED, "1", kind="platform_cultivation"))

    done = does("park_office", publish_paper, second, said())

    with acting("park_office"):
        row = Indicator.objects.get(plan__campaign=campaign, name="新建众创空间")
        assert (done.version, row.id, row.frequency, row.weight) == (2, at, "quarter", "按户数")
        assert row.document == Paper.objects.get(id=second).document
        assert Task.objects.get(plan__campaign=campaign, number="1").kind == "platform_cultivation"


def _held(upper: Any, lower: Any) -> dict[str, Any]:
    line = {"upper": upper.tasks[0].id, "lower": [lower.tasks[0].id], "relation": "same", "differences": []}
    return {"tasks": [line], "findings": []}


def test_two_papers_are_held_against_each_other_and_the_tasks_above_become_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.domain.papers.actions.comparing.held_against", _held)
    upper, lower = published("zone_office"), mended("park_office")

    with pytest.raises(BadInput):
        does("park_office", compare, lower, lower)
    found = does("park_office", compare, upper, lower)
    again = does("park_office", compare, upper, lower)
    done = does("park_office", publish_paper, lower, said())

    assert found == again
    with acting("park_office"):
        parent = Task.objects.get(plan__campaign=done.campaign, number="1").parent
        assert parent is not None
        assert parent.plan.campaign == Paper.objects.get(id=upper).campaign
        assert comparison_seen(viewer("park_office"), found).found["tasks"][0]["relation"] == "same"
    with acting("zone_office"), pytest.raises(NotFound):
        comparison_seen(viewer("zone_office"), found)
    opened = does("park_office", compare, upper, lower)
    with acting("zone_office"):
        assert [one.id for one in comparisons_of(viewer("zone_office"), upper)] == [opened]
    for login in ("outsider", "firm"):
        with acting(login):
            with pytest.raises(NotFound):
                comparison_seen(viewer(login), opened)
            with without_first_wall():
                assert not Comparison.objects.exists()


def test_a_paper_without_a_plan_is_not_compared() -> None:
    one, other = taken_in(), taken_in(kind=PaperKind.UPPER)
    does("park_office", withdraw, other)

    with pytest.raises(NotCompared, match="已收回"):
        does("park_office", compare, other, one)
    with pytest.raises(NotFound):
        does("zone_office", compare, other, one)
