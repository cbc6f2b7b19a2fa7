"""Sorting at the office's desk: correct the register, merge what was said twice, split what holds several matters; and
the objection to a decline. Requirement R-F9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.problems.actions.raising import NoSuchCategory, Report, raise_problems
from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run, run_seeing
from zhitong.domain.problems.actions.spells import on_desk, stage_values
from zhitong.domain.problems.models import Problem, Spell
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.kinds import Nature, PartyRole, Source, SpellKind, Stage, State, Urgency
from zhitong.domain.problems.rules.routing import Route, route, traits_of
from zhitong.domain.problems.rules.sorting import Entry, Mergeable, correction_of, merge_trouble, split_trouble
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Step):
    """What the register should say, and why it said otherwise."""

    nature: Nature
    category: str
    urgency: Urgency
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Step):
    """The number of the matter that was reported first, and how one sees that it is the same."""

    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """A matter that leaves a report and goes its own way."""

    category: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Step):
    """What the report itself goes on for, and the matters that leave it."""

    remains: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Object(Step):
    """Why the reporter does not accept that his matter was declined."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge(Step):
    """What the office above rules on an objection, with its reason."""

    reason: str


def correct(steps: Sequence[Correct]) -> list[Standing]:
    """Correct nature, category and urgency; what the register said before stays in the fact.

    Limits that run are not touched: the correction speaks of what has no clock yet. The suggested line follows the category.
    Raises NotNow: nothing would change. Raises NoSuchCategory: the category does not belong to the kind of subject.
    """
    return run_seeing(Act.CORRECT, steps, subjects_of, _correct)


def _correct(step: Correct, standing: Standing, here: Desk, subjects: Mapping[UUID, Mapping[str, Any]]) -> Change:
    book = here.book(standing.campaign)
    if not book.has(standing.subject_kind, step.category):
        raise NoSuchCategory("所选问题类别不适用于这类服务对象，请重新选择。")

    def entry(said: Correct | Standing) -> Entry:
        return Entry(said.nature, said.category, book.label(standing.subject_kind, said.category), said.urgency)

    changed = correction_of(entry(standing), entry(step))
    if not changed:
        raise NotNow("登记的性质、类别、紧急程度与现在的相同，无需更正。")
    settled: dict[str, Any] = {"nature": step.nature, "category": step.category, "urgency": step.urgency}
    if (step.category, step.urgency) != (standing.category, standing.urgency):
        settled["corrected_at"] = step.now
    if step.category != standing.category:
        way = way_of(standing, subjects[standing.id], here, category=step.category)
        settled |= {"line_id": way.line_id, "routing_words": way.words, "rule_code": way.rule_code}
    body = {
        "nature_was": standing.nature, "category_was": standing.category, "urgency_was": standing.urgency,
        "nature": step.nature, "category": step.category, "urgency": step.urgency,
    }
    after = moved(standing, Act.CORRECT, step.actor, step.now, **settled)
    return Change(
        Act.CORRECT, step.actor, step.now, standing, after, body=body, words={"changed": changed, "reason": step.reason}
    )


def way_of(
    standing: Standing, subject: Mapping[str, Any], here: Desk, *, category: str = "", region_id: UUID | None = None
) -> Route:
    """Where a rule sends a matter, if its category were another or it began in another region."""
    traits = traits_of(
        kind=standing.subject_kind, sub_kind=subject["subject__sub_kind"] or "", stage=subject["subject__stage"] or "",
        category=category or standing.category, tier=standing.tier, path=here.directory.path(standing.region_id),
    )
    return route(
        traits=traits, region_id=region_id or standing.region_id, rules=here.book(standing.campaign).routing,
        directory=here.directory,
    )


