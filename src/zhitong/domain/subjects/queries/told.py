"""What happened to one of the served, as its page tells it; amounts only to those who may see its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import directory, person_names, unit_names
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import AssistanceList
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.domain.subjects.rules.describing import Field
from zhitong.domain.subjects.rules.facts import SubjectFact
from zhitong.domain.subjects.rules.kinds import RemovalCause, SubjectEnd
from zhitong.domain.subjects.rules.known import Known
from zhitong.domain.subjects.rules.noting import period_in_words
from zhitong.domain.subjects.rules.tiers import yuan_in_words

SHOWN_FIGURES = 4


@dataclass(frozen=True, slots=True)
class SubjectTold:
    """One thing that happened: what, by which unit and person, and in words what it led to."""

    at: datetime
    kind: SubjectFact
    unit: str
    who: str
    words: tuple[str, ...]


def told_of(subject: SubjectView) -> list[SubjectTold]:
    """Everything that happened to a subject that was opened, the newest first; four queries."""
    kinds = {word.value for word in SubjectFact}
    facts = [fact for fact in facts_about(subject.id) if fact.kind in kinds]
    units, people = unit_names(fact.unit_id for fact in facts), person_names(fact.person_id for fact in facts)
    lists = dict(AssistanceList.objects.filter(id__in=_lists_in(facts)).values_list("id", "name"))
    return [
        SubjectTold(
            fact.at, SubjectFact(fact.kind), units.get(fact.unit_id, "") if fact.unit_id else "",
            people.get(fact.person_id, "") if fact.person_id else "", tuple(_words(fact, lists, subject.sees_figures)),
        )
        for fact in reversed(facts)
    ]


def _lists_in(facts: list[ToldFact]) -> set[UUID]:
    return {UUID(fact.body["list"]) for fact in facts if fact.body.get("list")}


def _words(fact: ToldFact, lists: dict[UUID, str], sees_figures: bool) -> Iterator[str]:
    body, words = fact.body, fact.words
    if body.get("list"):
        yield lists.get(UUID(body["list"]), "")
    if body.get("cause"):
        yield RemovalCause(body["cause"]).label
    if fact.kind == SubjectFact.ENDED.value:
        yield f"{SubjectEnd(body['reason']).label}，{body['on']}"
    if fact.kind == SubjectFact.RELOCATED.value:
        yield _move(body)
    if fact.kind == SubjectFact.NOTED.value:
        yield from _figures(body["figures"], sees_figures)
    if fact.kind == SubjectFact.CHANGED.value:
        yield from (f"{field.label}：{words[field.value]}" for field in Field if field.value in words)
        return
    if body.get("tier") and fact.kind == SubjectFact.CARED_FOR.value:
        yield Rank(body["tier"]).label
    hidden = {"tier_words"} if not sees_figures else set()
    yield from (said for name, said in sorted(words.items()) if said and name not in hidden)


def _figures(figures: list[dict[str, Any]], sees_figures: bool) -> Iterator[str]:
    if not sees_figures:
        yield f"{len(figures)}项"
        return
    for one in figures[:SHOWN_FIGURES]:
        code = Known(one["code"])
        was = f"（原为{_amount(code, one['was'])}）" if one["was"] is not None else ""
        yield f"{period_in_words(one['period'])}{code.label}{_amount(code, one['value'])}{was}"
    if len(figures) > SHOWN_FIGURES:
        yield f"等{len(figures)}项"


def _amount(code: Known, value: str) -> str:
    number = Decimal(value)
    return yuan_in_words(int(number)) if code.value.endswith("_cny") else format(number.normalize(), "f")


def _move(body: dict[str, Any]) -> str:
    regions = directory().regions
    names = [regions[UUID(body[end])].name if UUID(body[end]) in regions else "" for end in ("from", "to")]
    return f"{names[0]} → {names[1]}" + ("（认定）" if body["is_ruling"] else "")
