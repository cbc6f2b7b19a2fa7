"""The story of a problem: what happened, the answers given, the climbs, and who kept it for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhitong.domain.history.queries import ToldFact
from zhitong.domain.organisations.queries import person_names, post_titles, unit_names
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.models import Answer, Escalation, Spell, Verdict
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.rules.facts import INNER_WORDS, TOLD_WORDS, ProblemFact
from zhitong.domain.problems.rules.kinds import EscalationState, Outcome, PowerMissing, Rating, SpellKind


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the timeline."""

    at: datetime
    kind: ProblemFact
    unit: str
    who: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer; `shown_at` is None while it is still on its way down."""

    unit: str
    outcome: Outcome
    text: str
    planned_on: date | None
    power_missing: PowerMissing | None
    answered_at: datetime
    shown_at: datetime | None
    rating: Rating | None
    rating_words: str
    reply_rating: Rating | None = None
    head_rating: Rating | None = None
    head_words: str = ""


@dataclass(frozen=True, slots=True)
class EscalationView:
    """A step up, proposed or taken."""

    from_unit: str
    to_unit: str
    state: EscalationState
    power_missing: PowerMissing | None
    tried: str
    asked_for: str
    consent_by: str
    consent_on: date | None
    ruling: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class SpellView:
    """A stretch of accountability."""

    kind: SpellKind
    unit: str
    level: str
    started_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    due_at: datetime | None


def timeline_of(
    facts: Sequence[ToldFact], is_reporter: bool, has_answer: bool, hidden_unit_id: UUID | None
) -> tuple[Told, ...]:
    """What happened, as the viewer may read it; what the hidden unit did was done by somebody unnamed."""
    units = unit_names(fact.unit_id for fact in facts)
    people = person_names(fact.person_id for fact in facts)
    posts = post_titles(fact.post_id for fact in facts)
    labels = TOLD_WORDS if is_reporter else INNER_WORDS
    lines = []
    for fact in facts:
        kind = ProblemFact(fact.kind)
        if is_reporter and (not kind.told or (kind is ProblemFact.COMPLETED and not has_answer)):
            continue
        person = people.get(fact.person_id, "") if fact.person_id else ""
        title = posts.get(fact.post_id, "") if fact.post_id else ""
        who = "按规则自动办理" if fact.via == "rule" else "到期自动办理" if fact.via == "schedule" else f"{title} {person}".strip()
        words = tuple((labels[key], text) for key, text in fact.words.items() if key in labels and text)
        if hidden_unit_id is not None and fact.unit_id == hidden_unit_id:
            lines.append(Told(fact.at, kind, UNNAMED, "", words))
            continue
        lines.append(Told(fact.at, kind, units.get(fact.unit_id, "") if fact.unit_id else "",
                          "" if is_reporter else who, words))
    return tuple(lines)


def answers_of(problem_id: UUID, is_reporter: bool) -> tuple[AnswerView, ...]:
    rows = Answer.objects.filter(problem_id=problem_id).order_by("answered_at", "id")
    verdicts = {(row.answer_id, row.by_head): row for row in Verdict.objects.filter(problem_id=problem_id)}
    shown = [row for row in rows if row.shown_at or not is_reporter]
    names = unit_names(row.unit_id for row in shown)
    return tuple(
        AnswerView(
            names[row.unit_id], Outcome(row.outcome), row.text, row.planned_on,
            PowerMissing(row.power_missing) if row.power_missing else None, row.answered_at, row.shown_at,
            **_said_of(verdicts.get((row.id, False)), verdicts.get((row.id, True))),
        )
        for row in shown
    )


def _said_of(reporter: Verdict | None, head: Verdict | None) -> dict[str, Any]:
    return {
        "rating": Rating(reporter.rating) if reporter else None, "rating_words": reporter.words if reporter else "",
        "reply_rating": Rating(reporter.reply_rating) if reporter and reporter.reply_rating else None,
        "head_rating": Rating(head.rating) if head else None, "head_words": head.words if head else "",
    }


def escalations_of(problem_id: UUID, here: Directory) -> tuple[EscalationView, ...]:
    rows = Escalation.objects.filter(problem_id=problem_id).order_by("proposed_at", "id")
    return tuple(
        EscalationView(
            here.name_of(row.from_unit_id), here.name_of(row.to_unit_id) if row.to_unit_id else "",
            EscalationState(row.state), PowerMissing(row.power_missing) if row.power_missing else None, row.tried,
            row.asked_for, row.consent_by, row.consent_on, row.ruling, row.proposed_at,
        )
        for row in rows
    )


def spells_of(problem_id: UUID, here: Directory) -> tuple[SpellView, ...]:
    rows = Spell.objects.filter(problem_id=problem_id).order_by("started_at", "id")
    return tuple(
        SpellView(
            SpellKind(row.kind), here.name_of(row.unit_id), here.regions[row.region_id].name, row.started_at,
            row.ended_at, row.acknowledged_at, row.due_at,
        )
        for row in rows
    )
