"""How papers about one matter say things: moments, days, what a fact was told with, and the sum behind a due time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import (
    LimitUnit,
    arithmetic,
    due_after_minutes,
    due_after_workdays,
    workdays_between,
    working_seconds,
)
from zhitong.domain.history.queries import ToldFact
from zhitong.domain.organisations.queries import person_names, post_titles
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.rules.facts import INNER_WORDS, ProblemFact
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.official.shapes import Box, Heading, Paragraph, Piece
from zhitong.kit.official.wording import moment_on_paper

BY_ITSELF = {"rule": "按规则自动办理", "schedule": "到期自动办理"}
PEN_LINES = 3
"""Lines left free for an opinion in handwriting."""
_NUMERALS = "一二三四五六七八九十"


def moment(at: datetime | None) -> str:
    """2018年4月27日15时40分; empty for none. Seconds are left out: papers say minutes."""
    return moment_on_paper(at.replace(second=0, microsecond=0)) if at else ""


def day(on: date | None) -> str:
    """2018年4月27日; empty for none."""
    return f"{on.year}年{on.month}月{on.day}日" if on else ""


def slot(at: datetime) -> str:
    """2018-04-27 15:40, as columns have it."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def heading(place: int, text: str) -> Heading:
    """A heading of the first level with its numeral, counted from 0: 一、基本情况."""
    return Heading(1, f"{_NUMERALS[place]}、{text}")


def said(*pieces: Piece) -> Paragraph:
    """A paragraph."""
    return Paragraph(pieces)


def prose(text: str) -> list[Paragraph]:
    """What somebody wrote, a paragraph a line."""
    return [Paragraph((line.strip(),)) for line in text.splitlines() if line.strip()]


def box(label: str, text: str = "", *, lines: int = 1, share: int = 1) -> Box:
    """A cell of a form; an empty one leaves its lines to a pen."""
    return Box(label, (text,) if text else (), lines, share)


def in_words(fact: ToldFact, leave_out: frozenset[str] = frozenset()) -> str:
    """What a fact was told with: 依据：…；说明：…."""
    told = ((INNER_WORDS[key], text) for key, text in fact.words.items() if key in INNER_WORDS and key not in leave_out and text)
    found = [text if label == "内容" else f"{label}：{text}" for label, text in told]
    return "；".join(found)


def who_of(facts: Iterable[ToldFact]) -> dict[UUID, str]:
    """Who did what each fact tells, by the fact's id: title and name, or that a rule did; two queries."""
    found = list(facts)
    people, posts = person_names(one.person_id for one in found), post_titles(one.post_id for one in found)
    return {one.id: BY_ITSELF.get(one.via) or _seat(one, people, posts) for one in found}


def _seat(fact: ToldFact, people: dict[UUID, str], posts: dict[UUID, str]) -> str:
    title = posts.get(fact.post_id, "") if fact.post_id else ""
    return f"{title} {people.get(fact.person_id, '') if fact.person_id else ''}".strip()


def label_of(fact: ToldFact) -> str:
    """What happened, in a word."""
    return str(ProblemFact(fact.kind).label)


def due_in_words(since: datetime, due_at: datetime | None, place_id: UUID, here: Directory) -> str:
    """The sum behind a due time as the calendar of a unit or region gives it; the bare moment where it gives another.

    The limit is read back from both ends, so that a rule that changed since changes no paper.
    """
    if due_at is None:
        return "不设时限"
    days = calendar_of(here.calendar_owners(place_id))
    workdays = workdays_between(since, due_at, days)
    if workdays > 0 and (due := due_after_workdays(since, workdays, days)).at == due_at:
        return arithmetic(since, due, workdays, LimitUnit.WORKDAYS, days)
    minutes = round(working_seconds(since, due_at, days) / 60)
    if minutes > 0 and (due := due_after_minutes(since, minutes, days)).at == due_at:
        return arithmetic(since, due, minutes, LimitUnit.MINUTES, days)
    return f"到期 {moment(due_at)}"
