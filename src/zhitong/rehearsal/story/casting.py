"""Who raises what, when, and with which fate: the whole story drawn beforehand, so that it is the same every time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.queries.rulebook import Rulebook
from zhitong.domain.problems.rules.kinds import DeclineReason, Nature, Outcome, Source, State, Urgency
from zhitong.domain.problems.rules.way import Act
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.story.fates import Fate, draw_fate
from zhitong.rehearsal.story.hours import OfficeTime

BEGINS = date(2018, 3, 12)
"""The matching of officials and firms is done and the system open (3月上旬): the first problems come in."""

GROWTH = 3.0
"""On the last day so many times as many problems come in as on the first."""

IN_THE_ZONE, IN_THE_CITY = 24.0, 2.5
"""A subject near the demonstration's accounts raises so many times as often as one elsewhere."""

KINDS = {
    SubjectKind.INDUSTRY: 48, SubjectKind.PROJECT: 22, SubjectKind.SERVICES: 12, SubjectKind.TECH_SME: 11,
    SubjectKind.PLATFORM: 3, SubjectKind.WORK: 4,
}
"""How often each kind raises problems, of a hundred."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One of the served that may raise problems, through its own unit."""

    id: UUID
    name: str
    kind: str
    sub_kind: str
    stage: str
    tier: str
    region_id: UUID
    unit_id: UUID


@dataclass(frozen=True, slots=True)
class Turn:
    """One problem to be raised."""

    speaker: Speaker
    at: datetime
    category: str
    fate: Fate
    nature: Nature = Nature.REQUEST
    urgency: Urgency = Urgency.ORDINARY
    source: Source = Source.REPORT
    known_to_head: bool = True
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """A problem that the demonstration's own firms have, so that each account finds something to do or to show."""

    place: int
    workdays_ago: int
    category: str
    fate: Fate = field(default_factory=Fate)


ARRANGED: tuple[Arranged, ...] = (
    Arranged(0, 95, "talent", Fate()),
    Arranged(0, 70, "approval", Fate(levels=1)),
    Arranged(0, 52, "environment", Fate(rejections=1, review=Act.HANDLE_ANEW)),
    Arranged(0, 34, "energy", Fate(levels=3, hold=State.HANDLING)),
    Arranged(0, 22, "funds", Fate(levels=2, hold=State.DISPATCHED)),
    Arranged(0, 16, "land", Fate(levels=1, hold=State.PROPOSED)),
    Arranged(0, 12, "other", Fate(hold=State.HANDLING)),
    Arranged(0, 9, "work_safety", Fate(hold=State.ANSWERED)),
    Arranged(0, 5, "funds", Fate(hold=State.HANDLING)),
    Arranged(0, 3, "approval", Fate(sent_back=True, hold=State.ACCEPTED)),
    Arranged(0, 1, "energy", Fate(hold=State.DISPATCHED)),
    Arranged(1, 60, "funds", Fate(outcome=Outcome.EXPLAINED)),
    Arranged(1, 25, "land", Fate(slow=True, replies=False, hold=State.HANDLING)),
    Arranged(1, 8, "environment", Fate(levels=1, hold=State.RETURNING)),
    Arranged(1, 7, "talent", Fate(rejections=1, hold=State.REVIEW)),
    Arranged(1, 2, "approval", Fate(hold=State.DISPATCHED)),
)

@dataclass(frozen=True, slots=True)
class Resting:
    """A problem somewhere else that stands so on the last day; matters of works alone wait for an office to accept them."""

    workdays_ago: int
    fate: Fate
    kind: SubjectKind = SubjectKind.INDUSTRY
    category: str = ""


RESTING: tuple[Resting, ...] = (
    Resting(1, Fate(hold=State.SUBMITTED), SubjectKind.WORK, "other"),
    Resting(4, Fate(asked=True, hold=State.ASKED), SubjectKind.WORK, "other"),
    Resting(9, Fate(declined=DeclineReason.IN_COURT), SubjectKind.WORK, "other"),
    Resting(2, Fate(sent_back=True, hold=State.ACCEPTED)),
    Resting(3, Fate(sent_back=True, hold=State.ACCEPTED)),
    Resting(3, Fate(hold=State.DISPATCHED)),
    Resting(7, Fate(hold=State.CONFIRMED)),
    Resting(60, Fate(rejections=2, review=Act.UPHOLD)),
    Resting(6, Fate(levels=1, hold=State.PROPOSED)),
    Resting(14, Fate(levels=1, hold=State.RETURNING)),
    Resting(16, Fate(rejections=1, hold=State.REVIEW)),
    Resting(12, Fate(asks_for=Act.ASK_PAUSE, replies=False, hold=State.PAUSED)),
    Resting(14, Fate(asks_for=Act.ASK_PARK, replies=False)),
    Resting(20, Fate(withdraws=True)),
    Resting(14, Fate(declined=DeclineReason.NOT_GOVERNMENT, objects=True, hold=State.OBJECTED), SubjectKind.WORK, "other"),
)
"""One of each state that a morning might find empty."""

TOGETHER, TOGETHER_WITHIN, TROUBLE = 9, 10, "environment"
"""So many firms of one trade in one place report the same trouble within so many working days: a hot spot to be found."""


def speakers() -> list[Speaker]:
    """Everybody who may raise problems, in the order of the registry."""
    standing = Subject.objects.filter(ended_on__isnull=True, unit__isnull=False).order_by("id")
    rows = standing.values_list("id", "name", "kind", "sub_kind", "stage", "tier", "region_id", "unit_id")
    return [Speaker(*row) for row in rows]


