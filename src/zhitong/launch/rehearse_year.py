"""`zhitong rehearse-year`: a year goes by on a database of its own; each month's lights and gates are worked out anew."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch.bench import scratch

if TYPE_CHECKING:
    from zhitong.rehearsal.year.field import YearField
    from zhitong.rehearsal.year.living import Month


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The seed that says what is reported; whether for programs."""
    parser.add_argument("--seed", type=int, default=7, metavar="数", help="种子：同一个种子报同样的数（默认 7）")
    parser.add_argument("--months", type=int, choices=range(1, 13), default=12, metavar="月", help="过到几月（默认 12）")
    parser.add_argument("--json", action="store_true", help="按固定名称输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    """0 when everything kept is what the reports alone say, 1 otherwise; the scratch database is dropped in any case."""
    began = time.monotonic()
    with scratch() as name, config.as_role("owner", name=name):
        from zhitong.rehearsal.year.field import prepare
        from zhitong.rehearsal.year.living import live

        field = prepare(arguments.seed)
        months = []
        with progress.step("过一年") as step:
            for place, month in enumerate(live(field, arguments.months), 1):
                step.at(place, arguments.months)
                months.append(month)
    wrong = [finding for month in months for finding in month.checked.findings]
    if arguments.json:
        print(json.dumps({"seed": field.seed, "targets": field.targets, "months": [_as_json(one) for one in months]},
                         ensure_ascii=False, indent=1))
    else:
        print("\n".join(told(field, months, time.monotonic() - began)))
    if wrong:
        print(f"共 {len(wrong)} 处不符，如：{wrong[0]}", file=sys.stderr)
    return 1 if wrong else 0


def _as_json(month: Month) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}", "reports": month.reports, "late": month.late, "lights": month.lights,
        "gates": month.gates, "recomputed": month.checked.standings, "gates_recomputed": month.checked.gates,
        "differences": len(month.checked.findings),
    }


def told(field: YearField, months: list[Month], seconds: float) -> list[str]:
    """The year in lines: each month its lights level by level, and the gates that were frozen."""
    from zhitong.domain.organisations.rules.kinds import Rank
    from zhitong.domain.plans.rules import Light
    from zhitong.domain.progress.rules import GateResult

    lines = [f"种子 {field.seed}，{field.year} 年，各级目标 {field.targets:,} 个，用 {seconds:.0f} 秒："]
    for month in months:
        lines.append(
            f"{month.month.month:>2} 月：报告 {month.reports:,} 份，迟报 {month.late} 份；"
            f"只凭报告重算 {month.checked.standings:,} 个灯、{month.checked.gates:,} 个节点结果，{len(month.checked.findings)} 处不符"
        )
        for rank, lights in month.lights.items():
            each = "  ".join(f"{Light(word).label} {number:>5,}" for word, number in lights.items())
            lines.append(f"      {Rank(rank).label}  {each}")
        for gate, results in month.gates.items():
            each = "、".join(f"{GateResult(word).label} {number:,}" for word, number in results.items() if number)
            lines.append(f"      节点 {gate}：{each}")
    return lines
