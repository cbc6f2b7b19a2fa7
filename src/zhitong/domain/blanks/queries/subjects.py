"""The served of a region, a row each: the register as it is today, figures and matters as they were known at the cut-off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhitong.domain.blanks.queries.asked import Cut
from zhitong.domain.blanks.queries.problems import MOST, Stood, TooMany, care_then
from zhitong.domain.blanks.rules.answers import Answer, Row, Value
from zhitong.domain.blanks.rules.kinds import KINDS_OF, Which
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.subjects.models import Care, DatedFact, Membership, Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.lenses import lenses_of, may_see_figures
from zhitong.domain.subjects.rules.noting import last_day, period_in_words
from zhitong.kit.clock import day_of

REGISTER = "企业（项目）的名称、属地、行业等按现在的名录填写，各期数据和问题件数按截止时间。"


def subject_rows(viewer: Viewer, which: Which, stood: Sequence[Stood], cut: Cut) -> tuple[Answer, list[str]]:
    """A row for each of the served of the wanted kinds, and sentences on what was taken; six queries.

    Raises TooMany.
    """
    lens, kinds = lenses_of(viewer.unit_kind, viewer.reach)[0], [kind.value for kind in KINDS_OF[which]]
    rows = list(through(viewer, lens, cut.region_id).filter(kind__in=kinds).order_by("region__position", "name", "id")[: MOST + 1])
    if len(rows) > MOST:
        raise TooMany(f"这个范围内超过{MOST}户，一张表装不下。请选下级地区，或者只选一类后再填。")
    ids = [row.id for row in rows]
    care, open_to = care_then(ids, cut), _open_figures(viewer, rows)
    figures, periods = _figures(open_to, day_of(cut.at))
    matters = _matters(stood)
    answered = tuple(
        Row(_names(row), {
            "sequence": place, **_registered(row, row.id in open_to), **figures.get(row.id, {}), **care.get(row.id, {}),
            **{name: matters[row.id][name] for name in ("reported", "settled", "unsettled")},
        })
        for place, row in enumerate(rows, start=1)
    )  # fmt: skip
    return Answer(answered), [REGISTER, *periods]


def _names(row: Subject) -> tuple[str, ...]:
    return tuple(name for name in (row.name, row.code) if name)


def _registered(row: Subject, sees_figures: bool) -> dict[str, Value]:
    """What the register says; a field that it leaves open, or that the viewer may not see, is not known."""
    region = directory().regions[row.region_id]
    said: dict[str, Any] = {
        "name": row.name, "code": row.code, "kind": SubjectKind(row.kind).label, "region": region.name, "industry": row.industry,
        "tier": Rank(row.tier).label if row.tier else "", "stage": ProjectStage(row.stage).label if row.stage else "",
        "address": row.address, "progress_words": row.progress_words, "planned_start_on": row.planned_start_on,
        "started_on": row.started_on, "planned_finish_on": row.planned_finish_on, "finished_on": row.finished_on,
    }
    if sees_figures:
        said |= {"revenue_cny": row.revenue_cny, "investment_cny": row.investment_cny, "invested_cny": row.invested_cny}
    return {name: value for name, value in said.items() if value not in (None, "")}


def _open_figures(viewer: Viewer, rows: Sequence[Subject]) -> set[UUID]:
    """Those whose figures the viewer may see; two queries, none for offices."""
    if viewer.reach is Reach.SUBTREE:
        return {row.id for row in rows}
    ids = [row.id for row in rows]
    caring, drawing = defaultdict(set), defaultdict(set)
    for subject_id, unit_id in Care.objects.filter(subject_id__in=ids, until__isnull=True).values_list("subject_id", "unit_id"):
        caring[subject_id].add(unit_id)
    drawn = Membership.objects.filter(subject_id__in=ids, until__isnull=True, list__drawn_by__isnull=False)
    for subject_id, unit_id in drawn.values_list("subject_id", "list__drawn_by_id"):
        drawing[subject_id].add(unit_id)
    return {
        row.id for row in rows
        if may_see_figures(viewer.unit_id, viewer.reach, own_unit_id=row.unit_id, caring_unit_ids=caring[row.id],
                           drawing_unit_ids=drawing[row.id])
    }


def _figures(subject_ids: set[UUID], day: date) -> tuple[dict[UUID, dict[str, Value]], list[str]]:
    """The newest figures of periods that were over on a day, and which periods those are; one query."""
    newest: dict[tuple[UUID, str], tuple[tuple[date, int], DatedFact]] = {}
    for fact in DatedFact.objects.filter(subject_id__in=subject_ids).order_by("id"):
        age = (last_day(fact.period), -len(fact.period))
        kept = newest.get((fact.subject_id, fact.code))
        if age[0] <= day and day_of(fact.noted_at) <= day and (kept is None or age > kept[0]):
            newest[fact.subject_id, fact.code] = (age, fact)
    found: dict[UUID, dict[str, Value]] = defaultdict(dict)
    for (subject_id, code), (_age, fact) in newest.items():
        found[subject_id][f"figure_{code}"] = fact.value
    periods = sorted({fact.period for _age, fact in newest.values()})
    return found, [f"最近一期的数据取自{'、'.join(map(period_in_words, periods))}。"] if periods else []


def _matters(stood: Sequence[Stood]) -> Mapping[UUID, Counter[str]]:
    """How many matters each has reported by the cut-off; of unnamed ones nobody is told whose they are."""
    found: dict[UUID, Counter[str]] = defaultdict(Counter)
    for one in stood:
        if one.row["subject_id"] and one.head.subject_name != UNNAMED:
            found[one.row["subject_id"]].update({"reported": 1, "settled" if one.is_settled else "unsettled": 1})
    return found
