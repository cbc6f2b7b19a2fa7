"""Figures of regions, units and categories at a cut-off time: from kept counts, units from the problems themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from zhitong.domain.blanks.queries.asked import Cut
from zhitong.domain.blanks.queries.problems import Stood
from zhitong.domain.blanks.rules.answers import Answer, Row, Value
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.overview import Movement, Overview, Slice, movement, overview
from zhitong.domain.problems.rules.phases import Dimension, Numbers

_NOTHING = Numbers()


def whole_at(viewer: Viewer, cut: Cut) -> Overview:
    """The figures of the region and below at the cut-off; twelve queries. Raises what `overview` raises."""
    return overview(viewer, cut.region_id, cut.now, at=cut.at)


def moved_in(viewer: Viewer, cut: Cut) -> Movement | None:
    """What the period changed; None where no period is asked for."""
    return None if cut.since is None else movement(viewer, cut.region_id, cut.since, cut.at)


def figures_of(numbers: Numbers) -> dict[str, Value]:
    """Numbers by the codes of their fields; a rate of nothing is nothing."""
    settled = numbers.reported - numbers.unsettled
    return {
        "reported": numbers.reported, "settled": settled, "unsettled": numbers.unsettled, "overdue": numbers.overdue,
        "due_soon": numbers.soon, "settled_rate": Decimal(settled) / numbers.reported if numbers.reported else None,
    }


def whole_figures(whole: Overview, moved: Movement | None) -> dict[str, Value]:
    """The figures of the whole region, with those of the period where one is asked for."""
    told = {} if moved is None else {"new_in_period": moved.whole.reported, "settled_in_period": moved.whole.settled}
    return {**figures_of(whole.numbers), **told}


def region_rows(whole: Overview, moved: Movement | None) -> Answer:
    """A row for each region below in their order, where there is none for the region itself; its sum; others are elsewhere."""
    here = directory()
    changed = {one.region.id: one for one in moved.children} if moved else {}
    own = _region(0, whole.region.name, whole.region.short, whole_figures(whole, moved))
    below = []
    for place, one in enumerate(whole.children, start=1):
        figures = figures_of(one.numbers) if one.numbers is not None else {}
        if one.region.id in changed:
            figures |= {
                "new_in_period": changed[one.region.id].reported, "settled_in_period": changed[one.region.id].settled,
            }
        below.append(_region(place, one.region.name, one.region.short, figures))
    known = {name for row in (own, *below) for name in row.names}
    elsewhere = {name for region in here.regions.values() for name in (region.name, region.short)} - known
    return Answer(tuple(below) or (own,), dict(own.values), frozenset(elsewhere), also=(own,))


def unit_rows(stood: Sequence[Stood], cut: Cut) -> Answer:
    """A row for each unit that had problems, most first; units of the region without any are known, others are elsewhere."""
    here = directory()
    counted: dict[UUID, list[Stood]] = defaultdict(list)
    for one in stood:
        if one.row["unit_id"]:
            counted[one.row["unit_id"]].append(one)
    order = sorted(counted, key=lambda unit: (-len(counted[unit]), here.name_of(unit)))
    rows = tuple(_unit(place, unit, counted[unit]) for place, unit in enumerate(order, start=1))
    within = set(here.within(cut.region_id))
    idle = tuple(_unit(0, unit.id, ()) for unit in here.units.values() if unit.region_id in within and unit.id not in counted)
    elsewhere = {unit.name for unit in here.units.values() if unit.region_id not in within and unit.id not in counted}
    return Answer(rows, _counted(stood), frozenset(elsewhere), also=idle)


def category_rows(whole: Overview, labels: Iterable[str]) -> Answer:
    """A row for each category that occurs, most first, those of one name together; the others of the package are known as none.

    Viewers of a line are told nothing by category: their counts are not divided so.
    """
    if Dimension.CATEGORY not in whole.slices:
        return Answer()
    by_label: dict[str, list[Slice]] = defaultdict(list)
    for one in whole.slices[Dimension.CATEGORY]:
        by_label[one.label].append(one)
    order = sorted(by_label, key=lambda label: (-sum(one.numbers.reported for one in by_label[label]), label))
    rows = tuple(
        Row((label,), {"sequence": place, "category": label, **_summed([one.numbers for one in by_label[label]])})
        for place, label in enumerate(order, start=1)
    )
    none = tuple(
        Row((label,), {"category": label, **_without_clocks(figures_of(_NOTHING))}) for label in sorted({*labels} - {*by_label})
    )
    return Answer(rows, _without_clocks(figures_of(whole.numbers)), also=none)


def _region(place: int, name: str, short: str, figures: Mapping[str, Value]) -> Row:
    return Row((name, short), {"sequence": place, "region": name, **figures})


def _unit(place: int, unit_id: UUID, stood: Sequence[Stood]) -> Row:
    here = directory()
    unit = here.units.get(unit_id)
    names = (unit.name, unit.short) if unit else (here.name_of(unit_id),)
    return Row(names, {"sequence": place, "unit": names[0], **_counted(stood)})


def _counted(stood: Sequence[Stood]) -> dict[str, Value]:
    settled = sum(one.is_settled for one in stood)
    return {
        "reported": len(stood), "settled": settled, "unsettled": len(stood) - settled,
        "overdue": sum(one.is_overdue for one in stood), "settled_rate": Decimal(settled) / len(stood) if stood else None,
    }


def _summed(numbers: Sequence[Numbers]) -> dict[str, Value]:
    """Figures of several slices; their clocks are not counted by slice."""
    by_phase = {phase: sum(one.of(phase) for one in numbers) for phase in numbers[0].by_phase}
    return _without_clocks(figures_of(Numbers(by_phase)))


def _without_clocks(figures: Mapping[str, Value]) -> dict[str, Value]:
    return {code: value for code, value in figures.items() if code not in ("overdue", "due_soon")}
