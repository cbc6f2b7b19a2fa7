"""Words and tiles on a drawing: nothing runs out of its place, nothing lies over another."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID, uuid5

import pytest

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.web.shell.components import OVERDUE, RUNNING
from zhitong.web.shell.lettering import NARROWEST, fitted, in_two_lines, width_of
from zhitong.web.shell.tiles import DEPTHS, NOTE, Face, chart_of, depth_of, places_of

ROOT = UUID(int=0)


def region(at: int, tile: tuple[int, int] | None = None, name: str = "演示县") -> RegionEntry:
    return RegionEntry(uuid5(ROOT, str(at)), str(at), name, name, Rank.COUNTY, RegionKind.DIVISION, at, ROOT, tile)


def face(name: str = "演示县") -> Face:
    return Face(name, "12,345", "86%", OVERDUE, 2)


def test_regions_without_a_place_are_laid_row_by_row_in_their_order() -> None:
    regions = [region(at) for at in range(5)]

    assert list(places_of(regions).values()) == [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)]


def test_regions_with_a_place_keep_it_and_the_others_come_beneath() -> None:
    regions = [region(0, (3, 2)), region(1), region(2, (1, 1)), region(3)]
    places = places_of(regions)

    assert [places[one.id] for one in regions] == [(3, 2), (1, 3), (1, 1), (2, 3)]


@pytest.mark.parametrize("number", [1, 2, 7, 14, 22, 30, 36])
def test_tiles_never_lie_over_one_another_nor_outside(number: int) -> None:
    regions = [region(at) for at in range(number)]

    chart = chart_of("", regions, {one.id: face() for one in regions}, width=1240, height=816)

    assert len(chart.tiles) == number
    for tile in chart.tiles:
        assert 0 <= tile.x <= chart.width - chart.tile_width + 1
        assert 0 <= tile.y <= chart.height - chart.tile_height + 1
    for one, other in combinations(chart.tiles, 2):
        assert abs(one.x - other.x) >= chart.tile_width or abs(one.y - other.y) >= chart.tile_height


@pytest.mark.parametrize("name", ["演示县", "演示循环化工产业园区", "演" * 30])
def test_every_word_of_a_tile_stays_inside_it_and_none_is_smaller_than_the_least(name: str) -> None:
    regions = [region(at) for at in range(22)]

    chart = chart_of("", regions, {one.id: face(name) for one in regions}, width=1240, height=816)

    for tile in chart.tiles:
        for word in tile.words:
            wide = word.squeezed or width_of(word.text, word.size)
            left = word.x - wide if word.anchor == "end" else word.x
            assert word.size >= NOTE
            assert tile.x < left < left + wide < tile.x + chart.tile_width
            assert tile.y < word.y < tile.y + chart.tile_height


def test_a_region_without_a_face_leaves_its_place_empty() -> None:
    regions = [region(0, (1, 1)), region(1, (2, 1))]

    chart = chart_of("", regions, {regions[1].id: face()}, width=1240, height=816)

    assert [tile.x > chart.tile_width / 2 for tile in chart.tiles] == [True]


@pytest.mark.parametrize(("number", "most", "depth"), [(0, 9, 0), (1, 100, 1), (20, 100, 2), (40, 100, 3), (100, 100, DEPTHS), (0, 0, 0)])
def test_the_shade_is_that_of_the_number_beside_the_largest(number: int, most: int, depth: int) -> None:
    assert depth_of(number, most) == depth


def test_a_word_that_fits_runs_freely_and_a_long_one_is_pressed_then_cut() -> None:
    assert fitted(0, 0, "沉着", 30, 60).squeezed is None
    pressed = fitted(0, 0, "沉着冷静", 30, 100)
    cut = fitted(0, 0, "沉着冷静" * 9, 30, 100)

    assert (pressed.text, pressed.squeezed) == ("沉着冷静", 100)
    assert cut.text.endswith("…")
    assert cut.squeezed is not None
    assert width_of(cut.text, 30) * NARROWEST <= cut.squeezed + 0.1 <= 100.1


@pytest.mark.parametrize(
    ("name", "lines"),
    [("沧县", ("沧县", "")), ("经济开发新区", ("经济开发", "新区")), ("一二三四五六七八九", ("一二三四", "五六七…"))],
)
def test_a_long_name_stands_in_two_lines(name: str, lines: tuple[str, str]) -> None:
    assert in_two_lines(name, 4) == lines


def test_a_light_is_a_shape_and_a_word() -> None:
    one = region(0)

    [tile] = chart_of("", [one], {one.id: Face("演示县", "3", "", RUNNING, 1)}, width=1240, height=816).tiles

    assert str(RUNNING.word) in [word.text for word in tile.words]
    assert tile.shape_y + 22 <= 190
