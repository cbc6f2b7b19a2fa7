"""Reviewing cards: the office that collects, or an office above it, accepts a card; what every review asks and writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.asking import CardMoved, cells, moved_words, require
from zhitong.domain.cards.actions.writing import CardWrite, write_cards
from zhitong.domain.cards.models import Acceptance as Passage
from zhitong.domain.cards.queries.fillings import Filling, fillings, places_of
from zhitong.domain.cards.queries.passing import waited_since
from zhitong.domain.cards.rules.cards import is_reviewer, levels_left, may_accept
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused

LOOK_AGAIN = "您的操作没有执行。请刷新页面，看过最新内容后再办。"


class NotCollector(Refused):
    """The card is reviewed by the office that collects it and the offices above."""


class NotNow(Refused):
    """The card does not stand so that this could be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One card to review: the version that was looked at, and who acts."""

    card_id: UUID
    version: int
    actor: Actor


Acceptance = Review


@dataclass(frozen=True, slots=True)
class Written:
    """What a reviewer wrote: the reason of a return, and those by field."""

    reason: str
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def details(self) -> dict[str, str]:
        """Kept apart from the fact, so that it can be erased."""
        details = {"reason": self.reason} if self.reason else {}
        return details | ({"marks": json.dumps(self.marks, ensure_ascii=False)} if self.marks else {})


@transaction.atomic
def accept_cards(acceptances: Sequence[Acceptance], *, now: datetime) -> list[int]:
    """Accept cards for the level of the actor's office; returns their new versions.

    Where the round names levels above, the card then waits for the next of them and is accepted finally by the last.
    Raises NotFound, NotCollector, CardMoved, NotNow: only a submitted card can be accepted, by the level it waits for or
    one above.
    """
    found = find_reviewed(acceptances, may_accept, "只有已报送、还没有审核的卡片可以通过。")
    here = directory()
    nexts = [_next_level(one, filling, here) for one, filling in zip(acceptances, found, strict=True)]
    final = [pair for pair in zip(acceptances, found, nexts, strict=True) if pair[2] is None]
    passed = [pair for pair in zip(acceptances, found, nexts, strict=True) if pair[2] is not None]
    versions = {
        **_accept(final, CardState.ACCEPTED, CardFact.ACCEPTED, now), **_accept(passed, CardState.PASSED, CardFact.PASSED, now),
    }
    return [versions[one.card_id] for one in acceptances]


_Step = tuple[Review, Filling, UUID | None]
"""A review, the card it is of, and whose review is next (None: nobody's)."""


def _next_level(one: Review, filling: Filling, here: Directory) -> UUID | None:
    """The office whose acceptance is still wanted after this one.

    Raises NotNow: the card waits for a level above the actor's.
    """
    path = here.path(filling.region_id)
    acting = here.units[one.actor.unit_id].region_id if one.actor.unit_id else path[0].id
    awaited = here.units[filling.awaiting_unit_id] if filling.awaiting_unit_id else None
    depth = [region.id for region in path]
    if awaited and depth.index(acting) > depth.index(awaited.region_id):
        raise NotNow(f"这张卡本级已经审核，现待{awaited.name}审核，本级不用再办。")
    collecting = here.units[filling.collecting_unit_id].region_id
    for region_id in levels_left(path, collecting, filling.review_ranks, acting):
        office = here.office(region_id)
        if office is not None and office.region_id == region_id:
            return office.id
    return None


def _accept(steps: Sequence[_Step], state: CardState, kind: CardFact, now: datetime) -> dict[UUID, int]:
    """Write one batch of acceptances with the trace of each; versions by card."""
    if not steps:
        return {}
    reviews, found, nexts = zip(*steps, strict=True)
    versions = write_reviews(reviews, found, state, kind, now, [Written("")] * len(found), nexts)
    since = waited_since([one.card_id for one in reviews])
    Passage.objects.bulk_create([
        Passage(
            card_id=one.card_id, version=version, unit_id=one.actor.unit_id, person_id=one.actor.person_id, at=now,
            waited_from=max(since.get(one.card_id, filling.submitted_at), filling.submitted_at),
            is_final=state is CardState.ACCEPTED,
        )
        for one, filling, version in zip(reviews, found, versions, strict=True)
    ])
    return {one.card_id: version for one, version in zip(reviews, versions, strict=True)}


def find_reviewed(reviews: Sequence[Review], may: Callable[[CardState], bool], otherwise: str) -> list[Filling]:
    """The cards to review, in the order given, once this post and its office may.

    Raises NotFound, NotCollector, CardMoved, NotNow: `otherwise` ends its sentence.
    """
    require(Permission.DISPATCH)
    places = places_of([one.card_id for one in reviews])
    found = fillings(list(places.values()))
    here = directory()
    return [
        _ask(one, found.get(places[one.card_id]) if one.card_id in places else None, here, may, otherwise)
        for one in reviews
    ]


def _ask(
    one: Review, filling: Filling | None, here: Directory, may: Callable[[CardState], bool], otherwise: str
) -> Filling:
    if filling is None or filling.state is None:
        raise NotFound
    if not may_review(one.actor.unit_id, filling, here):
        office = here.units[filling.collecting_unit_id].name
        raise NotCollector(f"这张卡由{office}及其上级办公室审核，贵单位可以查看，不能退回或通过。")
    if filling.version != one.version:
        raise CardMoved(moved_words(filling, LOOK_AGAIN))
    if not may(filling.state):
        raise NotNow(f"这张卡现为“{filling.state.label}”，{otherwise}")
    return filling


def may_review(unit_id: UUID | None, filling: Filling, here: Directory) -> bool:
    """The office that collects, and the offices of the regions above it."""
    unit = here.units.get(unit_id) if unit_id else None
    return unit is not None and is_reviewer(unit.kind, unit.region_id, here.path(filling.region_id))


def write_reviews(
    reviews: Sequence[Review], found: Sequence[Filling], state: CardState, kind: CardFact, now: datetime,
    written: Sequence[Written], nexts: Sequence[UUID | None] | None = None, *, held: Container[UUID] = (),
) -> list[int]:
    """Write one batch of reviews with their counts and facts; returns the cards' new versions.

    `nexts` are whose review is next; `held` the obligations that this review has made late.
    """
    awaiting = nexts or [None] * len(found)
    write_cards(
        [
            CardWrite(filling, one.actor, state, None, said.reason, awaiting=next_one)
            for one, filling, said, next_one in zip(reviews, found, written, awaiting, strict=True)
        ],
        now, way_on=LOOK_AGAIN,
    )
    today = day_of(now)
    post(postings([
        (cells(one, one.state), cells(one, state, held_on=today if one.obligation_id in held else one.held_on))
        for one in found
    ]))
    record_many([
        Fact(
            str(kind), "card", one.card_id, one.actor, now,
            {"round": filling.round_id, "subject": filling.subject_id, "from": filling.state,
             "version": filling.version + 1, "held": filling.obligation_id in held},
            said.details,
        )
        for one, filling, said in zip(reviews, found, written, strict=True)
    ])
    return [filling.version + 1 for filling in found]

