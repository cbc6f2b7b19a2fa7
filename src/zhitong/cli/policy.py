"""`zhitong policy compile FILE`, `zhitong policy score OUTPUT GOLD`: a policy document read as a draft plan, and how well.

`check` and `compare` stand in `policy_held`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhitong.cli import policy_held
from zhitong.kit.trouble import Trouble
from zhitong.policy.checking import check
from zhitong.policy.compiling import compile_file
from zhitong.policy.scoring import Score, score
from zhitong.policy.shapes import Plan, Responsible, Task, as_json

ROLES = {"lead": "牵头", "support": "配合", "responsible": "责任"}
NAMED = 30
"""How many misses of a part are printed."""


class NotAReading(Trouble):
    """A file to be scored is not what `compile --json` prints."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Verbs of the reader, each with its files."""
    verbs = parser.add_subparsers(dest="verb", metavar="compile|score|check|compare", required=True)
    reading = verbs.add_parser("compile", help="把实施意见、方案（.txt .docx .pdf .html）读成草案：章节、任务、单位、指标、期限")
    reading.add_argument("file", type=Path, metavar="文件")
    reading.add_argument("--json", action="store_true", help="按 JSON 输出")
    scoring = verbs.add_parser("score", help="用人工读法核对 compile --json 的输出，逐项给出准确率和遗漏")
    scoring.add_argument("output", type=Path, metavar="输出")
    scoring.add_argument("gold", type=Path, metavar="人工读法")
    scoring.add_argument("--json", action="store_true", help="按 JSON 输出")
    policy_held.add_verbs(verbs)


def run(arguments: argparse.Namespace) -> int:
    """0 when done; refusals are told in a sentence."""
    if arguments.verb in policy_held.VERBS:
        return policy_held.run(arguments)
    return _compile(arguments) if arguments.verb == "compile" else _score(arguments)


def _compile(arguments: argparse.Namespace) -> int:
    plan = compile_file(arguments.file)
    if arguments.json:
        _print_json(as_json(plan.with_findings(check(plan))))
    else:
        print("\n".join(_told(plan)))
    return 0


def _print_json(printed: Any) -> None:
    print(json.dumps(printed, ensure_ascii=False, indent=1))


def _told(plan: Plan) -> Iterator[str]:
    """The plan as a person reads it: the head, then every duty with its units and quantities."""
    head = plan.document
    yield head.title or "（没有读到标题）"
    told = [head.number, "、".join(head.issuer), head.date_issued]
    yield "　".join(one for one in told if one) or "（没有读到文号、发文机关和日期）"
    if head.recipients:
        yield f"主送：{'；'.join(head.recipients)}"
    of_tasks = {task.id for task in plan.tasks}
    yield f"共 {len(plan.sections)} 个章节，{len(plan.tasks)} 项任务，{len(plan.indicators)} 个指标，{len(plan.timeline)} 个时间节点。"
    for task in plan.tasks:
        yield from _task_told(plan, task)
    general = [one for one in plan.indicators if one.task_id not in of_tasks]
    if general:
        yield "\n任务以外的指标"
        yield from (f"    {one.text}" for one in general)
    if plan.timeline:
        yield "\n时间节点"
        yield from (f"    {one.when or '未写明'}　{one.what}" for one in plan.timeline)


def _task_told(plan: Plan, task: Task) -> Iterator[str]:
    hurt = "　（原文有缺损）" if task.damaged else ""
    yield f"\n{task.id}　{task.title}{hurt}"
    if task.responsible:
        yield "    单位：" + "、".join(map(_unit_told, task.responsible))
    for one in plan.indicators:
        if one.task_id == task.id:
            due = f"　{one.deadline} 前" if one.deadline else ""
            yield f"    指标：{one.text}{due}"


def _unit_told(unit: Responsible) -> str:
    role = ROLES.get(unit.role, unit.role)
    return f"{unit.name}（{role}：{unit.part}）" if unit.part else f"{unit.name}（{role}）"


def _score(arguments: argparse.Namespace) -> int:
    result = score(_loaded(arguments.output), _loaded(arguments.gold))
    if arguments.json:
        _print_json(result.as_json())
    else:
        print("\n".join(_table(result)))
    return 0


def _loaded(path: Path) -> dict[str, Any]:
    """A reading as JSON. Raises NotAReading where it is none."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotAReading(f"打不开“{path}”：{error.strerror}。请核对路径后再试。") from None
    except ValueError:
        raise NotAReading(f"“{path}”不是 JSON。请用 zhitong policy compile 文件 --json 的输出。") from None
    if not isinstance(read, dict) or not {"document", "sections", "tasks"} <= read.keys():
        raise NotAReading(f"“{path}”不是读出的方案：缺少 document、sections 或 tasks。请用 zhitong policy compile 文件 --json 的输出。")
    return read


def _table(result: Score) -> Iterator[str]:
    yield f"{'part':<22}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'found':>8}{'expected':>10}"
    for part in result.parts:
        yield (
            f"{part.name:<22}{part.precision:>10.4f}{part.recall:>10.4f}{part.f1:>10.4f}"
            f"{part.right:>8}{part.found:>8}{part.expected:>10}"
        )
    for part in result.parts:
        yield from (f"{part.name} – 漏：{one}" for one in part.missed[:NAMED])
        yield from (f"{part.name} – 多：{one}" for one in part.made_up[:NAMED])
