"""The access matrix: every door × every kind of seat × inside and outside of each thing, asserted against the truth.

Everyday a sample drawn by a seed, a few cells for each kind of seat; under `prove` every cell, and every cell again with the
second wall alone. R-A3; GB/T 22239-2019 8.1.4.2.
"""

from __future__ import annotations

import random
from contextlib import nullcontext

import pytest

from tests.access.doors import doors
from tests.access.seats import NOBODY, seats
from tests.access.walking import Cell, Walker, cells
from zhitong.domain.organisations.scope import without_first_wall

SEED, SAMPLED = 20180903, 160


def every_cell(walker: Walker) -> list[Cell]:
    return [cell for door in doors() for cell in cells(walker.things, door)]


def test_a_sample_of_the_matrix_is_as_it_is_due(walker: Walker) -> None:
    every = every_cell(walker)
    drawn = random.Random(SEED).sample([one for one in every if one.thing is None], SAMPLED // 2)
    drawn += random.Random(SEED).sample([one for one in every if one.thing is not None], SAMPLED // 2)

    assert {one.login for one in drawn} == {*seats(), NOBODY, "postless"}, "each kind of seat is in the sample"
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
