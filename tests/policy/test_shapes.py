"""A reading goes out as JSON and comes back the same (R-C7)."""

from __future__ import annotations

from decimal import Decimal

from zhitong.policy.shapes import Document, Finding, Indicator, Plan, Responsible, Section, Task, as_json, plan_from

PLAN = Plan(
    document=Document(title="实施意见", issuer=("演示市人民政府",), year=2018),
    sections=(Section("1", "1.", 3, "市场主体培育", "三/（一）/1", 0, 40, 40),),
    tasks=(
        Task("1", "市场主体培育", "三/（一）/1", 0, 40, (Responsible("市工商局", "lead", start=30),), responsible_spans=((28, 38),)),
    ),
    indicators=(
        Indicator("A1", "1", "路", Decimal("1.5"), "公里", "range", "count", "1-1.5公里", 10, 17, (Decimal(1), Decimal("1.5"))),
    ),
    findings=(Finding("sum", "low", "合计相符。", ((1, 2), (3, 4)), holds=True),),
    noise=((0, 0),),
)  # fmt: skip


def test_a_plan_comes_back_from_its_json_unchanged() -> None:
    assert plan_from(as_json(PLAN)) == PLAN


def test_the_json_speaks_the_words_of_the_contract() -> None:
    printed = as_json(PLAN)

    assert printed["indicators"][0]["class"] == "target"
    assert printed["indicators"][0]["value"] == 1.5
    assert printed["findings"][0]["spans"] == [[1, 2], [3, 4]]
    assert "text" not in printed
