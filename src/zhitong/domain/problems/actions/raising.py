"""Raising problems: what a reporter hands in becomes a problem, and where a rule knows the way it is dispatched at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.cards.rules.texts import text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.parts import asked, part_row
from zhitong.domain.problems.actions.running import Desk, desk
from zhitong.domain.problems.actions.spells import first_limit, on_desk, stage_values, with_unit
from zhitong.domain.problems.actions.staying import write_stays
from zhitong.domain.problems.actions.writing import (
    MUTABLE,
    casts,
    columns,
    fact_of,
    mutable_values,
    post_moves,
    write_parties,
    write_spells,
)
from zhitong.domain.problems.models import Part
from zhitong.domain.problems.rules.kinds import (
    UNDECIDED,
    Nature,
    PartKind,
    PartyRole,
    Source,
    SpellKind,
    Stage,
    State,
    Urgency,
)
from zhitong.domain.problems.rules.numbering import number_of
from zhitong.domain.problems.rules.prechecking import township_of
from zhitong.domain.problems.rules.routing import Route, Traits, route, traits_of
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.acts import whole
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, Refused

_FIXED = (
    ("id", "uuid"), ("number", "text"), ("campaign", "text"), ("source", "text"),
    ("subject_id", "uuid"), ("subject_name", "text"), ("subject_kind", "text"), ("reporter_unit_id", "uuid"), ("region_id", "uuid"),
    ("text", "text"), ("known_to_head", "boolean"), ("confidential", "boolean"), ("unnamed", "boolean"),
    ("recorded", "boolean"), ("happened_at", "timestamptz"), ("outside_ref", "text"), ("split_from_id", "uuid"),
    ("tier", "text"), ("card_row", "uuid"), ("submitted_at", "timestamptz"),
)


LONGEST_TEXT = 5000


class NoSuchCategory(Refused):
    """The campaign has no such category for this kind of subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One matter handed in by or for a subject; an unknown one has a name and no kind.

    `taken_by_id` is the unit that already has it in hand, whatever a rule would say; `recorded` means written down
    afterwards, of something that happened at `happened_at`; the clocks run from `now` all the same.
    """

    campaign: str
    source: Source
    subject_id: UUID | None
    subject_name: str
    subject_kind: str
    sub_kind: str = ""
    subject_stage: str = ""
    tier: str = ""
    reporter_unit_id: UUID | None
    region_id: UUID
    category: str
    text: str
    nature: Nature = Nature.REQUEST
    urgency: Urgency = Urgency.ORDINARY
    known_to_head: bool = False
    confidential: bool = False
    unnamed: bool = False
    recorded: bool = False
    happened_at: datetime | None = None
    outside_ref: str = ""
    split_from_id: UUID | None = None
    taken_by_id: UUID | None = None
    card_row: UUID | None = None
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class _Raised:
    """A report with the problem it becomes and the changes that bring it there."""

    report: Report
    standing: Standing
    changes: tuple[Change, ...]
    parties: tuple[tuple[UUID, PartyRole], ...]
    spells: tuple[tuple[UUID, UUID | None, Any], ...]
    parts: tuple[dict[str, Any], ...] = ()


@whole
def raise_problems(reports: Sequence[Report]) -> list[Standing]:
    """Open a problem for each report, in order; where a rule finds the unit it is accepted and dispatched at once.

    What no rule sends stays at the desk of the region's campaign office. Seven statements whatever the number,
    one more where a rule names joint leads.
    Raises BadInput: a text is empty, too long, or bears a mark of classification.
    Raises NoSuchCategory: the category does not belong to the kind of subject.
    """
    if not reports:
        return []
    here = desk()
    numbers = _next_numbers(len(reports))
    raised = [_raise(report, serial, here) for report, serial in zip(reports, numbers, strict=True)]
    _insert(raised)
    write_parties(
        (one.standing.id, unit_id, role.value, one.report.now) for one in raised for unit_id, role in one.parties
    )
    write_spells(spell for one in raised for spell in one.spells)
    Part.objects.bulk_create([Part(**part) for one in raised for part in one.parts])
    post_moves([(None, one.standing) for one in raised], here.directory)
    write_stays(((None, one.standing, one.standing.last_act, one.report.now) for one in raised), here.directory)
    record_many([fact for one in raised for fact in _facts(one)])
    return [one.standing for one in raised]


def _next_numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('problems_number') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def _raise(report: Report, serial: int, here: Desk) -> _Raised:
    trouble = text_trouble(report.text, LONGEST_TEXT)
    if trouble:
        raise BadInput(trouble, {"text": trouble})
    book = here.book(report.campaign)
    if not book.has(report.subject_kind, report.category):
        raise NoSuchCategory("所选问题类别不适用于这类服务对象，请重新选择。")
    office = here.directory.office(report.region_id)
    assert office is not None, "the root region has a campaign office: the package check demands it"
    standing = _submitted(report, serial, here)
    standing = replace(standing, **on_desk(SpellKind.INTAKE, Stage.DISPATCH, office, standing, here, report.now))
    way = _way(report, here)
    standing = replace(standing, line_id=way.line_id, rule_code=way.rule_code, routing_words=way.words)
    parties = [(office.id, PartyRole.OFFICE)]
    if report.reporter_unit_id:
        parties.append((report.reporter_unit_id, PartyRole.INFORMED))
    checker = _prechecker(report, here)
    if checker is not None:
        clock = here.clock(Stage.PRECHECK, standing, report.region_id, report.now, checker.id)
        if clock is not None:
            standing = replace(standing, prechecker_unit_id=checker.id, **stage_values(Stage.PRECHECK, clock))
            parties.append((checker.id, PartyRole.INFORMED))
            way = replace(way, unit=None)
    if way.unit is None:
        return _Raised(report, standing, (), (*parties, *_writer(report)), ((standing.id, None, standing.spell),))
    return _sent(report, standing, way, parties, here)


def _prechecker(report: Report, here: Desk) -> UnitEntry | None:
    """The township that looks first, where the package gives it time; what it wrote itself it has looked at."""
    if report.confidential or report.recorded or report.taken_by_id or report.split_from_id:
        return None
    unit = township_of(report.region_id, here.directory)
    return unit if unit is not None and unit.id != report.actor.unit_id else None


def _writer(report: Report) -> list[tuple[UUID, PartyRole]]:
    """The unit that writes for another goes on seeing what it wrote, whoever gets it."""
    if report.actor.unit_id is None or report.actor.unit_id == report.reporter_unit_id:
        return []
    return [(report.actor.unit_id, PartyRole.INFORMED)]


def _way(report: Report, here: Desk) -> Route:
    """Where it goes first: to who has it in hand, to the office while nobody has sorted it, else as a rule says."""
    found = Route(None, None, (), "", "类别待定，由属地活动办公室确定类别后交办。")
    if report.category != UNDECIDED:
        rules = here.book(report.campaign).routing
        found = route(traits=_traits(report, here), region_id=report.region_id, rules=rules, directory=here.directory)
    if report.taken_by_id is None:
        return found
    unit = here.directory.units[report.taken_by_id]
    said = "当场接办" if unit.id == report.actor.unit_id else "原已承办，继续办理"
    return Route(unit, found.line_id, (), "", f"{unit.name}{said}。")


def _sent(
    report: Report, submitted: Standing, way: Route, parties: list[tuple[UUID, PartyRole]], here: Desk
) -> _Raised:
    """Accepted and dispatched in the same moment, by rule or by who has it in hand: the first spell is the unit's."""
    assert way.unit is not None and submitted.spell is not None, "only a found unit is dispatched to"
    by_rule = Actor(None, None, submitted.spell.unit_id, "rule", report.actor.request_id)
    sender = report.actor if report.taken_by_id else by_rule
    accepted = moved(submitted, Act.ACCEPT, sender, report.now, state=State.ACCEPTED, accepted_at=report.now)
    sending = sent_by_rule(accepted, way, sender, here, report.now)
    changes = (Change(Act.ACCEPT, sender, report.now, submitted, accepted), sending)
    joined = (*parties, *sending.parties, *_writer(report))
    parts = tuple(dict(values) for _model, values in sending.rows)
    return _Raised(report, sending.after, changes, joined, ((submitted.id, None, sending.after.spell),), parts)


