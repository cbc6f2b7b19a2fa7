"""Which unit each printed name of a draft means: by the registry, or as a person said."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.papers.models import NameLink
from zhitong.domain.plans.actions.naming import units_by_name
from zhitong.policy.shapes import Plan


@dataclass(frozen=True, slots=True)
class NameView:
    """A printed name: the unit it means, how often it is printed, and whether that is settled.

    `is_collective` names (各有关单位) mean nobody in particular; `is_left` ones a person left as printed.
    """

    name: str
    times: int
    unit_id: UUID | None
    unit: str
    by_person: bool
    is_left: bool
    is_collective: bool

    @property
    def is_settled(self) -> bool:
        """Whether it is known what becomes of the name."""
        return self.unit_id is not None or self.is_left or self.is_collective


def names_of(paper_id: UUID, region_id: UUID, draft: Plan) -> list[NameView]:
    """Every printed name, the unsettled first, then the frequent (five queries)."""
    printed = [one for task in draft.tasks for one in task.responsible]
    times: dict[str, int] = {}
    for one in printed:
        times[one.name] = times.get(one.name, 0) + 1
    collective = {one.name for one in printed if one.is_collective}
    said = dict(NameLink.objects.filter(paper_id=paper_id).values_list("name", "unit_id"))
    found = units_by_name(set(times) - said.keys(), region_id)
    here = directory()
    views = []
    for name, count in times.items():
        unit_id = said[name] if name in said else found.get(name)
        views.append(NameView(
            name, count, unit_id, here.name_of(unit_id) if unit_id else "", name in said,
            name in said and unit_id is None, name in collective,
        ))
    return sorted(views, key=lambda one: (one.is_settled, -one.times, one.name))
