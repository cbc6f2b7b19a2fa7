"""Opening a round: who owes a card is written down before anyone reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.cards.actions.asking import require
from zhitong.domain.cards.models import Round, TemplateRow
from zhitong.domain.cards.queries.reviewing import ask_regions
from zhitong.domain.cards.rules.cards import standing_of
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import Cell
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound

_OWE = """
WITH written AS (
    INSERT INTO cards_obligation (id, round_id, subject_id, region_id, collecting_unit_id, position, owed)
    SELECT uuid7(), %(round)s, subject.id, subject.region_id, place.office_id,
           row_number() OVER (ORDER BY place.position, subject.name, subject.id), true
    FROM subjects_subject subject
    JOIN unnest(%(regions)s::uuid[], %(offices)s::uuid[]) WITH ORDINALITY AS place (region_id, office_id, position)
        ON place.region_id = subject.region_id
    WHERE subject.kind = %(kind)s AND subject.ended_on IS NULL
    RETURNING region_id
)
SELECT region_id, count(*) FROM written GROUP BY region_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundToOpen:
    """A template (newest version of a code) asked for in a period of every subject of its kind in a region."""

    campaign: str
    template_code: str
    region_id: UUID
    period: str
    name: str
    opens_on: date
    due_on: date
    locked_on: date
    actor: Actor


@dataclass(frozen=True, slots=True)
class Opened:
    """A round and how many owe a card in it; `is_new` is false when it was open already."""

    round_id: UUID
    owed: int
    is_new: bool


@transaction.atomic
def open_rounds(rounds: Sequence[RoundToOpen], *, now: datetime) -> list[Opened]:
    """Open rounds with their obligations, one INSERT … SELECT each; opening the same again changes nothing.

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
    opened = Round.objects.create(
        id=uuid7(), template=template, region_id=one.region_id, period=one.period, name=one.name,
        opens_on=one.opens_on, due_on=one.due_on, locked_on=one.locked_on,
    )
    owed = _owe(opened.id, template.subject_kind, one.region_id, here)
    post(_cells(opened.id, template.subject_kind, owed))
    count = sum(owed.values())
    record_many([
        Fact(
            str(CardFact.ROUND_OPENED), "card_round", opened.id, one.actor, now,
            {"template": template.id, "region": one.region_id, "period": one.period, "due": one.due_on, "owed": count},
        )
    ])
    return Opened(opened.id, count, True)


def _owe(round_id: UUID, kind: str, region_id: UUID, here: Directory) -> Mapping[UUID, int]:
    """Write the obligations; returns how many by region."""
    regions = list(here.within(region_id))
    offices = [here.office(region) for region in regions]
    places = [(region, office.id) for region, office in zip(regions, offices, strict=True) if office]
    with connection.cursor() as cursor:
        cursor.execute(_OWE, {
            "round": round_id, "kind": kind,
            "regions": [region for region, _office in places], "offices": [office for _region, office in places],
        })
        return {row[0]: int(row[1]) for row in cursor.fetchall()}


def _cells(round_id: UUID, kind: str, owed: Mapping[UUID, int]) -> dict[Cell, int]:
    return {OBLIGATIONS.cell(region, round_id, standing_of(None), kind): count for region, count in owed.items()}
