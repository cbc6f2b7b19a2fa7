"""`zhitong cascade`: every divided target with whole, sum, remainder and excess, held against an independent query."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from zhitong.domain.campaigns.queries import campaign_in_force, campaigns_loaded
from zhitong.domain.plans.queries.dividing.verifying import CheckedLine, checked_lines, counted_twice
from zhitong.kit import clock

EXIT_MISUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which campaign, and whether for programs."""
    parser.add_argument("--campaign", metavar="活动代码", help="不写则为正在执行的活动")
    parser.add_argument("--json", action="store_true", help="按固定名称输出 JSON，每个分解过的目标一行")


def run(arguments: argparse.Namespace) -> int:
    """0 when every sum is exact and the independent query agrees, 1 when something is not, 2 when there is no such campaign."""
    campaign = _campaign(arguments.campaign)
    if campaign is None:
        print("zhitong cascade：没有这个活动，请用 zhitong load 载入，或核对活动代码。", file=sys.stderr)
        return EXIT_MISUSED
    lines, twice = checked_lines(campaign, clock.today()), counted_twice(campaign)
    if arguments.json:
        said = {"lines": [_as_json(one) for one in lines], "counted_twice": [list(one) for one in twice]}
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        for region, some in groupby(lines, key=lambda one: one.region):
            print("\n".join(_told(region, list(some))))
        for code, region, count in twice:
            print(f"{region}的{code}有{count}个上级给它分解，会重复汇总")
        print(_conclusion(lines))
    return int(bool(twice) or any(not one.is_exact for one in lines))


def _campaign(code: str | None) -> str | None:
    if code is None:
        found = campaign_in_force()
        return found.code if found else None
    return next((one.code for one in campaigns_loaded() if one.code == code), None)


def _as_json(one: CheckedLine) -> dict[str, Any]:
    balance = one.line.balance
    return {
        "region": one.region, "code": one.head.code, "name": one.head.name, "measure": one.head.asks.measure,
        "makes_whole": str(one.head.asks.makes_whole), "whole": str(one.head.asks.value), "given": str(one.given),
        "remainder": str(one.remainder), "over": str(one.over), "independent": str(one.told), "agrees": one.agrees,
        "weighed_by": one.line.weighed_by, "places": balance.places if balance else 0, "accepted": one.line.accepted,
        "asked": one.line.asked,
    }


def _told(region: str, lines: Sequence[CheckedLine]) -> list[str]:
    """A region's heading, and below it the targets that are not exact; --json has them all."""
    sums = [one for one in lines if one.head.asks.is_summed]
    exact = sum(one.is_exact for one in lines)
    head = f"{region}：分解{len(lines)}个目标，其中相加的{len(sums)}个；与目标相符{exact}个"
    return [head, *(f"  {_line(one)}" for one in lines if not one.is_exact)]


def _line(one: CheckedLine) -> str:
    words = one.head.in_words
    parts = [f"{one.head.code} {one.head.name} {one.head.goal}，各地合计{words(one.given)}"]
    parts += [f"未分{words(one.remainder)}"] if one.remainder else []
    parts += [f"超分{words(one.over)}"] if one.over else []
    parts += [] if one.agrees else [f"另行核算为{words(one.told)}，不符"]
    return "，".join(parts)


def _conclusion(lines: Sequence[CheckedLine]) -> str:
    wrong = sum(not one.is_exact for one in lines)
    checked = f"核对了{len(lines)}个分解、{sum(one.parts for one in lines)}个下级目标"
    return f"{checked}：{wrong}个不相符。" if wrong else f"{checked}，逐级相符。"
