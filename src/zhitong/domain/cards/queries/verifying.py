"""The meter against the rows: every region's collection counted in Python, apart from the tallies and their SQL; for the worker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.cards.models import Card, Obligation, Round
from zhitong.domain.cards.rules.collection import LATE as LATE_CUTS
from zhitong.domain.cards.rules.collection import STANDINGS, meter_standing
from zhitong.domain.cards.rules.kinds import CardState
from zhitong.domain.cards.rules.lateness import Lateness, lateness
from zhitong.domain.cards.rules.rounds import ExcuseReason, FillManner, MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.tallies.queries import counts
from zhitong.domain.tallies.rules import Cut
from zhitong.kit.clock import day_of

Counts = Mapping[UUID, Counter[str]]
"""By region, everything below included: how many in each standing."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was looked at."""

    rounds: int
    regions: int
    obligations: int


@dataclass(frozen=True, slots=True)
class WrongCount:
    """A count of a region that is not what its rows say."""

    round_name: str
    region: str
    what: str
    kept: int
    truth: int

    def __str__(self) -> str:
        return f"{self.round_name}{self.region}“{self.what}”记为 {self.kept}，实为 {self.truth}。"


def verify() -> tuple[Checked, Iterator[WrongCount]]:
    """Every round at every region: what the tallies say against a count of the rows. Two statements a round and one a
    cut, besides reading the rows once."""
    rounds = list(Round.objects.order_by("opens_on", "id").values_list("id", "name", "due_on"))
    here = directory()
    checked = Checked(len(rounds), len(here.regions), Obligation.objects.count())
    return checked, (wrong for asked in rounds for wrong in _of_round(*asked))


def _of_round(round_id: UUID, name: str, due_on: date) -> Iterator[WrongCount]:
    standing, late = _truth(round_id, due_on)
    yield from _compare(STANDINGS, round_id, name, standing, "")
    for one in Lateness:
        yield from _compare(LATE_CUTS[one], round_id, name, late[one], f"·{one.label}")


def _truth(round_id: UUID, due_on: date) -> tuple[Counts, Mapping[Lateness, Counts]]:
    """Standings, and those late for each reason, by region and each region above it, counted from the rows one by one."""
    cards = {
        row["subject_id"]: row for row in Card.objects.filter(round_id=round_id).values(
            "subject_id", "state", "filled_by", "confirmed_at", "disputed_at", "first_submitted_at"
        )
    }
    here = directory()
    standing: dict[UUID, Counter[str]] = defaultdict(Counter)
    late: dict[Lateness, dict[UUID, Counter[str]]] = {one: defaultdict(Counter) for one in Lateness}
    rows = Obligation.objects.filter(round_id=round_id).values_list(
        "subject_id", "region_id", "owed", "excuse", "held_on"
    )
    for subject_id, region_id, owed, excuse, held_on in rows.iterator(chunk_size=5000):
        card = cards.get(subject_id)
        word = str(meter_standing(
            owed=owed, excuse=ExcuseReason(excuse) if excuse else None, state=CardState(card["state"]) if card else None,
            filled_by=FillManner(card["filled_by"]) if card else FillManner.OWN,
            is_confirmed=bool(card and card["confirmed_at"]), is_disputed=bool(card and card["disputed_at"]),
        ))
        sent_at = card["first_submitted_at"] if card else None
        whose = lateness(day_of(sent_at) if sent_at else None, due_on, held_on)
        for region in here.path(region_id):
            standing[region.id][word] += 1
            if whose:
                late[whose][region.id][word] += 1
    return standing, late


def _compare(cut: Cut, round_id: UUID, name: str, truth: Counts, suffix: str) -> Iterator[WrongCount]:
    here = directory()
    kept: dict[UUID, Counter[str]] = defaultdict(Counter)
    found = counts(cut, list(here.regions), by=["standing"], where={"round": [str(round_id)]})
    for (region_id, word), count in found.items():
        kept[region_id][str(word)] = count
    for region in here.regions.values():
        mine, rows = kept[region.id], truth.get(region.id, Counter())
        for one in MeterStanding:
            if mine[str(one)] != rows[str(one)]:
                yield WrongCount(name, region.name, f"{one.label}{suffix}", mine[str(one)], rows[str(one)])