def subjects_of(problem_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """What routing asks of the subject of each problem."""
    rows = Problem.objects.filter(id__in=problem_ids)
    return {row["id"]: dict(row) for row in rows.values("id", "subject__sub_kind", "subject__stage")}


@transaction.atomic
def merge(steps: Sequence[Merge]) -> list[Standing]:
    """Merge matters into the one that the same reporter reported before; its answer is then shown for both.

    Raises NotNow: it is another's, later, ended, itself, or less open to others than the one it would join.
    """
    mains = dict(Problem.objects.filter(number__in={step.into for step in steps}).values_list("number", "id"))
    standings_locked({*(step.problem_id for step in steps), *mains.values()})  # all at once, in the order of their ids

    def decide(step: Merge, standing: Standing, here: Desk, seen: Mapping[UUID, Mergeable]) -> Change:
        main = seen.get(mains[step.into]) if step.into in mains else None
        trouble = merge_trouble(seen[standing.id], main)
        if trouble:
            raise NotNow(trouble)
        assert main is not None, "what cannot be found is trouble"
        after = moved(
            standing, Act.MERGE, step.actor, step.now, state=State.MERGED, spell=None, ended_at=step.now,
            merged_into_id=main.standing.id, **stage_values(None, None),
        )
        return Change(
            Act.MERGE, step.actor, step.now, standing, after, body={"into": main.standing.id},
            words={"into": main.standing.number, "reason": step.reason},
        )

    return run_seeing(Act.MERGE, steps, lambda ids: _mergeable([*ids, *mains.values()]), decide)


def _mergeable(problem_ids: Sequence[UUID]) -> dict[UUID, Mergeable]:
    subjects = dict(Problem.objects.filter(id__in=problem_ids).values_list("id", "subject_id"))
    return {
        problem_id: Mergeable(standing, subjects[problem_id])
        for problem_id, standing in standings_locked(problem_ids).items()
    }


_KEPT = (
    "source", "subject_id", "subject_name", "known_to_head", "happened_at", "subject__sub_kind", "subject__stage",
)


def split(steps: Sequence[Split]) -> list[Standing]:
    """Divide reports: each goes on for one matter under its number and with its text, the others become problems.

    The new ones are the same reporter's, as confidential and unnamed as the report; where a rule knows their way they are
    dispatched at once. All of it happens, or nothing.
    Raises NotNow: too few or too many parts. Raises what `raise_problems` refuses of a part.
    """
    return run_seeing(Act.SPLIT, steps, _reports_of, _split)


def _split(step: Split, standing: Standing, here: Desk, reports: Mapping[UUID, Mapping[str, Any]]) -> Change:
    trouble = split_trouble(step.parts)
    if trouble:
        raise NotNow(trouble)
    parts = raise_problems([_part_of(step, one, standing, reports[standing.id]) for one in step.parts])
    after = moved(standing, Act.SPLIT, step.actor, step.now)
    return Change(
        Act.SPLIT, step.actor, step.now, standing, after, body={"parts": [part.id for part in parts]},
        words={"remains": step.remains, "parts": "、".join(part.number for part in parts)},
    )


def _part_of(step: Split, part: Part, standing: Standing, report: Mapping[str, Any]) -> Report:
    return Report(
        campaign=standing.campaign, source=Source(report["source"]), subject_id=report["subject_id"],
        subject_name=report["subject_name"], subject_kind=standing.subject_kind,
        sub_kind=report["subject__sub_kind"] or "", subject_stage=report["subject__stage"] or "", tier=standing.tier,
        reporter_unit_id=standing.reporter_unit_id, region_id=standing.region_id, category=part.category, text=part.text,
        nature=standing.nature, urgency=standing.urgency, known_to_head=report["known_to_head"],
        confidential=standing.confidential, unnamed=standing.unnamed, happened_at=report["happened_at"],
        split_from_id=standing.id, actor=step.actor, now=step.now,
    )


def _reports_of(problem_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    return {row["id"]: row for row in Problem.objects.filter(id__in=problem_ids).values("id", *_KEPT)}


def object_to_decline(steps: Sequence[Object]) -> list[Standing]:
    """Object, once, to a matter's being declined; the office above the one that declined it looks at it.

    Raises NotNow: an objection was made before.
    """
    return run_seeing(Act.OBJECT, steps, last_spells, _object)


def _object(step: Object, standing: Standing, here: Desk, last: Mapping[UUID, UUID]) -> Change:
    if standing.objections:
        raise NotNow("已提出过一次异议，上级已复核。有新的情况，请重新反映。")
    home = home_office(standing, here)
    office = here.directory.office_above(home.region_id) or home
    after = moved(
        standing, Act.OBJECT, step.actor, step.now, state=State.OBJECTED, ended_at=None, objections=1,
        **on_desk(SpellKind.OBJECTION, Stage.OBJECTION, office, standing, here, step.now),
    )
    return Change(
        Act.OBJECT, step.actor, step.now, standing, after, parties=((office.id, PartyRole.OFFICE),),
        words={"words": step.words}, follows=last[standing.id],
    )


def overrule(steps: Sequence[Judge]) -> list[Standing]:
    """Have declined matters accepted: they come to the desk of the office that declined them, accepted from now."""
    return run(Act.OVERRULE, steps, _overrule)


def _overrule(step: Judge, standing: Standing, here: Desk) -> Change:
    home = home_office(standing, here)
    after = moved(
        standing, Act.OVERRULE, step.actor, step.now, state=State.ACCEPTED, accepted_at=step.now, decline_reason="",
        **on_desk(SpellKind.DESK, Stage.DISPATCH, home, standing, here, step.now),
    )
    return Change(
        Act.OVERRULE, step.actor, step.now, standing, after, parties=((home.id, PartyRole.OFFICE),),
        body={"declined_for": standing.decline_reason}, words={"reason": step.reason},
    )


def uphold_decline(steps: Sequence[Judge]) -> list[Standing]:
    """Stand by the decline of matters, with the reason told to the reporter; there is no second objection."""

    def decide(step: Judge, standing: Standing, here: Desk) -> Change:
        home = home_office(standing, here)
        after = moved(
            standing, Act.UPHOLD_DECLINE, step.actor, step.now, state=State.DECLINED, spell=None, ended_at=step.now,
            level_region_id=home.region_id, **stage_values(None, None),
        )
        return Change(Act.UPHOLD_DECLINE, step.actor, step.now, standing, after, words={"reason": step.reason})

    return run(Act.UPHOLD_DECLINE, steps, decide)


def home_office(standing: Standing, here: Desk) -> UnitEntry:
    """The campaign office of the region where a matter was raised."""
    office = here.directory.office(standing.region_id)
    assert office is not None, "the root region has a campaign office: the package check demands it"
    return office


def last_spells(problem_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The spell with which each matter ended."""
    rows = Spell.objects.filter(problem_id__in=problem_ids).order_by("started_at", "ended_at", "id")
    return dict(rows.values_list("problem_id", "id"))

