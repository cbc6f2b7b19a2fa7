"""Anything found by words: each kind of thing with its best. All problems found are paged by GET /problems?order=best."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.words import Code, Labelled, OneOf, Shape, Words, labelled, region_coded
from zhitong.domain.finding.queries.asking import COUNTED_TO, Asked, Group
from zhitong.domain.finding.queries.finding import found
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.phrases import marks_in, phrases_of

router = Router()


class Mark(Shape):
    """Where what was looked for stands in a text: from `start` up to `end`, which is no part of it, in characters."""

    start: int
    end: int


class MarkedText(Shape):
    """A text with the places of what was looked for."""

    text: str
    marks: list[Mark]


class ThingFound(Shape):
    """One thing found; `key` addresses it: a number, a code, an id, of tasks and indicators the campaign/the task."""

    key: str
    title: MarkedText
    notes: list[str]
    text: MarkedText


class KindFound(Shape):
    """What was found of one kind: `count` is exact to 1000, `more` says that there are more; `newest_only` that the words
    are so common that only the newest were looked at."""

    kind: Labelled
    count: int
    more: bool
    newest_only: bool
    rows: list[ThingFound]


class EverythingFound(Shape):
    """What was found, kind by kind."""

    groups: list[KindFound]


class Sought(Shape):
    """The words, and what is found narrowed to."""

    words: Words = Field(description="要找的词，两个字以上；几个词用空格隔开，都有的才列出；也可以是编号、代码、拼音首字母")
    kind: list[OneOf[FoundKind]] = Field([], description="只找哪几类，可多选；不填为全部")
    region: Code | None = Field(None, description="地区代码，须在本辖区内")
    since: date | None = Field(None, description="问题在这一天或以后提交")
    until: date | None = Field(None, description="问题在这一天或以前提交")
    state: list[OneOf[State]] = Field([], description="问题的状态，可多选")
    limit: int = Field(5, ge=1, le=50, description="每类最多几条")


@reads(router, "/search", answer=EverythingFound, summary="搜索：问题、服务对象、任务、指标、政策文件、区划和单位")
def search(request: Request, asked: Annotated[Sought, Query()]) -> EverythingFound:
    """What the viewer may see of what holds the words."""
    wanted = Asked(
        asked.words, kinds=tuple(asked.kind), region_id=region_coded(asked.region).id if asked.region else None,
        since=asked.since, until=asked.until, states=tuple(asked.state),
    )
    groups = found(request.viewer, wanted, now=request.now, limit=asked.limit)
    return EverythingFound(groups=[_told(group, phrases_of(asked.words)) for group in groups])


def _told(group: Group, phrases: tuple[str, ...]) -> KindFound:
    rows = [
        ThingFound(key=hit.key, title=_marked(hit.title, phrases), notes=list(hit.notes), text=_marked(hit.text, phrases))
        for hit in group.hits
    ]
    return KindFound(
        kind=labelled(group.kind), count=min(group.count, COUNTED_TO), more=group.count > COUNTED_TO, newest_only=group.is_cut,
        rows=rows,
    )


def _marked(text: str, phrases: tuple[str, ...]) -> MarkedText:
    return MarkedText(text=text, marks=[Mark(start=start, end=end) for start, end in marks_in(text, phrases)])
