"""What it costs to read a policy paper: an invented one of ten thousand characters, beside one plain pass over its words."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_text

LENGTH = 10_000
WORDS = re.compile(r"[\u4e00-\u9fff]+|\d+(?:\.\d+)?|\S")
TRADES = ("农业农村", "住房城乡建设", "教育", "卫生健康", "交通运输", "生态环境", "市场监管", "商务")
WORKS = ("校舍提升", "道路改造", "管网更新", "孵化基地", "便民市场", "绿地建设", "污水处理", "技能培训")
HEAD = """演示市人民政府
关于2018年实施民生工程的意见
演政发〔2018〕1号

各县（市、区）人民政府，市直各部门：
现就实施民生工程提出如下意见。
一、总体要求
坚持问题导向，突出重点，确保年内见成效。
二、重点任务
（一）实施民生工程
"""


def paper(length: int = LENGTH) -> str:
    """An invented plan of this many characters: duties with values, dates and units, and the same every time."""
    text = HEAD
    number = 0
    while len(text) < length:
        work, trade = WORKS[number % len(WORKS)], TRADES[number % len(TRADES)]
        number += 1
        text += (
            f"{number}.{work}工程。统筹推进{work}，补短板、强弱项，全年新建{number * 3}个、改造{number}.5公里以上，"
            f"其中县城不少于{number}个；{number % 6 + 6}月底前完成{number}.2万户，覆盖率达到{number % 40 + 60}%以上。"
            f"（责任单位：市{trade}局牵头，市财政局、各县（市、区）人民政府配合）\n"
        )
    return text[:length]


@dataclass(frozen=True, slots=True)
class Read:
    """A paper read again and again: what was found in it, milliseconds of the processor, and of a plain pass over its words."""

    sections: int
    tasks: int
    indicators: int
    p50_ms: float
    p99_ms: float
    bare_p50_ms: float


def measured(seconds: float) -> Read:
    """Read the paper for so many seconds, then pass over its words for a quarter of them."""
    text = paper()
    plan = compile_reading(read_text(text))
    reading = _taken(lambda: compile_reading(read_text(text)), seconds)
    passing = _taken(lambda: WORDS.findall(text), seconds / 4)
    return Read(
        len(plan.sections), len(plan.tasks), len(plan.indicators), statistics.median(reading),
        reading[int(len(reading) * 0.99)], statistics.median(passing),
    )


def _taken(work: Callable[[], object], seconds: float) -> list[float]:
    """Milliseconds of the processor, each time, in order of size."""
    taken: list[float] = []
    until = time.process_time() + seconds
    while time.process_time() < until or not taken:
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return sorted(taken)
