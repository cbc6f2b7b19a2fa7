"""A county's own old ledger: columns and states mapped by a person, doubles found, the original row kept (R-H8)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.cast import acting, viewer
from tests.exchange.conftest import FIRM, committed, counts, rows, sheet, staged, undone
from tests.problems.ways import SAFETY, unit_id
from tests.world import NOW
from zhitong.domain.exchange.actions.kinds.protocol import NotUndoable
from zhitong.domain.exchange.actions.staging import map_columns
from zhitong.domain.exchange.queries.uploads import upload_seen, words_in
from zhitong.domain.exchange.rules.kinds import UploadKind, Verdict
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.receiving import Accept, accept
from zhitong.domain.problems.models import Problem

pytestmark = pytest.mark.django_db

HEADS = ("序号", "诉求主体", "诉求内容", "受理时间", "责任单位", "进度", "处理结果", "备注")
ROWS = (
    (1, FIRM, "厂区外道路破损", "2018年2月3日", "交通局", "已办结", "已修复", "来自老台账"),
    (2, FIRM, "夜间限电", "2018/3/5", "发改局", "办理中", "", ""),
    (3, "演示小作坊", "办证往返多次", date(2018, 3, 6), "审批局", "甩项", "", ""),
    (4, FIRM, "夜间限电", "2018/3/5", "发改局", "办理中", "", "重复登记"),
)


def ledger(*more: Any) -> Any:
    return staged(sheet(*ROWS, *more, heads=HEADS), UploadKind.LEDGER)


def problems() -> dict[str, tuple[str, bool, str]]:
    with acting("park_office"):
        rows = Problem.objects.values_list("text", "state", "recorded", "source")
        return {text: (state, recorded, source) for text, state, recorded, source in rows}


def mapped(upload: Any, **states: str) -> None:
    with acting_as(viewer("park_office")) as here:
        map_columns(here, upload, upload_seen(here, upload).mapping, now=NOW, states=states)


def test_states_nobody_can_guess_are_asked_and_then_matters_are_recorded_afterwards() -> None:
    upload = ledger()
    before = counts(upload)
    with acting_as(viewer("park_office")) as here:
        words = words_in(here, upload, "state")
    mapped(upload, 甩项="skip")

    done = committed(upload)

    assert before == {"new": 2, "skipped": 1, "wrong": 1}
    assert words == sorted({"已办结", "办理中", "甩项"})
    assert counts(upload) == {"new": 2, "skipped": 2}
    assert done.new == 2
    assert problems() == {
        "厂区外道路破损": ("answered", True, "call"), "夜间限电": ("submitted", True, "call"),
    }
    assert rows(upload)[0].cells[-1] == "来自老台账"


def test_the_same_ledger_with_a_line_more_brings_only_that_line() -> None:
    first = ledger()
    mapped(first, 甩项="skip")
    committed(first)

    second = ledger((5, FIRM, "缺少技工", "2018-04-01", "人社局", "办理中", "", ""))

    assert counts(second) == {"new": 1, "unchanged": 3, "skipped": 1}
    assert "不重复登记" in rows(second, Verdict.UNCHANGED)[0].note


def test_undoing_withdraws_what_nobody_has_worked_on() -> None:
    upload = ledger()
    mapped(upload, 甩项="skip")
    committed(upload)

    undone(upload)

    assert {state for state, _recorded, _source in problems().values()} == {"withdrawn"}


def test_what_was_worked_on_stands_in_the_way() -> None:
    upload = ledger()
    mapped(upload, 甩项="skip")
    committed(upload)
    with acting("park_office") as actor:
        problem = Problem.objects.get(text="夜间限电")
        accept([Accept(problem_id=problem.id, actor=actor, now=NOW.replace(hour=8))])

    with pytest.raises(NotUndoable, match="第3行"):
        undone(upload)


KNOWN = ("序号", "诉求主体", "诉求内容", "类别", "受理时间", "责任单位", "进度", "处理结果")


@pytest.mark.parametrize(("category", "unit", "note", "stands"), [
    ("能源保障", "南大港安监环保局", "由南大港产业园区安监环保局继续办理", ("dispatched", SAFETY)),
    ("其他", "园区安监环保局", "由南大港产业园区安监环保局继续办理", ("dispatched", SAFETY)),
    ("能源保障", "没有的局", "按分发规则交办", ("dispatched", "130973400-economy")),
    ("疑难杂症", "南大港安监环保局", "没有对应的问题类别，先到本办待受理，定类别后交办", ("submitted", "130973400-office")),
])
def test_an_open_matter_stays_with_who_had_it(category: str, unit: str, note: str, stands: tuple[str, str]) -> None:
    upload = staged(sheet((1, FIRM, "夜间限电", category, "2018/3/5", unit, "办理中", ""), heads=KNOWN), UploadKind.LEDGER)
    said = [row.note for row in rows(upload)]

    committed(upload)

    assert said == [note]
    with acting("park_office"):
        assert Problem.objects.values_list("state", "accountable_unit_id").get() == (stands[0], unit_id(stands[1]))
    undone(upload)
    assert {state for state, _recorded, _source in problems().values()} == {"withdrawn"}
