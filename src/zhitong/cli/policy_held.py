"""`zhitong policy check FILE`, `zhitong policy compare UPPER LOWER`: one paper doubted, two papers held side by side (R-C6)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from zhitong.policy.checking import check
from zhitong.policy.checking.kinds import SEVERITIES
from zhitong.policy.comparing import Comparison, Coverage, Pairing, compare, comparison_json
from zhitong.policy.comparing.words import DifferenceOf, DifferenceVerdict, TaskRelation
from zhitong.policy.compiling import compile_file
from zhitong.policy.shapes import Finding, Plan, as_json


def add_verbs(verbs: Any) -> None:
    """The two verbs, each with its files."""
    checking = verbs.add_parser(
        "check", help="核对一份文件：前后矛盾、合计不符、列名无任务、期限早于成文等疑点，以及核对无误的合计"
    )
    checking.add_argument("file", type=Path, metavar="文件")
    checking.add_argument("--json", action="store_true", help="按 JSON 输出")
    comparing = verbs.add_parser(
        "compare", help="上级文件与下级文件对照：承接、调整、缺失、新增的任务，目标的差别和覆盖率"
    )
    comparing.add_argument("upper", type=Path, metavar="上级文件")
    comparing.add_argument("lower", type=Path, metavar="下级文件")
    comparing.add_argument("--json", action="store_true", help="按 JSON 输出")


VERBS = ("check", "compare")


def run(arguments: argparse.Namespace) -> int:
    """0 when done; refusals are told in a sentence."""
    return _check(arguments) if arguments.verb == "check" else _compare(arguments)


def _check(arguments: argparse.Namespace) -> int:
    plan = compile_file(arguments.file)
    plan = plan.with_findings(check(plan))
    if arguments.json:
        _print_json(as_json(plan))
    else:
        print("\n".join(_doubts(plan)))
    return 0


def _doubts(plan: Plan) -> Iterator[str]:
    """Doubts by gravity, then what holds."""
    doubts = [one for one in plan.findings if not one.holds]
    yield plan.document.title or "（没有读到标题）"
    yield f"疑点 {len(doubts)} 处，核对无误 {len(plan.findings) - len(doubts)} 处。"
    for grade, found in groupby(doubts, key=lambda one: one.severity):
        yield f"\n{SEVERITIES[grade]}"
        yield from _listed(tuple(found))
    held = tuple(one for one in plan.findings if one.holds)
    if held:
        yield "\n核对无误"
        yield from _listed(held)


def _listed(findings: Sequence[Finding]) -> Iterator[str]:
    return (f"{number:>3}. {one.message}" for number, one in enumerate(findings, 1))


def _compare(arguments: argparse.Namespace) -> int:
    upper, lower = compile_file(arguments.upper), compile_file(arguments.lower)
    comparison = compare(upper, lower)
    if arguments.json:
        _print_json(comparison_json(comparison))
    else:
        print("\n".join(_told(upper, lower, comparison)))
    return 0


def _told(upper: Plan, lower: Plan, comparison: Comparison) -> Iterator[str]:
    """Coverage, then every task with its counterpart and what differs."""
    yield f"上级：{upper.document.title or '（没有读到标题）'}"
    yield f"下级：{lower.document.title or '（没有读到标题）'}"
    yield from _coverage("任务", comparison.coverage)
    yield from _coverage("保障措施", comparison.mechanisms)
    titles = _titles(upper), _titles(lower)
    for pair in comparison.tasks:
        yield ""
        yield f"{TaskRelation(pair.relation).label}　{_pair(pair, *titles)}"
        for one in pair.differences:
            said = f"{DifferenceOf(one.what).label}{DifferenceVerdict(one.verdict).label}"
            yield f"    {said}：{one.upper or '（无）'} → {one.lower or '（无）'}"


def _coverage(what: str, coverage: Coverage) -> Iterator[str]:
    if coverage.share is None:
        return
    yield f"{what}：上级 {coverage.total} 项，下级承接 {coverage.covered} 项，覆盖率 {coverage.share:.1%}。"
    if coverage.missing:
        yield f"    缺失：{'、'.join(f'{known} {title}' for known, title in coverage.missing)}"


def _pair(pair: Pairing, upper: dict[str, str], lower: dict[str, str]) -> str:
    ours = f"{pair.upper} {upper.get(pair.upper, '')}" if pair.upper else "（上级没有）"
    theirs = "、".join(f"{known} {lower.get(known, '')}" for known in pair.lower) or "（下级没有）"
    return f"{ours} → {theirs}"


def _titles(plan: Plan) -> dict[str, str]:
    return {**{one.id: one.title for one in plan.sections}, **{one.id: one.title for one in plan.tasks}}


def _print_json(printed: Any) -> None:
    print(json.dumps(printed, ensure_ascii=False, indent=1))
