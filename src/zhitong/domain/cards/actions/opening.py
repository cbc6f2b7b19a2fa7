"""Opening a round: who owes a card is written down before anyone reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.cards.actions.asking import require
from zhitong.domain.cards.models import Round, TemplateRow, Timetable
from zhitong.domain.cards.queries.reviewing import ask_regions
from zhitong.domain.cards.rules.cards import standing_of
from zhitong.domain.cards.rules.collection import BY_CARE, BY_LIST, OBLIGATIONS, STANDINGS
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.lateness import USUAL_REVIEW
from zhitong.domain.cards.rules.reminding import USUAL_GRACE, grace_trouble, remind_day
from zhitong.domain.cards.rules.rounds import USUAL_PROOF, MeterStanding, ReminderLevel
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound

_OWE = """
INSERT INTO cards_obligation (id, round_id, subject_id, region_id, collecting_unit_id, caring_unit_id,
                              person_in_charge, position, owed, excuse, remind_on, held_on, held_by_id)
SELECT uuid7(), %(round)s, subject.id, subject.region_id, place.office_id, care.unit_id,
       coalesce(care.person_in_charge, ''),
       row_number() OVER (ORDER BY place.position, subject.name, subject.id), true, '', place.remind_on,
       %(held_on)s::date, %(held_by)s::uuid
FROM subjects_subject subject
JOIN unnest(%(regions)s::uuid[], %(offices)s::uuid[], %(remind)s::date[]) WITH ORDINALITY
    AS place (region_id, office_id, remind_on, position) ON place.region_id = subject.region_id
