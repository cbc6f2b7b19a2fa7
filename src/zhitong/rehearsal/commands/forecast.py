"""`zhitong forecast check --seed N`: forecasts held against invented years, by month of making and day foretold."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from zhitong.domain.analysis.rules.forecasting.courses import Family
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.rehearsal.forecasting.checking import ORIGINS, TUNED_ON, Checked, Score, check, score

INDICATORS = 40
LEAST, MOST = 0.75, 0.85
"""Between these an interval that says 80 % keeps its word."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which seed the years are invented from, how many indicators, and whether for programs."""
    parser.add_argument("verb", choices=["check"], metavar="check", help="用虚构的年度进度检验预测：结论对不对，区间准不准")
    parser.add_argument("--seed", type=int, required=True, metavar="N", help="随机种子；调参用过的种子不算检验")
    parser.add_argument("--indicators", type=int, default=INDICATORS, metavar="N", help=f"虚构多少个指标，默认 {INDICATORS}")
    parser.add_argument("--json", action="store_true", help="按固定名称输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    """0 when the intervals keep their word over all, 1 when they do not."""
    checked = check(arguments.seed, arguments.indicators)
    whole, parts = score(checked), _parts(checked)
    if arguments.json:
        print(json.dumps(_told(arguments.seed, whole, parts), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(arguments.seed, whole, parts)))
    return 0 if LEAST <= whole.coverage <= MOST else 1


def _parts(checked: list[Checked]) -> dict[str, Score]:
    """The same by family and by the month of making."""
    by_family = {family.label: [one for one in checked if one.family is family] for family in Family}
    by_origin = {f"{origin}月末作出": [one for one in checked if one.origin == origin] for origin in ORIGINS}
    return {name: score(own) for name, own in (by_family | by_origin).items() if own}


def _told(seed: int, whole: Score, parts: dict[str, Score]) -> dict[str, object]:
    return {
        "seed": seed, "tuned_on": list(TUNED_ON), "is_check": seed not in TUNED_ON, "whole": asdict(whole),
        "parts": {name: asdict(one) for name, one in parts.items()},
    }


def _lines(seed: int, whole: Score, parts: dict[str, Score]) -> list[str]:
    head = f"种子 {seed}（调参用的是 {'、'.join(map(str, TUNED_ON))}）：{whole.forecasts} 个预测"
    if seed in TUNED_ON:
        head += "；这个种子用于调参，结果不算检验"
    naive = "，".join(f"{Method(name).label} {error:.1%}" for name, error in whole.naive.items())
    return [
        head,
        f"作出明确结论的占 {whole.decided:.0%}，其中应验 {whole.hits:.1%}；80% 区间实际覆盖 {whole.coverage:.1%}",
        f"平均误差为目标的 {whole.error:.1%}；单用一种办法：{naive}",
        *(
            f"  {name}：{one.forecasts} 个，明确 {one.decided:.0%}，应验 {one.hits:.1%}，覆盖 {one.coverage:.1%}，误差 {one.error:.1%}"
            for name, one in parts.items()
        ),
    ]
