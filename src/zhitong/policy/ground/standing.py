"""The plan as the doubting read it: words in place of noise, where a thing stands, what a task says without its units."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from zhitong.policy.ground.likeness import quoted
from zhitong.policy.shapes import Indicator, Plan, Section, Span, Task

UNITS_PRINTED = re.compile(r"[(（〔\[【]?\s*(?:责任|牵头|配合|主办|协办|承办|落实)(?:单位|部门|领导|人)\s*[:：]")
SAFEGUARDS = re.compile(r"保障|组织领导|组织实施|工作要求|实施要求|推进机制|工作机制|加强领导|督促|考核|附则")
QUANTITIES = ("target", "coverage", "input")
GOALS = re.compile(r"目标|主要任务指标|预期")
STOPS = " \n，,。；;、:："
SENTENCE = re.compile(r"[^。；;！？!?\n]+")
CLAUSE = re.compile(r"[^，,。；;！？!?：:\n]+")


@dataclass(frozen=True, eq=False)
class Ground:
    """A plan with what every doubt asks of it; without the text only its lists can be doubted."""

    plan: Plan

    @cached_property
    def text(self) -> str:
        """The text as read with noise blanked; offsets stay."""
        signs = list(self.plan.text)
        for start, end in self.plan.noise:
            signs[start:end] = " " * (end - start)
        return "".join(signs)

    @cached_property
    def works(self) -> tuple[Task, ...]:
        """Tasks proper: duties of the safeguarding part are mechanisms, not works."""
        held = self.parts(SAFEGUARDS)
        return tuple(task for task in self.plan.tasks if not any(start <= task.start < end for start, end in held))

    @cached_property
    def families(self) -> dict[str, tuple[Task, ...]]:
        """Tasks under one heading, by the path of that heading."""
        kin: dict[str, list[Task]] = defaultdict(list)
        for task in self.works:
            kin[task.section_path.rpartition("/")[0]].append(task)
        return {path: tuple(tasks) for path, tasks in kin.items()}

    @cached_property
    def by_task(self) -> dict[str | None, tuple[Indicator, ...]]:
        """The indicators of every task in order of the text; under None those that stand outside the tasks."""
        known = {task.id for task in self.plan.tasks}
        kept: dict[str | None, list[Indicator]] = defaultdict(list)
        for indicator in sorted(self.plan.indicators, key=lambda one: (one.start, one.end, one.id)):
            kept[indicator.task_id if indicator.task_id in known else None].append(indicator)
        return {task_id: tuple(rows) for task_id, rows in kept.items()}

    @cached_property
    def goals(self) -> tuple[Span, ...]:
        """The parts that set the whole plan's targets before the tasks divide them."""
        return self.parts(GOALS)

    def parts(self, title: re.Pattern[str]) -> tuple[Span, ...]:
        """Parts and first-level headings with such a title, each up to the next heading of its level or above."""
        tops = sorted((one for one in self.plan.sections if one.level <= 1), key=lambda one: (one.start, one.level))
        last = max(len(self.plan.text), *(one.end for one in self.plan.tasks), 0)
        return tuple(
            (one.start, next((each.start for each in tops if each.start > one.start and each.level <= one.level), last))
            for one in tops if title.search(one.title)
        )  # fmt: skip

    def measured(self, task: Task) -> tuple[Indicator, ...]:
        """The quantities a task can be measured by, sub-totals included."""
        return tuple(one for one in self.by_task.get(task.id, ()) if one.class_ in QUANTITIES and not one.optional)

    @cached_property
    def deeds(self) -> str:
        """The text without the clauses that name units: what is to be done; offsets stay."""
        signs = list(self.text)
        for task in self.plan.tasks:
            for start, end in task.responsible_spans or self._units_printed(task):
                signs[start:end] = " " * (end - start)
        return "".join(signs)

    def _units_printed(self, task: Task) -> tuple[Span, ...]:
        """Readings made by hand do not span their units: then from the words 责任单位 on."""
        found = UNITS_PRINTED.search(self.text, task.start, task.end)
        return ((found.start(), task.end),) if found else ()

    def body(self, task: Task) -> str:
        """What the task says is to be done: without its heading and without the clauses of its units."""
        return self.deeds[slice(*self.body_span(task))]

    def body_span(self, task: Task) -> Span:
        """From behind the heading to the end of the task."""
        return (task.start if task.body_start is None else task.body_start), task.end

    def section_at(self, offset: int) -> Section | None:
        """The deepest heading over a place of the text."""
        over = [one for one in self.plan.sections if one.start <= offset]
        return max(over, key=lambda one: one.start) if over else None

    def place(self, offset: int) -> str:
        """How a person finds the place: 三（一）1; 文首 before the first heading."""
        for task in self.plan.tasks:
            if task.start <= offset < task.end:
                return task.section_path.replace("/", "")
        section = self.section_at(offset)
        return section.path.replace("/", "") if section else "文首"

    def clauses(self) -> Iterator[re.Match[str]]:
        """What stands between two stops."""
        return CLAUSE.finditer(self.text)

    def sentence_at(self, offset: int) -> str:
        """What stands between two full stops or semicolons around a place of the text."""
        start = max(self.text.rfind(stop, 0, offset) for stop in "。；;！？!?\n") + 1
        found = SENTENCE.search(self.deeds, start)
        return found[0].strip() if found else ""

    def said(self, start: int, end: int) -> str:
        """三（一）1“净增市场主体1800户”: where it stands and what is printed."""
        return f"{self.place(start)}{quoted(self.text[start:end].strip(STOPS))}"


def is_target(indicator: Indicator) -> bool:
    """What is to be reached or reached out to, not a day, a threshold or a part of the plan's own build."""
    return indicator.class_ in QUANTITIES and not indicator.optional and not indicator.part_of


def restatements(indicator: Indicator) -> tuple[str, ...]:
    """The ids of what states it again; readings made by hand give several."""
    told: object = indicator.restated_by
    if isinstance(told, str):
        return tuple(part.strip() for part in told.split(","))
    return tuple(str(part) for part in told) if isinstance(told, tuple) else ()


def span_of(thing: Indicator | Task | Section) -> Span:
    """Where it is printed."""
    return thing.start, thing.end


def heading_of(section: Section) -> Span:
    """The heading alone: its number and title."""
    return section.start, section.start + len(section.number) + len(section.title)
