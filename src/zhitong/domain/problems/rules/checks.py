"""Who looks a second time: the office above at outcomes, another county's office by a call. Drawn by seed. Pure."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.judging import judging_office_id
from zhitong.domain.problems.rules.kinds import CheckKind, Rating
from zhitong.domain.problems.rules.sampling import Share

OUTCOMES = Share(CheckKind.OUTCOME, per_hundred=10)
CALL_BACKS = Share(CheckKind.CALL_BACK, per_hundred=5)


def looker_at_outcome(region_id: UUID, answered_by: UUID | None, directory: Directory) -> UnitEntry | None:
    """The office above the one that judged an outcome; none where that one stands at the root."""
    judge_id = judging_office_id(region_id, answered_by, directory)
    return directory.office_above(directory.units[judge_id].region_id) if judge_id else None


def callers_for(region_id: UUID, directory: Directory) -> list[UnitEntry]:
    """The offices that may call back a firm of a region: of the same rank, under the same city, never on its own path.

    Where the region is a city itself, other cities; in the order of the territory.
    """
    home = directory.office(region_id)
    if home is None:
        return []
    own = directory.regions[home.region_id]
    *above, _own = directory.path(own.id)
    if not above:
        return []
    path = {own.id, *(region.id for region in above)}
    city = next((region for region in reversed(above) if region.rank is Rank.CITY), above[-1])
    found = []
    for place in directory.within(city.id):
        region, office = directory.regions[place], directory.office(place)
        is_on_path = place in path or own.id in {one.id for one in directory.path(place)}
        if region.rank is own.rank and not is_on_path and office is not None and office.region_id == place:
            found.append(office)
    return found


def caller_of(
    seed: str, problem_id: UUID, callers: Collection[UnitEntry], taking_part: Collection[UUID]
) -> UnitEntry | None:
    """Whose turn it is to call, by the seed; an office that takes part in the matter is passed over."""
    free = [office for office in callers if office.id not in taking_part]
    if not free:
        return None
    return free[int(sha256(f"{seed}:{problem_id}:caller".encode()).hexdigest(), 16) % len(free)]


def rating_after(kept: Rating | None, found: Rating | None) -> Rating | None:
    """What scores after a call: dissatisfaction found replaces satisfaction; nothing found makes a rating better."""
    is_contradicted = found is Rating.DISSATISFIED and kept in (Rating.SATISFIED, Rating.BASICALLY)
    return found if is_contradicted else kept
