"""Where plans and papers speak of a thing by its word: the tasks of the plans over a region, the papers that name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from zhitong.domain.analysis.queries.overseeing import Overseen
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.models import Paper
from zhitong.domain.papers.queries.plans import plan_seen
from zhitong.domain.papers.queries.sight import seen_by
from zhitong.domain.plans.models import Task
from zhitong.domain.plans.queries import plans_seen
from zhitong.kit.refusals import NotFound
from zhitong.policy.shapes import Plan

SHORTEST_NAMED = 3
"""A shorter word stands in too many clauses to lead anywhere."""
MOST_PAPERS, SHOWN = 5, 3


@dataclass(frozen=True, slots=True)
class NamedTask:
    """A task of a plan in force whose text says the word."""

    campaign: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper that says the word: in its task at a place of the reading (`task_place`, from 0), or outside every task."""

    paper_id: UUID
    title: str
    task: str
    task_place: int | None


@dataclass(slots=True)
class Named:
    """Where a word is named."""

    tasks: list[NamedTask] = field(default_factory=list)
    papers: list[NamedPaper] = field(default_factory=list)


def naming(viewer: Viewer, seen: Overseen, words: Collection[str]) -> dict[str, Named]:
    """Where each word is named: at most SHOWN tasks and papers of each (five queries, and three for each of MOST_PAPERS)."""
    found = {word: Named() for word in words if len(word) >= SHORTEST_NAMED}
    if found:
        _in_tasks(viewer, seen, found)
        _in_papers(viewer, found)
    return found


def _in_tasks(viewer: Viewer, seen: Overseen, found: dict[str, Named]) -> None:
    above = {one.id for one in seen.path}
    plans = [plan.id for plan in plans_seen(viewer) if plan.region_id in above]
    rows = Task.objects.filter(plan_id__in=plans).order_by("-plan__region__position", "position")
    for campaign, number, title, content in rows.values_list("plan__campaign", "number", "title", "content"):
        for word in _said(found, f"{title}\n{content}"):
            if len(found[word].tasks) < SHOWN:
                found[word].tasks.append(NamedTask(campaign, number, title))


def _in_papers(viewer: Viewer, found: dict[str, Named]) -> None:
    says_one = Q()
    for word in found:
        says_one |= Q(text__contains=word)
    for paper in Paper.objects.filter(seen_by(viewer), says_one).order_by("-id")[:MOST_PAPERS]:
        plan = _read(viewer, paper)
        for word in _said(found, paper.text):
            if len(found[word].papers) < SHOWN:
                found[word].papers.append(_named(paper, plan, word))


def _read(viewer: Viewer, paper: Paper) -> Plan | None:
    try:
        return plan_seen(viewer, paper).plan
    except NotFound:
        return None


def _named(paper: Paper, plan: Plan | None, word: str) -> NamedPaper:
    at = paper.text.index(word)
    tasks = enumerate(plan.tasks) if plan else ()
    place, title = next(((n, one.title) for n, one in tasks if one.start <= at < one.end), (None, ""))
    return NamedPaper(paper.id, paper.title, title, place)


def _said(words: Iterable[str], text: str) -> list[str]:
    return [word for word in words if word in text]
