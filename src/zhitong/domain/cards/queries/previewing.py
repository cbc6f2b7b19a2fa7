"""What a round would ask before it is opened: who would owe, who cares for none, how long it takes; and what may be opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.models import Round, TemplateRow, Timetable
from zhitong.domain.cards.queries.reviewing import ask_regions
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.cards.rules.periods import AskedPeriod, period_before
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import NotFound

SECONDS_A_FIELD = 20
"""How long one field takes to fill in, on average: set by this system, for the preview of the burden alone."""
NAMED = 20

_OWING = """
SELECT count(*), count(*) FILTER (WHERE care.subject_id IS NULL), count(*) FILTER (WHERE subject.unit_id IS NULL),
       count(*) FILTER (WHERE listed.subject_id IS NOT NULL)
FROM subjects_subject subject
LEFT JOIN (SELECT DISTINCT subject_id FROM subjects_care WHERE until IS NULL) care ON care.subject_id = subject.id
LEFT JOIN (SELECT DISTINCT subject_id FROM subjects_membership WHERE until IS NULL) listed
    ON listed.subject_id = subject.id
WHERE subject.kind = %s AND subject.ended_on IS NULL AND subject.region_id = ANY(%s)
"""
_UNCARED = """
SELECT subject.name FROM subjects_subject subject
WHERE subject.kind = %s AND subject.ended_on IS NULL AND subject.region_id = ANY(%s)
  AND NOT EXISTS (SELECT 1 FROM subjects_care care WHERE care.subject_id = subject.id AND care.until IS NULL)
ORDER BY subject.name, subject.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Openable:
    """A template that a round can ask for, with what its campaign's timetable proposes today."""

    code: str
    name: str
    subject_kind: str
    period: Period
    asked: AskedPeriod | None
    days: tuple[date, date, date] | None
    review_ranks: tuple[Rank, ...]


@dataclass(frozen=True, slots=True)
class RoundPreview:
    """Who would owe a card: how many, without care (some by name), without account, on a list; and the hours it takes."""

    owed: int
    without_care: int
    without_account: int
    listed: int
    named_without_care: Sequence[str]
    fields: int
    hours: int
    is_open_already: bool


def templates_to_open(campaign: str, *, today: date) -> list[Openable]:
    """The newest version of every template of a campaign, by kind of subject; two queries once they are read."""
    newest: dict[str, UUID] = {}
    for code, template_id in TemplateRow.objects.filter(campaign=campaign).order_by("code", "version").values_list("code", "id"):
        newest[code] = template_id
    plans = {one.template_code: one for one in Timetable.objects.filter(campaign=campaign)}
    return [_openable(code, template_id, plans.get(code), today) for code, template_id in newest.items()]


def preview_round(viewer: Viewer, campaign: str, template_code: str, region_id: UUID, period: str) -> RoundPreview:
    """What opening a round would ask now.

    Raises NotFound: no such template, or the region is not within the viewer's own.
    """
    here = ask_regions(viewer, [region_id])
    row = TemplateRow.objects.filter(campaign=campaign, code=template_code).order_by("-version").first()
    if row is None:
        raise NotFound
    regions = list(here.within(region_id))
    with connection.cursor() as cursor:
        cursor.execute(_OWING, [row.subject_kind, regions])
        owed, without_care, without_account, listed = cursor.fetchone()
        cursor.execute(_UNCARED, [row.subject_kind, regions, NAMED])
        named = [name for (name,) in cursor.fetchall()]
    count = sum(1 for _field in template(row.id).fields())
    known = Round.objects.filter(
        template__campaign=campaign, template__code=template_code, region_id=region_id, period=period
    )
    return RoundPreview(
        owed, without_care, without_account, listed, named, count, round(owed * count * SECONDS_A_FIELD / 3600),
        known.exists(),
    )


def _openable(code: str, template_id: UUID, plan: Timetable | None, today: date) -> Openable:
    form = template(template_id)
    days = (plan.opens_day, plan.due_day, plan.locked_day) if plan else None
    return Openable(
        code, form.name, form.kind, form.period, period_before(today, form.period),
        (today.replace(day=days[0]), today.replace(day=days[1]), today.replace(day=days[2])) if days else None,
        tuple(Rank(rank) for rank in plan.review_ranks) if plan else (),
    )
