"""The days of the campaign: what is due when, as the text says it."""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.policy.measures.deadlines import DateMark
from zhitong.policy.measures.grounds import Ground
from zhitong.policy.measures.steps import Step
from zhitong.policy.shapes import Moment


def timeline_of(ground: Ground, text: str, steps: Sequence[Step]) -> tuple[Moment, ...]:
    """One moment for each dated step, in order of the text."""
    moments: list[Moment] = []
    for step in steps:
        start, end = ground.view.span(min(step.start, step.mark.start), max(step.end, step.mark.end))
        moments.append(Moment(what=step.what, when=_when(step.mark), text=text[start:end], start=start))
    return tuple(moments)


def _when(mark: DateMark) -> str:
    """The day; the month where only that is said (3月初, 10月份); the words where no year can be told."""
    return mark.month or mark.day or mark.text
