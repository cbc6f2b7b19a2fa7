"""Drawing a sample: the list is fixed, the seed is told, and what is drawn follows from both."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.actions.planning import NotNow, permitted, tell
from zhitong.domain.inspections.models import Drawn, Sample
from zhitong.domain.inspections.queries.populations import Member, closed_by, served_in
from zhitong.domain.inspections.rules.facts import InspectionFact
from zhitong.domain.inspections.rules.kinds import Population
from zhitong.domain.inspections.rules.sampling import MOST_DRAWN, digest_of, drawn
from zhitong.domain.inspections.rules.way import InspectionAct
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput


class NothingToDraw(NotNow):
    """There is nothing in the list to draw from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is to be drawn: how many, from what, closed between which days."""

    population: Population
    since: date
    until: date
    size: int


@transaction.atomic
def draw(viewer: Viewer, inspection_id: UUID, wanted: Drawing, *, actor: Actor, now: datetime) -> UUID:
    """Draw a sample once for each list; the seed is made by chance here and published with the list. Returns its id.

    The names are those that the inspecting unit may see now. What was drawn stays as it was, whatever is changed later.
    Raises NotFound, NotYours, NotNow: not approved yet, or drawn before. Raises NothingToDraw. Raises BadInput: out of measure.
    Source: R-G3: random sampling that can be replayed.
    """
    row = permitted(viewer, inspection_id, InspectionAct.DRAW)
    _refuse_wrong(wanted, day_of(now))
    if Sample.objects.filter(inspection=row, population=wanted.population.value).exists():
        raise NotNow(f"已经从“{wanted.population.label}”中抽过样本。抽过的不能重抽；要再查，请另立一次督查。")
    members = {one.name: one for one in _members(viewer, row.objects_of, wanted)}
    if not members:
        raise NothingToDraw("这些单位在这段时间里没有可抽的内容，请换一段时间或换一种样本。")
    seed = f"{day_of(now):%Y%m%d}-{secrets.token_hex(8)}"
    sample = Sample.objects.create(
        inspection=row, population=wanted.population.value, since_on=wanted.since, until_on=wanted.until, size=wanted.size,
        seed=seed, of=len(members), digest=digest_of(members), names=sorted(members), drawn_at=now,
    )
    chosen = [members[name] for name in drawn(seed, members, wanted.size)]
    Drawn.objects.bulk_create([_drawn(sample.id, place, one) for place, one in enumerate(chosen, 1)])
    body = {"population": wanted.population, "seed": seed, "of": len(members), "drawn": len(chosen), "digest": sample.digest}
    tell(InspectionFact.DRAWN, row, actor, now, body, {})
    return sample.id


def _members(viewer: Viewer, unit_ids: list[UUID], wanted: Drawing) -> list[Member]:
    if wanted.population is Population.CLOSED:
        return closed_by(viewer, set(unit_ids), wanted.since, wanted.until)
    return served_in(viewer, unit_ids)


def _drawn(sample_id: UUID, position: int, one: Member) -> Drawn:
    return Drawn(
        id=uuid7(), sample_id=sample_id, position=position, name=one.name, about=one.about[:200], reported=one.reported[:200],
        unit_id=one.unit_id, problem_id=one.problem_id, subject_id=one.subject_id,
    )


def _refuse_wrong(wanted: Drawing, today: date) -> None:
    for field, is_wrong, sentence in (
        ("size", not 1 <= wanted.size <= MOST_DRAWN, f"抽取数量填1至{MOST_DRAWN}。"),
        ("until", wanted.until < wanted.since, "结束日期不能早于开始日期。"),
        ("until", wanted.until > today, "结束日期不能晚于今天。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})
