"""`zhitong bench all`: every step at a stock, and at the small one beside it, each in a process of its own and kept when it is over."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module

from zhitong.launch.bench.apart import apart
from zhitong.launch.bench.figures import Outcome
from zhitong.launch.bench.keeping import keep, kept
from zhitong.launch.bench.terms import SMALL, Terms


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word, its label, the module whose `measure` does it, and at which stocks it is done.

    `grows`: also at the small stock, so that growth is seen; not `scaled`: the stock has no part in it.
    """

    name: str
    label: str
    module: str
    expected_seconds: int
    grows: bool = True
    scaled: bool = True
    options: dict[str, str] = field(default_factory=dict)

    def scales(self, scale: int) -> tuple[int, ...]:
        """The stocks at which it is done, the smaller first."""
        if not self.scaled:
            return (0,)
        return (SMALL, scale) if self.grows and scale != SMALL else (scale,)

    def measure(self, scale: int, terms: Terms) -> Outcome:
        """Do it."""
        found: Outcome = import_module(self.module).measure(scale=scale, terms=terms, **self.options)
        return found


def _reading(name: str, label: str, expected_seconds: int) -> Step:
    return Step(name, label, "zhitong.launch.bench.reading", expected_seconds, options={"bench": name})


STEPS = (
    Step("stock", "建好一个有许多问题的库并留着", "zhitong.launch.bench.shelf", 5),
    _reading("inbox", "一个部门的待办", 25),
    _reading("problem", "打开一个问题", 25),
    _reading("overview", "全省总览", 25),
    _reading("search", "搜索常见词和罕见词，两个字和四个字", 65),
    Step("submit", "报送卡片", "zhitong.launch.bench.submit", 40),
    Step("intake", "Excel导入", "zhitong.launch.bench.intake", 25),
    Step("live", "实时通知，一千个和三千个读者", "zhitong.launch.bench.live", 110, grows=False),
    Step("storm", "风暴，其间强行终止，再核对", "zhitong.launch.bench.storm", 60, scaled=False),
    Step("policy", "读一份方案", "zhitong.launch.bench.policy", 8, scaled=False),
)
"""In the order in which they are done: what writes in a stock comes after what reads it."""
ALWAYS = "stock"
"""The step that is asked every time: what it has done is remembered in the stock itself."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that is over at a stock: what it gave, its seconds, and the load of the machine when it began."""

    step: Step
    scale: int
    outcome: Outcome
    seconds: float
    load: float


def measured(scale: int, terms: Terms, only: Sequence[str] = (), *, again: bool = False) -> list[Done]:
    """Do every step (or those named), but for what was over before; `again` does all of them anew.

    A run that was cut off goes on where it stopped. Raises BenchFailed: a step broke off; what is over is kept.
    """
    wanted = [(step, each) for step in STEPS if not only or step.name in only for each in step.scales(scale)]
    known = {} if again else {(step.name, each): found for step, each in wanted if (found := _known(step, each, terms))}
    done = []
    for place, (step, each) in enumerate(wanted):
        found = known.get((step.name, each))
        if found is None:
            _tell(place, wanted, [one for one in wanted[place:] if (one[0].name, one[1]) not in known])
            found = _now(step, each, terms)
        done.append(found)
    return done


def _known(step: Step, scale: int, terms: Terms) -> Done | None:
    found = kept(step.name, scale, terms) if step.name != ALWAYS else None
    return Done(step, scale, *found) if found else None


def _now(step: Step, scale: int, terms: Terms) -> Done:
    began, load = time.monotonic(), os.getloadavg()[0]
    outcome = apart(partial(step.measure, scale, terms))
    seconds = time.monotonic() - began
    keep(step.name, scale, terms, (outcome, seconds, load))
    return Done(step, scale, outcome, seconds, load)


def _tell(place: int, wanted: Sequence[tuple[Step, int]], left: Sequence[tuple[Step, int]]) -> None:
    """What comes now and what remains, on the errors' stream."""
    step, scale = wanted[place]
    at = f"，{scale:,} 个问题" if scale else ""
    minutes = sum(one.expected_seconds for one, _scale in left) // 60 + 1
    remains = f"还有 {len(left)} 步，约 {minutes} 分钟，建库时间另计"
    print(f"[{place + 1}/{len(wanted)}] {step.label}{at}（{remains}）", file=sys.stderr, flush=True)
