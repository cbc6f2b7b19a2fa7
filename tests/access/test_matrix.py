"""The access matrix: every door × every kind of seat × inside and outside of each thing, asserted against the truth.

A sample drawn by a seed, a few cells for each kind of seat; every cell; and every cell again with the second wall alone.
R-A3; GB/T 22239-2019 8.1.4.2.
"""

from __future__ import annotations

import random
from contextlib import nullcontext

import pytest

from tests.access.doors import doors
from tests.access.seats import NOBODY, POSTLESS, seats
from tests.access.walking import Cell, Walker, cells
from zhitong.domain.organisations.scope import without_first_wall

SEED, SAMPLED = 20180903, 2


def every_cell(walker: Walker) -> list[Cell]:
    return [cell for door in doors() for cell in cells(walker.things, door)]


def test_a_sample_of_the_matrix_is_as_it_is_due(walker: Walker) -> None:
    every, chance = every_cell(walker), random.Random(SEED)
    drawn = [
        cell for login in (*seats(), NOBODY, POSTLESS) for about_a_thing in (True, False)
        for cell in chance.sample([one for one in every if one.login == login and bool(one.thing) is about_a_thing], SAMPLED)
    ]

    assert list(filter(None, map(walker.fault, drawn))) == []


@pytest.mark.prove
@pytest.mark.parametrize("walls", [nullcontext, without_first_wall], ids=["both walls", "the second wall alone"])
def test_every_cell_of_the_matrix_is_as_it_is_due(
    walker: Walker, walls: type[nullcontext[None]], capsys: pytest.CaptureFixture[str]
) -> None:
    every = every_cell(walker)
    with walls():
        faults = [fault for cell in every if (fault := walker.fault(cell))]

    with capsys.disabled():
        print(f"\naccess matrix, {walls.__name__}: {told(every, faults)}")
    assert faults == []


def told(every: list[Cell], faults: list[str]) -> str:
    """The closing line: how many cells, of how many doors, seats and things, and how many are not as they are due."""
    things = {cell.thing.word for cell in every if cell.thing}
    inside = sum(cell.is_inside for cell in every)
    outside = sum(cell.thing is not None and not cell.is_inside for cell in every)
    of = f"{len({cell.door for cell in every})} doors, {len({cell.login for cell in every})} seats, {len(things)} things"
    return f"{len(every)} cells ({of}; {inside} inside, {outside} outside of a thing), {len(faults)} not as due"
