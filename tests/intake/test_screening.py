"""问题大排查 (R-E6): list, ledger, plan, approval, frozen; five thousand rows with thirty-seven bad ones, none half-in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, acting, viewer
from tests.intake.conftest import CODE, FIRM, workbook
from tests.world import NOW
from zhitong.domain.intake.actions.importing import Imported, RowsInTrouble, RowsTouched, take_sheet, undo_sheet
from zhitong.domain.intake.actions.laying_out import NotLaidOut, TakenBefore, lay_out
from zhitong.domain.intake.actions.screening import AlreadyFrozen, NotWhole, Plan, approve, open_screening, plan_item
from zhitong.domain.intake.models import Item
from zhitong.domain.intake.queries.screenings import history_of, items_of, screening_seen, screenings_seen
from zhitong.domain.intake.queries.sheets import sheet_seen
from zhitong.domain.intake.rules.sheets import SheetKind
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.verifying import findings_of, findings_of_counts
from zhitong.domain.problems.rules.kinds import Source, State
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

HEADS = ("企业名称", "统一社会信用代码", "问题内容", "问题类别", "所在地区", "整改措施", "责任单位", "完成时限")
WHOLE = Plan("协调供电所调整检修时间", "产业园区经济发展局", date(2018, 5, 31))


def line(text: str, category: str = "", due: str = "", region: str = "", code: str = "") -> tuple[str, ...]:
    return (FIRM, code, text, category, region, "", "", due)


def drive(login: str = "park", name: str = "二季度排查") -> UUID:
    with acting_as(viewer(login)) as here:
        return open_screening(here, name, campaign="hebei-2018", actor=here.actor("test"), now=NOW)


def laid_out(screening_id: UUID, rows: Sequence[Sequence[Any]], login: str = "park") -> UUID:
    with acting_as(viewer(login)) as here:
        return lay_out(
            here, SheetKind.SCREENING, "清单.xlsx", workbook(HEADS, rows), campaign="hebei-2018", now=NOW,
            screening_id=screening_id,
        )


def taken(sheet_id: UUID, *, only_good: bool = False) -> Imported:
    with acting_as(viewer("park")) as here:
        return take_sheet(here, sheet_id, only_good=only_good, actor=here.actor("test"), now=NOW)


def undone(sheet_id: UUID) -> int:
    with acting_as(viewer("park")) as here:
        return undo_sheet(here, sheet_id, actor=here.actor("test"), now=NOW + timedelta(hours=1))


def planned(item_id: UUID, plan: Plan = WHOLE, reason: str = "", login: str = "park") -> None:
    with acting_as(viewer(login)) as here:
        plan_item(here, item_id, plan, actor=here.actor("test"), now=NOW, reason=reason)


def approved(screening_id: UUID, by: str = "演示赵副主任", on: date = date(2018, 4, 27)) -> None:
    with acting_as(viewer("park")) as here:
        approve(here, screening_id, by, on, actor=here.actor("test"), now=NOW)


def ledger(screening_id: UUID, login: str = "park") -> list[Any]:
    with acting_as(viewer(login)) as here:
        return items_of(here, screening_id)


def test_five_thousand_rows_with_thirty_seven_bad_ones_are_all_named_and_none_is_half_in() -> None:
    bad = {place: ["", "没有这样的类别", "2018年13月"][place % 3] for place in range(100, 4800, 129)}
    assert len(bad) == 37
    rows = []
    for place in range(5000):
        if place not in bad:
            rows.append(line(f"第{place}个问题"))
        elif place % 3 == 0:
            rows.append(line(""))
        elif place % 3 == 1:
            rows.append(line(f"第{place}个问题", category=bad[place]))
        else:
            rows.append(line(f"第{place}个问题", due=bad[place]))
    screening_id = drive()
    sheet_id = laid_out(screening_id, rows)

    with acting_as(viewer("park")) as here:
        page = sheet_seen(here, sheet_id)
    with pytest.raises(RowsInTrouble, match="有37行不能导入，全部没有导入"):
        taken(sheet_id)

    first_line = 4  # title, note, heads
    column = {0: "问题内容", 1: "问题类别", 2: "完成时限"}
    assert [(row.line, row.troubles[0][0]) for row in page.bad] == [(place + first_line, column[place % 3]) for place in bad]
    with acting("province_office"):
        assert Problem.objects.count() == 0
    assert taken(sheet_id, only_good=True) == Imported(4963, 0, 37)
    with acting("province_office"):
        assert Problem.objects.count() == Item.objects.count() == 4963
        assert [str(one) for one in findings_of_counts()] == []


def test_rows_become_cases_that_rules_send_on_and_the_ledger_follows_them() -> None:
    screening_id = drive()
    taken(laid_out(screening_id, [line("夜间限电", category="energy", code=CODE), line("路不通", region="130973400")]))

    [first, second] = ledger(screening_id)

    assert (first.problem.state, first.problem.unit) == (State.DISPATCHED, "南大港产业园区经发局")
    assert second.problem.state is State.SUBMITTED
    with acting("park"):
        assert set(Problem.objects.values_list("source", flat=True)) == {Source.SCREENING.value}
    Story(_problem_of(first)).does("park", acknowledge, Acknowledge, contact="已联系")
    assert ledger(screening_id)[0].problem.state is State.HANDLING


def _problem_of(item: Any) -> UUID:
    with acting("province_office"):
        return Problem.objects.get(number=item.problem.number).id


def test_the_same_list_twice_changes_nothing() -> None:
    screening_id = drive()
    rows = [line("夜间限电")]
    content = workbook(HEADS, rows)
    with acting_as(viewer("park")) as here:
        one = lay_out(here, SheetKind.SCREENING, "清单.xlsx", content, campaign="hebei-2018", now=NOW, screening_id=screening_id)
        take_sheet(here, one, only_good=False, actor=here.actor("test"), now=NOW)
        with pytest.raises(TakenBefore, match="没有重复导入"):
            lay_out(here, SheetKind.SCREENING, "清单2.xlsx", content, campaign="hebei-2018", now=NOW, screening_id=screening_id)

    assert len(ledger(screening_id)) == 1


def test_an_import_is_taken_back_while_nobody_has_worked_on_it() -> None:
    screening_id = drive()
    sheet_id = laid_out(screening_id, [line("夜间限电", category="energy"), line("路不通")])
    taken(sheet_id)

    assert undone(sheet_id) == 2

    assert ledger(screening_id) == []
    with acting("province_office"):
        ids = list(Problem.objects.values_list("id", flat=True))
        assert set(Problem.objects.values_list("state", flat=True)) == {"withdrawn"}
        assert [str(one) for one in (*findings_of(ids, now=NOW + timedelta(hours=2)), *findings_of_counts())] == []
    with pytest.raises(NotLaidOut):
        undone(sheet_id)


def test_rows_touched_since_are_named_and_nothing_is_taken_back() -> None:
    screening_id = drive()
    sheet_id = laid_out(screening_id, [line("路不通"), line("夜间限电", category="energy")])
    taken(sheet_id)
    Story(_problem_of(ledger(screening_id)[1])).does("park", acknowledge, Acknowledge, contact="已联系")

    with pytest.raises(RowsTouched, match="第5行（冀-"):
        undone(sheet_id)

    assert [item.problem.state for item in ledger(screening_id)] == [State.SUBMITTED, State.HANDLING]


def test_the_plan_is_approved_frozen_and_then_only_amended_with_a_reason() -> None:
    screening_id = drive()
    taken(laid_out(screening_id, [line("夜间限电"), line("路不通")]))
    [first, second] = ledger(screening_id)
    planned(first.id)

    with pytest.raises(NotWhole, match="第2行共1行没有写全"):
        approved(screening_id)
    planned(second.id)
    approved(screening_id)

    with pytest.raises(AlreadyFrozen, match="写明变更理由"):
        planned(first.id, Plan("改为自备电源", "产业园区经济发展局", date(2018, 6, 30)))
    with pytest.raises(BadInput, match="变更后仍须写明"):
        planned(first.id, Plan("", "", None), reason="漏写")
    planned(first.id, Plan("改为自备电源", "产业园区经济发展局", date(2018, 6, 30)), reason="线路改造推迟")
    with acting_as(viewer("park")) as here:
        told = history_of(here, screening_id)
        assert screening_seen(here, screening_id).approved_by == "演示赵副主任"
    assert told[0].what == "变更整改方案"
    assert set(told[0].words) == {"线路改造推迟", "第1行：协调供电所调整检修时间；产业园区经济发展局；2018-05-31"}
    with pytest.raises(NotFound):
        laid_out(screening_id, [line("又一个")])


def test_nothing_is_approved_before_there_is_anything_or_for_a_day_to_come() -> None:
    screening_id = drive()

    with pytest.raises(NotWhole, match="台账里还没有问题"):
        approved(screening_id)
    with pytest.raises(BadInput, match="不能晚于今天"):
        approved(screening_id, on=date(2018, 4, 28))
    with pytest.raises(BadInput, match="请填写审定的分管领导"):
        approved(screening_id, by=" ")
    with pytest.raises(BadInput, match="已有同名的排查"):
        drive()


@pytest.mark.parametrize("login", ["outsider", "neighbour", "city", "firm"])
def test_nobody_beside_the_lead_and_the_offices_above_finds_a_trace(login: str) -> None:
    screening_id = drive()
    taken(laid_out(screening_id, [line("夜间限电")]))
    item_id = ledger(screening_id)[0].id

    with acting_as(viewer(login)) as here:
        assert screenings_seen(here) == []
        with without_first_wall():
            assert screenings_seen(here) == []
        with pytest.raises(NotFound):
            items_of(here, screening_id)
    with pytest.raises(NotFound):
        planned(item_id, login=login)


def test_the_office_above_reads_and_does_not_write() -> None:
    screening_id = drive()
    taken(laid_out(screening_id, [line("夜间限电")]))
    [item] = ledger(screening_id, "zone_office")

    with pytest.raises(NotFound):
        planned(item.id, login="zone_office")


def test_a_page_of_the_ledger_costs_the_same_however_many_lines() -> None:
    screening_id = drive()
    costs = []
    for rows in ([line("一")], [line(f"问题{place}") for place in range(30)]):
        taken(laid_out(screening_id, rows))
        with acting_as(viewer("park")) as here, CaptureQueriesContext(connection) as asked:
            items_of(here, screening_id)
        costs.append(len(asked))

    assert costs[0] == costs[1]
