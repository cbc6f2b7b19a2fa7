"""An invented paper with the plan a careful person reads in it, taken in by an office of the cast, told short.

The reader's own steps are tested under tests/policy: here its answer is laid down, so that the desk is tested alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.papers.actions import taking_in
from zhitong.domain.papers.actions.correcting import NewCorrection, correct
from zhitong.domain.papers.actions.taking_in import NewPaper, take_in
from zhitong.domain.papers.queries.papers import PaperView, paper_seen
from zhitong.domain.papers.rules import reader
from zhitong.domain.papers.rules.kinds import CorrectionKind, PaperKind
from zhitong.kit import clock
from zhitong.policy.shapes import Document, Finding, Indicator, Plan, Responsible, Section, Task

TEXT = """演示园区服务提升行动实施方案

一、重点任务
1.培育众创空间。新建众创空间2家以上，年底前入驻创业团队50个。（责任单位：经发局牵头，演示供热站配合）
2.改造老旧小区。改造老旧小区4个，网上可办率达到  %以上。
二、保障措施
每月通报进度。
"""
DOUBT = "任务“改造老旧小区”没有责任单位。"


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where words stand in the text."""
    start = text.index(words)
    return start, start + len(words)


def plan(text: str = TEXT) -> Plan:
    """The plan of the text: two tasks, two counted targets, one number that the text lost, one doubt."""
    first, second = place("1.培育众创空间")[0], place("2.改造老旧小区")[0]
    end = place("二、保障措施")[0]
    units = (
        Responsible("经发局", "lead", start=place("经发局")[0], end=place("经发局")[1]),
        Responsible("演示供热站", "support", start=place("演示供热站")[0], end=place("演示供热站")[1]),
    )
    return Plan(
        document=Document(title="演示园区服务提升行动实施方案", number="演园字〔2018〕1号", year=2018),
        sections=(Section("一", "一、", 1, "重点任务", "一", place("一、重点任务")[0], end, first),),
        tasks=(
            Task("1", "培育众创空间", "一/1", first, second, units, body_start=first + 9),
            Task("2", "改造老旧小区", "一/2", second, end, (), body_start=second + 9),
        ),
        indicators=(
            _indicator("I1", "1", "新建众创空间", Decimal(2), "家", "新建众创空间2家以上", deadline=None),
            _indicator("I2", "1", "入驻创业团队", Decimal(50), "个", "入驻创业团队50个", deadline="2018-12-31"),
            _indicator("I3", "2", "网上可办率", None, "%", "网上可办率达到  %以上", damaged=True, kind="rate"),
        ),
        findings=(Finding("no_unit", "medium", DOUBT, (place("2.改造老旧小区"),)),), text=text,
    )


def _indicator(code: str, task: str, name: str, value: Decimal | None, unit: str, words: str, **more: Any) -> Indicator:
    start, end = place(words)
    said = {"comparator": ">=", "kind": "count", **more}
    return Indicator(code, task, name, value, unit, text=words, start=start, end=end, **said)


@pytest.fixture(autouse=True)
def laid_down(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reader's answers laid down: the plan above, its doubt as long as its task has no unit; 27 April 2018, 15:40."""
    monkeypatch.setattr(taking_in, "plan_in", lambda text, noise, name: plan(text))
    monkeypatch.setattr(reader, "check", lambda read: doubts(read))
    with clock.held_at(NOW):
        yield


def doubts(read: Plan) -> tuple[Finding, ...]:
    """The doubt of the paper, while it holds."""
    loose = [task for task in read.tasks if task.id == "2" and not task.responsible]
    return tuple(Finding("no_unit", "medium", DOUBT, (place("2.改造老旧小区"),)) for _task in loose)


def taken_in(login: str = "park_office", kind: PaperKind = PaperKind.OWN, campaign: str = "", text: str = TEXT) -> UUID:
    """The paper, taken in by an office of the cast."""
    new = NewPaper(kind=kind, name="", content=text.encode(), campaign=campaign)
    with acting(login) as actor:
        return take_in(viewer(login), new, actor=actor, now=NOW)


def does(login: str, act: Any, *said: Any, **named: Any) -> Any:
    """An act of a member of the cast."""
    with acting(login) as actor:
        return act(viewer(login), *said, actor=actor, now=NOW, **named)


def change(kind_of_change: CorrectionKind, thing: str = "", reason: str = "", **after: Any) -> NewCorrection:
    """A correction, its fields told by name."""
    return NewCorrection(kind=kind_of_change, thing=thing, after=after, reason=reason)


def mended(login: str = "park_office", **more: Any) -> UUID:
    """The paper with its lost number put right, ready to be published but for the name nobody bears."""
    paper = taken_in(login, **more)
    does(login, correct, paper, NewCorrection(kind=CorrectionKind.INDICATOR_CHANGED, thing="I3", after={"value": 90}))
    return paper


def seen(login: str, paper: UUID) -> PaperView:
    """The paper as a member of the cast sees it."""
    with acting(login):
        return paper_seen(viewer(login), paper)