class Casting:
    """Draws the turns of the story."""

    def __init__(
        self, here: Directory, book: Rulebook, hours: OfficeTime, until: datetime, near: UUID, begins: date = BEGINS
    ) -> None:
        self.here, self.book, self.hours, self.until, self.near = here, book, hours, until, near
        self.days = [day for day in hours.between(begins, until.date()) if day < until.date()]
        self.draw = chance("story")

    def turns(self, count: int) -> list[Turn]:
        """So many turns in the order of time; the arranged ones are among them."""
        everybody = speakers()
        fixed = [*self._arranged(everybody), *self._resting(everybody)][:count]
        free = list(self._free(everybody, count - len(fixed)))
        together = list(self._together(everybody))[: len(free)]
        return sorted([*fixed, *together, *free[len(together) :]], key=lambda turn: turn.at)

    def _free(self, everybody: Sequence[Speaker], count: int) -> Iterator[Turn]:
        crowd = self._crowd(everybody)
        growth = [1 + (GROWTH - 1) * n / len(self.days) for n in range(len(self.days))]
        for day in self.draw.choices(self.days, growth, k=count):
            kind = self.draw.choices(list(crowd), [KINDS[kind] for kind in crowd])[0]
            people, weights = crowd[kind]
            speaker = self.draw.choices(people, cum_weights=weights)[0]
            yield self._turn(speaker, self.hours.moment(day, self.draw), draw_fate(self.draw))

    def _crowd(self, everybody: Sequence[Speaker]) -> dict[SubjectKind, tuple[list[Speaker], list[float]]]:
        """Speakers by kind, with their weights added up as they stand."""
        _root, city_above, zone_above, *_rest = self.here.path(self.near)
        zone, city = (set(self.here.within(region.id)) for region in (zone_above, city_above))
        crowd: dict[SubjectKind, tuple[list[Speaker], list[float]]] = {}
        for one in everybody:
            weight = IN_THE_ZONE if one.region_id in zone else IN_THE_CITY if one.region_id in city else 1.0
            people, weights = crowd.setdefault(SubjectKind(one.kind), ([], []))
            people.append(one)
            weights.append((weights[-1] if weights else 0.0) + weight)
        return crowd

    def _turn(self, speaker: Speaker, at: datetime, fate: Fate) -> Turn:
        draw = self.draw
        return Turn(
            speaker, at, self._category(speaker.kind), fate,
            nature=draw.choices(list(Nature), (88, 8, 4))[0],
            urgency=Urgency.URGENT if draw.random() < 0.06 else Urgency.ORDINARY,
            source=Source.API if draw.random() < 0.08 else Source.REPORT,
            known_to_head=draw.random() < 0.85, confidential=draw.random() < 0.03,
        )

    def _category(self, kind: str) -> str:
        """One of the kind's own; what is pressing comes up more often than `other`, which stands last."""
        codes = [entry.code for entry in self.book.of_kind(kind)]
        weights = [3] * (len(codes) - 1) + [6 if kind == SubjectKind.WORK.value else 1]
        return self.draw.choices(codes, weights)[0]

    def _arranged(self, everybody: Sequence[Speaker]) -> Iterator[Turn]:
        """What the first firms of the nearest place have; what would lie before the story is left out."""
        firms = [one for one in everybody if one.kind == SubjectKind.INDUSTRY.value and one.region_id == self.near]
        for one in ARRANGED:
            if one.place < len(firms) and one.workdays_ago <= len(self.days):
                day = self.days[-one.workdays_ago]
                yield Turn(firms[one.place], self.hours.moment(day, self.draw), one.category, one.fate)

    def _resting(self, everybody: Sequence[Speaker]) -> Iterator[Turn]:
        for one in RESTING:
            among = [who for who in everybody if who.kind == one.kind.value and who.region_id != self.near]
            day = self.days[-min(one.workdays_ago, len(self.days))]
            turn = self._turn(self.draw.choice(among), self.hours.moment(day, self.draw), one.fate)
            yield replace(turn, category=one.category or turn.category)

    def _together(self, everybody: Sequence[Speaker]) -> Iterator[Turn]:
        """The same trouble of the firms of one trade in a place of the nearest city that has the smallest part of the trade."""
        draw, city = chance("together"), self.here.path(self.near)[1]
        trades = dict(Subject.objects.filter(kind=SubjectKind.INDUSTRY.value).exclude(industry="").values_list("id", "industry"))
        within = set(self.here.within(city.id)) - {self.near}
        groups: dict[tuple[UUID, str], list[Speaker]] = {}
        for one in everybody:
            if one.id in trades and one.region_id in within:
                groups.setdefault((one.region_id, trades[one.id]), []).append(one)
        firms_of = Counter(trade for (_place, trade), firms in groups.items() for _firm in firms)
        large = ((len(firms) / firms_of[trade], firms) for (_place, trade), firms in groups.items() if len(firms) >= TOGETHER)
        for one in min(large, key=lambda pair: pair[0], default=(0.0, []))[1][:TOGETHER]:
            day = self.days[-draw.randint(1, min(TOGETHER_WITHIN, len(self.days)))]
            yield Turn(one, self.hours.moment(day, draw), TROUBLE, Fate(hold=State.HANDLING))


def span(until: datetime) -> tuple[date, date]:
    """The first and last day the story may need, with room after the end for what is planned and not played."""
    return BEGINS, until.date() + timedelta(days=120)