LEFT JOIN LATERAL (
    SELECT unit_id, person_in_charge FROM subjects_care
    WHERE subjects_care.subject_id = subject.id AND until IS NULL
    ORDER BY array_position(%(nearest)s::text[], tier::text), subjects_care.id LIMIT 1
) care ON true
WHERE subject.kind = %(kind)s AND subject.ended_on IS NULL
"""
_LIST = """
INSERT INTO cards_obligation_list (id, obligation_id, list_id)
SELECT uuid7(), obligation.id, member.list_id FROM cards_obligation obligation
JOIN subjects_membership member ON member.subject_id = obligation.subject_id AND member.until IS NULL
WHERE obligation.round_id = %(round)s
"""
_COUNT = """
SELECT '', region_id, count(*) FROM cards_obligation WHERE round_id = %(round)s GROUP BY region_id
UNION ALL
SELECT 'care ' || caring_unit_id, region_id, count(*) FROM cards_obligation
WHERE round_id = %(round)s AND caring_unit_id IS NOT NULL GROUP BY caring_unit_id, region_id
UNION ALL
SELECT 'list ' || listed.list_id, obligation.region_id, count(*) FROM cards_obligation obligation
JOIN cards_obligation_list listed ON listed.obligation_id = obligation.id
WHERE obligation.round_id = %(round)s GROUP BY listed.list_id, obligation.region_id
"""
"""What an INSERT has written is seen by the policies of the next statement only: so three statements, not one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundToOpen:
    """A template (newest version of a code) asked for in a period of every subject of its kind in a region.

    `review_ranks` (levels above the collecting office that accept too) and `grace` (working days by level of reminding)
    are the campaign's when not given.
    """

    campaign: str
    template_code: str
    region_id: UUID
    period: str
    name: str
    opens_on: date
    due_on: date
    locked_on: date
    actor: Actor
    review_ranks: tuple[Rank, ...] | None = None
    grace: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A round and how many owe a card in it; `is_new` is false when it was open already."""

    round_id: UUID
    owed: int
    is_new: bool


@transaction.atomic
def open_rounds(rounds: Sequence[RoundToOpen], *, now: datetime) -> list[Opened]:
    """Open rounds with their obligations, lists and care frozen, three statements each; opening the same again changes nothing.

    Subjects are ordered by region, then by name; that order is the list's for ever.
    Raises NotYours, NotFound: an office opens rounds for its own region and below.
    Raises NotFound: no template of that code is published, or it is retired. Raises BadInput: the days do not follow each other.
    """
    require(Permission.DISPATCH)
    viewer = scope.present()
    here = ask_regions(viewer, [one.region_id for one in rounds]) if viewer else directory()
    return [_open(one, here, now) for one in rounds]


def _open(one: RoundToOpen, here: Directory, now: datetime) -> Opened:
    template = (
        TemplateRow.objects.filter(campaign=one.campaign, code=one.template_code).order_by("-version").first()
    )
    if template is None:
        raise NotFound(f"还没有发布代码为“{one.template_code}”的卡片式样，请先发布再开放填报。")
    if template.retired_at is not None:
        raise NotFound(f"表式“{template.definition['name']}”已经停用，不能再开放填报。请改用现行的表式。")
    if not one.opens_on <= one.due_on <= one.locked_on:
        raise BadInput("填报期的开始、截止和锁定日期须依次在后，请改正后再开放。")
    kept = Round.objects.filter(
        template__campaign=one.campaign, template__code=one.template_code, region_id=one.region_id, period=one.period
    ).first()
    if kept is not None:
        return Opened(kept.id, kept.obligations.count(), False)
    plan = Timetable.objects.filter(campaign=one.campaign, template_code=one.template_code).first()
    grace = dict(one.grace if one.grace is not None else plan.grace if plan else USUAL_GRACE)
    ranks = one.review_ranks if one.review_ranks is not None else (plan.review_ranks if plan else ())
    trouble = grace_trouble(grace)
    if trouble:
        raise BadInput(trouble)
    opened = Round.objects.create(
        id=uuid7(), template=template, region_id=one.region_id, period=one.period, name=one.name,
        opens_on=one.opens_on, due_on=one.due_on, locked_on=one.locked_on, review_ranks=[str(rank) for rank in ranks],
        grace=grace, review_workdays=plan.review_workdays if plan else USUAL_REVIEW,
        proof_reasons=plan.proof_reasons if plan else list(map(str, USUAL_PROOF)),
    )
    owed = _owe(opened, template.subject_kind, here, day_of(now))
    post(_cells(opened.id, template.subject_kind, owed))
    count = sum(owed[""].values())
    record_many([
        Fact(
            str(CardFact.ROUND_OPENED), "card_round", opened.id, one.actor, now,
            {"template": template.id, "region": one.region_id, "period": one.period, "due": one.due_on, "owed": count},
        )
    ])
    return Opened(opened.id, count, True)


Owing = Mapping[str, Mapping[UUID, int]]
"""How many owe by region: all under "", under "care <unit>" and "list <list>" those of a caring unit or a list."""


def _owe(opened: Round, kind: str, here: Directory, today: date) -> Owing:
    """Write the obligations with the lists and the care they are frozen with; returns how many by region.

    A round opened after its own due day is late because of the level that opened it, not of whom it asks.
    """
    regions = [region for region in here.within(opened.region_id) if here.office(region)]
    offices = [office.id for region in regions if (office := here.office(region))]
    opener = here.office(opened.region_id) if today > opened.due_on else None
    with connection.cursor() as cursor:
        cursor.execute(_OWE, {
            "round": opened.id, "kind": kind, "regions": regions, "offices": offices,
            "remind": [_first_reminder(opened, region, here) for region in regions],
            "nearest": [str(rank) for rank in reversed(Rank)],
            "held_on": today if opener else None, "held_by": opener.id if opener else None,
        })
        cursor.execute(_LIST, {"round": opened.id})
        cursor.execute(_COUNT, {"round": opened.id})
        owed: dict[str, dict[UUID, int]] = {"": {}}
        for what, region, count in cursor.fetchall():
            owed.setdefault(what, {})[region] = int(count)
        return owed


def _first_reminder(opened: Round, region_id: UUID, here: Directory) -> date:
    works_on = calendar_of(here.calendar_owners(region_id)).works_on
    return remind_day(opened.due_on, opened.grace.get(str(ReminderLevel.FIRM), 0), works_on)


def _cells(round_id: UUID, kind: str, owed: Owing) -> dict[Cell, int]:
    missing = MeterStanding.MISSING
    cells: dict[Cell, int] = {}
    for what, by_region in owed.items():
        cut, _, named = what.partition(" ")
        for region, count in by_region.items():
            if cut == "care":
                cells[BY_CARE.cell(region, named, round_id, missing)] = count
            elif cut == "list":
                cells[BY_LIST.cell(region, named, round_id, missing)] = count
            else:
                cells[OBLIGATIONS.cell(region, round_id, standing_of(None), kind)] = count
                cells[STANDINGS.cell(region, round_id, missing, kind)] = count
    return cells
