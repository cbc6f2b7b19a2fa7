"""The year goes by on the demonstration's clock: each month periods open, reports come, targets stand, gates freeze."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.plans.models import Gate
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.opening import open_due
from zhitong.domain.progress.actions.standing import stand_fallen_due, stand_reports
from zhitong.domain.progress.models import GateReading, Report
from zhitong.domain.progress.queries.verifying import Checked, verify
from zhitong.domain.progress.rules import GateResult
from zhitong.domain.progress.rules.gates import GATES
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.actions import fold
from zhitong.domain.tallies.queries import counts
from zhitong.kit import clock
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.year.acting import Acted, People, act, correct, send_late
from zhitong.rehearsal.year.field import YearField, moment, set_clock
from zhitong.rehearsal.year.telling import ByHand, Came, send, tell

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What stands when the reports of a month are in: lights by rank, gates frozen since, and what verify found.

    `acts` says how often each act was done on the reports of `city`, the regions below it and the root.
    """

    month: date
    reports: int
    late: int
    city: str
    acts: dict[str, int]
    lights: dict[str, dict[str, int]]
    gates: dict[str, dict[str, int]]
    checked: Checked


@dataclass(slots=True)
class _Year:
    """What is carried from month to month: gates that were told, and who reported what through the acts last."""

    seed: int
    people: People
    frozen: set[UUID] = field(default_factory=set)
    last: tuple[str, tuple[UUID, ...]] = ("", ())


def live(asked: YearField, months: int = MONTHS) -> Iterator[Month]:
    """Let so many months of the year go by; each is told when its reports are in."""
    year = _Year(asked.seed, People())
    for month in range(1, months + 1):
        first = date(asked.year, month, 1)
        following = (first + timedelta(days=32)).replace(day=1)
        _freeze(moment(following, 1))
        yield _month(asked, first, following, year)


def _month(asked: YearField, first: date, following: date, year: _Year) -> Month:
    """The reports of a month come in the month after it; what was locked meanwhile is corrected."""
    now = moment(following + timedelta(days=2))
    set_clock(now)
    open_due(asked.campaign, now=now)
    city = _city(year.seed, first.month)
    by_hand = ByHand((directory().root().id, *directory().within(city.id)), asked.tasks)
    acts = correct(year.seed, *year.last, year.people, now=now)
    came, acted = _reported(year, by_hand, now)
    now = max([now, *(one.due_at for one in came)]) + timedelta(hours=1)
    set_clock(now)
    stand_fallen_due(now)
    now = moment(following + timedelta(days=13))
    for one in acted:
        send_late(one, year.people, now=now)
        acts += one.done
    late = [one for each in came for one in each.late]
    now = moment(following + timedelta(days=21))
    set_clock(now)
    send(late)
    stand_reports([report_id for report_id, _state, _at in late], now=now)
    _freeze(now)
    while fold():
        pass
    year.last = (f"{first:%Y-%m}", by_hand.regions)
    before = (first - timedelta(days=1)).replace(day=1)
    told, sent_late = sum(len(one.in_time) for one in came), len(late) + sum(len(one.late) for one in acted)
    return Month(
        first, told + acts["submitted"], sent_late, city.name, {name: number for name, number in acts.items() if number},
        _lights(), _gates(year), verify(now=now, since=before),
    )


def _city(seed: int, month: int) -> RegionEntry:
    """Whose reports go through the acts in a month: every city with regions below has its turn."""
    here = directory()
    cities = [one for one in here.children(here.root().id) if here.children(one.id)]
    chance("year-city", seed).shuffle(cities)
    return cities[month % len(cities)]


def _reported(year: _Year, by_hand: ByHand, now: datetime) -> tuple[list[Came], list[Acted]]:
    """The periods that are open are reported: as a whole first, then what goes by hand."""
    open_now = Report.objects.filter(approved_at=None, lock_at__gt=now)
    periods = sorted(set(open_now.values_list("period", flat=True)))
    came = [found for period in periods if (found := tell(year.seed, period, but=by_hand)) is not None]
    stand_reports([report_id for one in came for report_id in one.in_time], now=now)
    return came, [act(year.seed, period, by_hand, year.people, now=now) for period in periods]


def _freeze(now: datetime) -> None:
    set_clock(now)
    freeze_gates(clock.now())


def _lights() -> dict[str, dict[str, int]]:
    """The newest light of every target by rank of its region."""
    found: dict[str, dict[str, int]] = {}
    for (_node, rank, light), number in counts(LIGHTS, [directory().root().id], by=("rank", "light")).items():
        found.setdefault(str(rank), {})[str(light)] = number
    return {
        rank.value: {light.value: found[rank.value].get(light.value, 0) for light in Light if light is not Light.AHEAD}
        for rank in Rank if rank.value in found
    }


def _gates(year: _Year) -> dict[str, dict[str, int]]:
    """What the gates frozen since the last month have found."""
    new = set(GateReading.objects.values_list("gate_id", flat=True).distinct()) - year.frozen
    year.frozen |= new
    names = {row.id: f"{row.campaign}/{row.code}" for row in Gate.objects.filter(id__in=new).order_by("on")}
    found = counts(GATES, [directory().root().id], by=("gate", "result"))
    return {
        name: {result.value: found.get((directory().root().id, str(gate), result.value), 0) for result in GateResult}  # type: ignore[arg-type]
        for gate, name in names.items()
    }
