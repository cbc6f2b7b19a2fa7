"""How many there are of everything, counted from the rows, under fixed names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.subjects.models import Care, Membership, Subject
from zhitong.domain.subjects.rules.kinds import PlatformKind, ProjectStage, ServiceSubKind, SubjectKind
from zhitong.domain.subjects.rules.tiers import HELPED

Counts = dict[str, int]
Sorts = Counter[tuple[str, str, str, str]]
"""(kind, tier, sub-kind, stage) → how many."""

NAMES = {SubjectKind.PROJECT: "projects", SubjectKind.PLATFORM: "platforms", SubjectKind.WORK: "works"}
"""Names in the report where it is not the stored word of the kind."""


def report() -> Counts:
    """Every count by its name, in a fixed order; four queries."""
    sorts = _sorts()
    counted = dict(_of_subjects(sorts))
    counted["lists.members"] = Membership.objects.filter(until__isnull=True).count()
    counted["care"] = Care.objects.filter(until__isnull=True).count()
    return counted | dict(_of_problems())


def _sorts() -> Sorts:
    rows = Subject.objects.filter(ended_on__isnull=True).values_list("kind", "tier", "sub_kind", "stage")
    return Counter({tuple(row[:4]): row[4] for row in rows.annotate(Count("id")).order_by()})


def _of_subjects(sorts: Sorts) -> Iterator[tuple[str, int]]:
    """Enterprises by tier, services also by sub-kind, projects by stage, platforms by kind, works."""
    for kind in SubjectKind:
        name = NAMES.get(kind, str(kind))
        yield name, _total(sorts, kind)
        if kind is SubjectKind.WORK:
            continue
        for rank in HELPED:
            yield f"{name}.{rank}", _total(sorts, kind, rank)
            if kind is SubjectKind.SERVICES:
                for sub_kind in ServiceSubKind:
                    yield f"{name}.{rank}.{sub_kind}", _total(sorts, kind, rank, sub_kind=str(sub_kind))
        if kind is SubjectKind.PROJECT:
            yield from ((f"{name}.{stage}", _total(sorts, kind, stage=str(stage))) for stage in ProjectStage)
        if kind is SubjectKind.PLATFORM:
            yield from ((f"{name}.{one}", _total(sorts, kind, sub_kind=str(one))) for one in PlatformKind)
        yield f"{name}.total", _total(sorts, kind)


def _total(sorts: Sorts, kind: SubjectKind, rank: Rank | None = None, *, sub_kind: str = "", stage: str = "") -> int:
    asked = (str(kind), str(rank or ""), sub_kind, stage)
    return sum(
        count for sort, count in sorts.items()
        if all(not want or want == have for want, have in zip(asked, sort, strict=True))
    )


def _of_problems() -> Iterator[tuple[str, int]]:
    states = dict(Problem.objects.values_list("state").annotate(Count("id")).order_by())
    yield "problems", sum(states.values())
    yield "problems.total", sum(states.values())
    yield from ((f"problems.{state}", states.get(str(state), 0)) for state in State)
