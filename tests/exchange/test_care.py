"""Who looks after whom comes in by Excel, held against what is kept (R-B2, R-D6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import acting
from tests.exchange.conftest import CODE, committed, counts, firm, rows, sheet, staged, undone
from tests.world import NOW
from zhitong.domain.exchange.actions.kinds.protocol import NotUndoable
from zhitong.domain.exchange.rules.kinds import UploadKind, Verdict
from zhitong.domain.organisations.models import Unit
from zhitong.domain.subjects.models import Care
from zhitong.domain.subjects.rules.cuts import CUTS
from zhitong.domain.tallies.queries import differences

pytestmark = pytest.mark.django_db

HEADS = ("企业名称", "统一社会信用代码", "包联单位", "包联领导", "包联干部")

def care(content: bytes) -> Any:
    return staged(content, UploadKind.CARE)


def standing(code: str = CODE) -> list[tuple[str, str]]:
    with acting("park_office"):
        kept = Care.objects.filter(subject__code=code, until__isnull=True)
        return list(kept.values_list("lead_official", "person_in_charge"))


@pytest.fixture
def unit() -> str:
    """The name of a unit of the park."""
    return str(Unit.objects.get(code="130973400-economy").name)


def test_a_roster_is_assigned_changed_and_taken_back_to_who_was_before(unit: str) -> None:
    first = care(sheet(["", CODE, unit, "演示甲", "演示乙"], heads=HEADS))
    committed(first)

    again = care(sheet(["", CODE, unit, "演示甲", "演示乙"], ["", CODE, unit, "演示丙", "演示乙"], heads=HEADS))
    second = care(sheet(["", CODE, unit, "演示丙", "演示乙"], heads=HEADS))
    [row] = rows(second, Verdict.CHANGED)
    committed(second, at=NOW + timedelta(days=1))
    changed = standing()
    with pytest.raises(NotUndoable, match="演示南大港石化设备有限公司"):
        undone(first)
    undone(second, at=NOW + timedelta(days=2))

    assert counts(again) == {"unchanged": 1, "wrong": 1}
    assert "演示甲、演示乙" in row.note
    assert changed == [("演示丙", "演示乙")]
    assert standing() == [("演示甲", "演示乙")]


def test_where_nobody_was_nobody_is_after_undoing(unit: str) -> None:
    upload = care(sheet(["", CODE, unit, "演示甲", "演示乙"], heads=HEADS))
    committed(upload)

    undone(upload)

    assert standing() == []


def test_a_liaison_that_the_next_roster_leaves_out_stays(unit: str) -> None:
    heads = (*HEADS, "联络员", "联络员电话")
    committed(care(sheet(["", CODE, unit, "演示甲", "演示乙", "演示丁", "13800000000"], heads=heads)))

    committed(care(sheet(["", CODE, unit, "演示丙", "演示乙"], heads=HEADS)), at=NOW + timedelta(days=1))

    with acting("province_office"):
        kept = Care.objects.get(until__isnull=True)
        assert [one for cut in CUTS for one in differences(cut)] == []
    assert (kept.lead_official, kept.liaison, kept.liaison_phone) == ("演示丙", "演示丁", "13800000000")


def test_an_unknown_firm_and_an_unknown_unit_are_named() -> None:
    upload = care(sheet(["", firm(77)[1], "没有这个局", "演示甲", ""], heads=HEADS))

    [row] = rows(upload, Verdict.WRONG)

    assert "请先登记服务对象" in row.faults["code"]
    assert "没有名为“没有这个局”的单位" in row.faults["unit"]
    assert row.faults["person_in_charge"] == "没有填写。"
