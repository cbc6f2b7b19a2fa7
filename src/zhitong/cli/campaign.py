"""`zhitong campaign check DIR`: read a campaign package whole and say everything that is wrong with it, file and line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from zhitong.domain.campaigns.package import CampaignPackage, parse
from zhitong.kit.source import Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far: check; the folder may be a shipped package's code."""
    parser.add_argument("verb", choices=["check"], metavar="check", help="检查活动包，不需要数据库")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="活动包所在文件夹")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出")


def run(arguments: argparse.Namespace) -> int:
    """0 when there are no findings, 1 when there are."""
    package, findings = parse(arguments.folder)
    if arguments.json:
        print(json.dumps([_as_json(finding) for finding in findings], ensure_ascii=False, indent=1))
        return 1 if findings else 0
    for finding in findings:
        print(finding)
    if findings or package is None:
        print(f"共 {len(findings)} 处问题。改正后再检查一次；没有问题才能载入。", file=sys.stderr)
        return 1
    print(_summary(package))
    return 0


def _as_json(finding: Finding) -> dict[str, object]:
    return {**asdict(finding), "severity": str(finding.severity.value)}


def _summary(package: CampaignPackage) -> str:
    """What was read, in one line."""
    order, plan = package.standing_order(), package.plan
    counted = [
        (len(order.regions) if order else 0, "个区划"), (len(order.units) if order else 0, "个单位"),
        (len(plan.tasks) if plan else 0, "项任务"), (len(plan.indicators) if plan else 0, "项指标"),
        (len(package.problems.rules), "条分发规则"), (len(package.templates), "张卡片"),
    ]
    parts = "，".join(f"{number} {what}" for number, what in counted if number)
    return f"活动包“{package.name}”（{package.code}）没有问题：{parts}。"