def sent_by_rule(accepted: Standing, way: Route, sender: Actor, here: Desk, at: datetime) -> Change:
    """The dispatch of an accepted matter to the unit a rule found, with those who lead it jointly and support it."""
    assert way.unit is not None, "only a found unit is dispatched to"
    sent = moved(
        accepted, Act.DISPATCH, sender, at, state=State.DISPATCHED,
        **with_unit(way.unit, accepted, here, at), **first_limit(accepted, here, way.unit, at),
    )
    leads = [here.directory.units[unit_id] for unit_id in way.joint_unit_ids]
    asked_for = f"与{way.unit.name}共同牵头：请办理本单位职责内的部分并反馈。"
    parts = [part_row(PartKind.JOINT, one, sent, here, at, asked_for) for one in leads]
    return Change(
        Act.DISPATCH, sender, at, accepted, replace(sent, **asked({one.id for one in leads}, sent)),
        parties=(
            (way.unit.id, PartyRole.HANDLER), *((one, PartyRole.JOINT) for one in way.joint_unit_ids),
            *((one, PartyRole.SUPPORT) for one in way.support_unit_ids),
        ),
        rows=tuple(("Part", part) for part in parts),
        body={"rule": way.rule_code, "support": way.support_unit_ids, "joint": way.joint_unit_ids}, words={"why": way.words},
    )


