"""`zhitong rehearse-year`: a year goes by on a database of its own; each month's lights and gates are worked out anew.

The reports of one city a month and of the province go through the acts; the others are written as a whole.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from zhitong.config import database as config
from zhitong.kit import clock, progress
from zhitong.launch.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitong.domain.progress.queries.verifying import Checked
    from zhitong.rehearsal.year.field import YearField
    from zhitong.rehearsal.year.living import Month

ACTS = {
    "submitted": "报送", "approved": "本级审核", "accepted": "上级接受", "returned": "退回重报", "let_through": "准予先行报送",
    "asked_about": "补充说明", "corrected": "同意更正", "correction_refused": "不同意更正",
}
"""What is done report by report, in the order in which it is told."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The seed that says what is reported; whether for programs."""
    parser.add_argument("--seed", type=int, default=7, metavar="数", help="种子：同一个种子报同样的数（默认 7）")
    parser.add_argument("--months", type=int, choices=range(1, 13), default=12, metavar="月", help="过到几月（默认 12）")
    parser.add_argument("--json", action="store_true", help="按固定名称输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    """0 when everything kept is what the reports alone say, 1 otherwise; the scratch database is dropped in any case."""
    began = time.monotonic()
    with scratch() as name, config.as_role("owner", name=name):
        from zhitong.domain.progress.queries.verifying import verify
        from zhitong.rehearsal.year.field import prepare
        from zhitong.rehearsal.year.living import live

        field = prepare(arguments.seed)
        months = []
        with progress.step("过一年") as step:
            for place, month in enumerate(live(field, arguments.months), 1):
                step.at(place, arguments.months)
                months.append(month)
        with progress.step("全年再重算一遍"):
            whole = verify(now=clock.now())
    wrong = [finding for checked in (*(month.checked for month in months), whole) for finding in checked.findings]
    if arguments.json:
        said = {
            "seed": field.seed, "targets": field.targets, "months": [_as_json(one) for one in months], "year": _checked(whole),
            "seconds": round(time.monotonic() - began, 1),
        }
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print("\n".join(told(field, months, whole, time.monotonic() - began)))
    if wrong:
        print(f"共 {len(wrong)} 处不符，如：{wrong[0]}", file=sys.stderr)
    return 1 if wrong else 0


def _as_json(month: Month) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}", "reports": month.reports, "late": month.late, "city": month.city, "acts": month.acts,
        "lights": month.lights, "gates": month.gates, **_checked(month.checked),
    }


def _checked(checked: Checked) -> dict[str, int]:
    return {
        "recomputed": checked.standings, "gates_recomputed": checked.gates, "differences": len(checked.findings),
    }


def told(field: YearField, months: list[Month], whole: Checked, seconds: float) -> list[str]:
    """The year in lines: each month its lights level by level, and the gates that were frozen."""
    lines = [f"种子 {field.seed}，{field.year} 年，各级目标 {field.targets:,} 个，用 {seconds:.0f} 秒："]
    for month in months:
        lines += _month_told(month)
    return [*lines, f"全年：{_recomputed(whole)}"]


def _month_told(month: Month) -> Iterator[str]:
    from zhitong.domain.organisations.rules.kinds import Rank
    from zhitong.domain.plans.rules import Light
    from zhitong.domain.progress.rules import GateResult

    yield f"{month.month.month:>2} 月：报告 {month.reports:,} 份，迟报 {month.late} 份；{_recomputed(month.checked)}"
    if month.acts:
        each = "、".join(f"{said} {month.acts[act]:,}" for act, said in ACTS.items() if month.acts.get(act))
        yield f"      逐件办理（省本级和{month.city}）：{each}"
    for rank, lights in month.lights.items():
        yield f"      {Rank(rank).label}  " + "  ".join(f"{Light(word).label} {number:>5,}" for word, number in lights.items())
    for gate, results in month.gates.items():
        each = "、".join(f"{GateResult(word).label} {number:,}" for word, number in results.items() if number)
        yield f"      节点 {gate}：{each}"


def _recomputed(checked: Checked) -> str:
    return f"只凭报告重算 {checked.standings:,} 个灯、{checked.gates:,} 个节点结果，{len(checked.findings)} 处不符"
