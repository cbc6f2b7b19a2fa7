"""Who looks after the invented: the unit of the right level and line, an invented leader of that level, a person in charge."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.domain.subjects.actions.caring import NewCare
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.population.inventing import Invented
from zhitong.rehearsal.population.names import person

LEADERS, IN_CHARGE, LIAISONS = 6, 12, 4
"""How many leaders share the subjects of a region, and how many people and liaisons of a unit have them in charge."""

WITHOUT_CARE, WITHOUT_FORCE = 0.03, 0.06
"""Shares left out on purpose, so that the pages of gaps have names to show."""

LINES = {
    SubjectKind.INDUSTRY: "industry", SubjectKind.SERVICES: "development", SubjectKind.TECH_SME: "science",
    SubjectKind.PROJECT: "key_projects",
}
"""The line that leads the service of each kind (冀发〔2018〕7号 三（二）（三）), by its code in the package."""

_TITLES = {Rank.PROVINCE: "副省长", Rank.CITY: "副市长", Rank.COUNTY: "副县（市、区）长"}


def is_left_out(one: Invented) -> bool:
    """Whether nobody looks after it yet; always the same."""
    return chance("gap", one.code).random() < WITHOUT_CARE


class Carers:
    """Finds who cares for a subject; people are invented per region and unit, and share the work in turn."""

    def __init__(self, here: Directory) -> None:
        self.here = here
        self._lines = {line.code: line.id for line in here.lines.values()}
        self._people: dict[tuple[UUID, int], list[str]] = {}
        self._turns: dict[UUID, int] = {}

    def care_of(self, one: Invented, region_id: UUID, subject_id: UUID) -> NewCare:
        """The care of one subject at its tier."""
        unit = self.unit_of(one, region_id)
        turn = self._turns[unit.id] = self._turns.get(unit.id, 0) + 1
        draw = chance("telephones", unit.code, turn % IN_CHARGE)
        is_force_missing = chance("force", one.code).random() < WITHOUT_FORCE
        return NewCare(
            subject_id=subject_id, tier=one.rank, unit_id=unit.id,
            lead_official=self._leader(self.here.regions[unit.region_id], turn),
            person_in_charge=self._shared(unit.id, unit.code, IN_CHARGE, turn), person_phone=f"1370000{draw.randint(0, 9999):04}",
            liaison=self._shared(unit.id, f"{unit.code}-liaison", LIAISONS, turn), liaison_phone=f"1360000{draw.randint(0, 9999):04}",
            task_force_id=unit.id if one.force and not is_force_missing else None,
        )

    def unit_of(self, one: Invented, region_id: UUID) -> UnitEntry:
        """The task force of a platform or work; otherwise the keeper of the leading line at the subject's level."""
        level = self.level(one.rank, region_id)
        if one.force:
            force = self.here.unit_coded(f"{self.here.root().code}-force-{one.force}")
            assert force is not None, "every platform and work has a task force in the package"
            return force
        keeper = self.here.keeper(level.id, self._lines[LINES[one.kind]])
        office = self.here.office(level.id)
        assert office is not None, "the root has an office"
        return keeper or office

    def level(self, tier: Rank, region_id: UUID) -> RegionEntry:
        """The region of a tier above a place; the nearest below it where the path has none of that rank."""
        path = self.here.path(region_id)
        return next((region for region in reversed(path) if region.rank is tier), path[-1])

    def _leader(self, region: RegionEntry, turn: int) -> str:
        title = "管委会副主任" if region.kind is RegionKind.ZONE else _TITLES[region.rank]
        return f"{self._shared(region.id, region.code, LEADERS, turn)}（{title}）"

    def _shared(self, whose: UUID, code: str, among: int, turn: int) -> str:
        people = self._people.get((whose, among))
        if people is None:
            draw = chance("people", code)
            people = self._people[(whose, among)] = [person(draw) for _ in range(among)]
        return people[turn % among]