def _submitted(report: Report, serial: int, here: Desk) -> Standing:
    return Standing(
        id=uuid7(), number=number_of(here.directory.path(report.region_id), report.now, serial),
        campaign=report.campaign, region_id=report.region_id, reporter_unit_id=report.reporter_unit_id,
        subject_kind=report.subject_kind, category=report.category, line_id=None, nature=report.nature,
        urgency=report.urgency, confidential=report.confidential, unnamed=report.unnamed,
        recorded=report.recorded, source=report.source, tier=report.tier, state=State.SUBMITTED, spell=None,
        level_region_id=report.region_id, last_act=Act.SUBMIT, last_unit_id=report.actor.unit_id,
        last_at=report.now, submitted_at=report.now,
    )


def _traits(report: Report, here: Desk) -> Traits:
    return traits_of(
        kind=report.subject_kind, sub_kind=report.sub_kind, stage=report.subject_stage, category=report.category,
        tier=report.tier, path=here.directory.path(report.region_id),
    )


def _insert(raised: Sequence[_Raised]) -> None:
    rows = []
    for one in raised:
        report, standing = one.report, one.standing
        rows.append((
            standing.id, standing.number, report.campaign, report.source.value, report.subject_id, report.subject_name,
            report.subject_kind, report.reporter_unit_id, report.region_id, report.text, report.known_to_head,
            report.confidential, report.unnamed, report.recorded, report.happened_at, report.outside_ref,
            report.split_from_id, report.tier, report.card_row, report.now,
            *mutable_values(standing),
        ))
    names = ", ".join((*(name for name, _type in _FIXED), *(column for _name, column, _type in MUTABLE)))
    types = [*(kind for _name, kind in _FIXED), *(kind for _name, _column, kind in MUTABLE)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO problems_problem ({names}) SELECT * FROM unnest({casts(types)})", columns(rows, len(types))
        )


def _facts(one: _Raised) -> list[Fact]:
    report = one.report
    body = {
        "category": report.category, "source": report.source, "nature": report.nature, "region": report.region_id,
        "subject": report.subject_id, "confidential": report.confidential, "urgency": report.urgency,
        **({"recorded": True, "happened": report.happened_at} if report.recorded else {}),
    }
    submitted = Fact(
        "problem.submitted", "problem", one.standing.id, report.actor, report.now, body, {"text": report.text}
    )
    return [submitted, *(fact_of(change) for change in one.changes)]
