"""What facts move: from each fact to the regions, units and problems whose screens it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from zhitong.domain.cards.queries.following import touched_by_cards
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.history.follow import ReadFact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.touched import Touched, with_those_above
from zhitong.domain.problems.queries.following import touched_by_problems
from zhitong.domain.progress.queries.following import touched_by_reports
from zhitong.live.topics import Kind, Topic

SEALED = frozenset({"complaint"})
"""Things that move nothing: of a sealed complaint not even that something has happened is told (R-F13)."""
EVERYWHERE = frozenset({str(CardFact.ROUND_OPENED), "report.opened", "gate.frozen", "plans.amended", "plans.division_issued"})
"""Facts after which every region's meters and lights may stand otherwise."""
OF_POSTS = ("entry.", "handing.", "unit.")
"""How the kinds of facts begin after which somebody may see less or more than before."""
PROBLEM, CARD, EXCUSE, REPORT = "problem", "card", "card_excuse", "report"


def may_change_rights(facts: Iterable[ReadFact]) -> bool:
    """Whether one of them tells of posts, of who holds them, or of units that ended."""
    return any(fact.kind.startswith(OF_POSTS) for fact in facts)


def topics_of(facts: Sequence[ReadFact]) -> set[Topic]:
    """The topics that facts move: at most one query for each room that knows more than the facts say."""
    told = [fact for fact in facts if fact.thing_kind not in SEALED]
    if not told:
        return set()
    here, problems = directory(), _problems_in(told)
    touched = _named(told, here) | _asked_of_rooms(told, problems)
    regions = set(here.regions) if any(fact.kind in EVERYWHERE for fact in told) else with_those_above(touched.regions, here)
    return {
        *(Topic(Kind.REGION, one) for one in regions),
        *(Topic(Kind.UNIT, one) for one in touched.units),
        *(Topic(Kind.PROBLEM, one) for one in problems),
    }


def _problems_in(facts: Iterable[ReadFact]) -> list[UUID]:
    """Problems that facts are about, or that they name: a reminder names the one it presses on."""
    found = {fact.thing_id for fact in facts if fact.thing_kind == PROBLEM}
    return sorted(found | {one for fact in facts for one in _ids(fact.body.get("problem"))})


def _asked_of_rooms(facts: Sequence[ReadFact], problem_ids: Sequence[UUID]) -> Touched:
    """What only the rooms know: where a thing lies, and who has to do with it."""
    things: dict[str, set[UUID]] = {}
    for fact in facts:
        things.setdefault(fact.thing_kind, set()).add(fact.thing_id)
    cards, excuses, reports = (sorted(things.get(kind, ())) for kind in (CARD, EXCUSE, REPORT))
    touched = touched_by_problems(problem_ids) if problem_ids else Touched()
    if cards or excuses:
        touched |= touched_by_cards(cards, excuses)
    return touched | touched_by_reports(reports) if reports else touched


def _named(facts: Iterable[ReadFact], here: Directory) -> Touched:
    """The unit that acted, and the regions and units that a fact names by their ids, whatever it calls them."""
    acted, named = set(), set()
    for fact in facts:
        acted |= {fact.unit_id} if fact.unit_id else set()
        named |= {one for said in fact.body.values() for one in _ids(said)}
    return Touched(frozenset(named & here.regions.keys()), frozenset(acted | (named & here.units.keys())))


def _ids(said: Any) -> Iterator[UUID]:
    """The ids that a value of a fact holds, alone or in a list."""
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, str) and len(one) == LENGTH_OF_ID:
            try:
                yield UUID(one)
            except ValueError:
                continue


LENGTH_OF_ID = 36
