"""The year goes by on the demonstration's clock: each month periods open, reports come, targets stand, gates freeze."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from zhitong.domain.organisations.queries import directory
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
from zhitong.rehearsal.year.field import YearField, moment, set_clock
from zhitong.rehearsal.year.telling import send, tell

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What stands when the reports of a month are in: lights by rank, gates frozen since, and what verify found."""

    month: date
    reports: int
    late: int
    lights: dict[str, dict[str, int]]
    gates: dict[str, dict[str, int]]
    checked: Checked


@dataclass(slots=True)
class _Year:
    """What is carried from month to month."""

    seed: int
    late: list[tuple[UUID, str, datetime]] = field(default_factory=list)
    frozen: set[UUID] = field(default_factory=set)


def live(asked: YearField, months: int = MONTHS) -> Iterator[Month]:
    """Let so many months of the year go by; each is told when its reports are in."""
    year = _Year(asked.seed)
    for month in range(1, months + 1):
        first = date(asked.year, month, 1)
        following = (first + timedelta(days=32)).replace(day=1)
        _freeze(moment(following, 1))
        yield _month(asked, first, following, year)


def _month(asked: YearField, first: date, following: date, year: _Year) -> Month:
    """The reports of a month come in the month after it."""
    now = moment(following + timedelta(days=2))
    set_clock(now)
    open_due(asked.campaign, now=now)
    periods = sorted(set(Report.objects.filter(approved_at=None, lock_at__gt=now).values_list("period", flat=True)))
    came = [found for period in periods if (found := tell(asked.seed, period)) is not None]
    told = [report_id for one in came for report_id in one.in_time]
    now = max([now, *(one.due_at for one in came)]) + timedelta(hours=1)
    set_clock(now)
    stand_reports(told, now=now)
    stand_fallen_due(now)
    late = [one for each in came for one in each.late]
    now = moment(following + timedelta(days=21))
    set_clock(now)
    send(late)
    stand_reports([report_id for report_id, _state, _at in late], now=now)
    _freeze(now)
    while fold():
        pass
    return Month(first, len(told), len(late), _lights(), _gates(year), verify(now=now, since=first))


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
