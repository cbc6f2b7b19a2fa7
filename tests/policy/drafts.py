"""Plans for tests, written as papers are: `# 一、目标任务` heads a part, `## （一）…` a heading, `1.标题。正文(责任单位：…)` a task.

A quantity stands in braces with what a reading would say of it: `{净增市场主体1800户;name=净增市场主体;value=1800;unit=户}`;
a unit's role follows it: 市科技局:lead. The braces and roles are not part of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from zhitong.policy.shapes import Document, Indicator, Plan, Responsible, Section, Task

HEADING = re.compile(r"^(#+) ([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)(.+)$")
TASK = re.compile(r"^(\d+)\.([^。]+)。(.*?)(?:\(责任单位：(.*?)\))?$")
QUANTITY = re.compile(r"\{([^;{}]+)((?:;[a-z_]+=[^;{}]*)*)\}")


@dataclass
class Draft:
    """What has been written so far."""

    text: str = ""
    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)

    def write(self, line: str) -> None:
        """One line of the paper."""
        heading, task = HEADING.match(line), TASK.match(line)
        if heading:
            self._head(len(heading[1]), heading[2], heading[3])
        elif task:
            self._task(task[1], task[2], task[3], task[4] or "")
        else:
            self._words(line, None)
        self.text += "\n"

    def _head(self, level: int, number: str, title: str) -> None:
        over = [one for one in self.sections if one.level < level]
        own = number.rstrip("、")
        path = f"{over[-1].path}/{own}" if over and level > 1 else own
        at = len(self.text)
        self.text += f"{number}{title}"
        self.sections.append(
            Section(path.replace("/", ""), number, level, title, path, at, len(self.text), len(self.text))
        )

    def _task(self, number: str, title: str, body: str, units: str) -> None:
        at, path = len(self.text), f"{self.sections[-1].path}/{number}"
        self.text += f"{number}.{title}。"
        body_start = len(self.text)
        damaged = body.startswith("!")
        self._words(body.lstrip("!"), number)
        clause_at = len(self.text)
        answering = [one.partition(":") for one in re.split("[，、]", units) if one]
        if units:
            self.text += f"(责任单位：{'、'.join(name for name, _, _role in answering)})"
        responsible = tuple(
            Responsible(name, role or "responsible", is_collective=name.startswith("各")) for name, _, role in answering
        )
        spans = ((clause_at, len(self.text)),) if units else ()
        self.tasks.append(Task(number, title, path, at, len(self.text), responsible, damaged, body_start, spans))

    def _words(self, words: str, task_id: str | None) -> None:
        at = 0
        for found in QUANTITY.finditer(words):
            self.text += words[at : found.start()]
            start = len(self.text)
            self.text += found[1]
            self.indicators.append(self._indicator(found[1], found[2], task_id, start))
            at = found.end()
        self.text += words[at:]

    def _indicator(self, printed: str, told: str, task_id: str | None, start: int) -> Indicator:
        said: dict[str, Any] = dict(one.split("=", 1) for one in told.split(";") if one)
        said["class_"] = said.pop("class", "target")
        said["damaged"] = "damaged" in said
        value = said.pop("value", None)
        values = tuple(Decimal(one) for one in said.pop("values", "").split("-") if one)
        rest = {"name": printed, "unit": None, "comparator": said.pop("sign", "="), "kind": "count", **said}
        return Indicator(
            f"I{len(self.indicators) + 1}", task_id, value=values[0] if values else None if value is None else Decimal(value),
            text=printed, start=start, end=start + len(printed), values=values, **rest,
        )  # fmt: skip


def drafted(paper: str, **head: Any) -> Plan:
    """The plan of a paper in the marks above; `head` is its Document."""
    draft = Draft()
    for line in paper.strip().splitlines():
        draft.write(line.strip())
    return Plan(
        Document(**{"title": "演示市实施方案", "year": 2018, **head}), tuple(draft.sections), tuple(draft.tasks),
        tuple(draft.indicators), text=draft.text,
    )  # fmt: skip
