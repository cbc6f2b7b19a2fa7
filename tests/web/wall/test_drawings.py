"""The scenes' drawings: widths say the numbers, letters are large enough, colours can be read from the back of a room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from uuid import UUID, uuid5

import pytest

from tests.house.habits import SOURCE
from zhitong.domain.analysis.queries.spread import Spread
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.domain.problems.rules.phases import Numbers, Phase
from zhitong.web.shell.components import Tone
from zhitong.web.shell.lettering import Word, width_of
from zhitong.web.wall import flow, spots, strips

LEAST = 28
"""No letter on the wall is smaller at 1920 × 1080; a drawing's unit is a pixel there (issue 7, item 2)."""
ROOT = UUID(int=0)


def region(at: int, name: str) -> RegionEntry:
    return RegionEntry(uuid5(ROOT, str(at)), str(at), name, name, Rank.COUNTY, RegionKind.DIVISION, at, ROOT)


def numbers(handling: int, closed: int) -> Numbers:
    return Numbers({Phase.HANDLING: handling, Phase.CLOSED: closed})


def spans(words: list[Word]) -> Iterator[tuple[float, float]]:
    """From where to where each word runs."""
    for word in words:
        wide = word.squeezed or width_of(word.text, word.size)
        left = {"start": word.x, "middle": word.x - wide / 2, "end": word.x - wide}[word.anchor]
        yield left, left + wide


def test_the_stream_is_as_wide_as_what_each_level_handles() -> None:
    levels = {Rank.COUNTY: numbers(300, 300), Rank.CITY: numbers(100, 200), Rank.PROVINCE: numbers(50, 50)}

    drawn = flow.stream_of(levels, 1000)

    heights = []
    for branch in drawn.branches:
        top, bottom = re.match(r"M\S+ (\S+) .* (\S+) Z$", branch.path).groups()  # type: ignore[union-attr]
        heights.append(float(bottom) - float(top))
    assert heights == pytest.approx([flow.THICK * share for share in (0.6, 0.3, 0.1)], abs=0.2)
    assert [mark.text for mark in drawn.marks] == ["反映 1,000 个", "上行 400 个", "上行 100 个"]


def test_one_problem_among_a_million_can_still_be_seen() -> None:
    drawn = flow.stream_of({Rank.COUNTY: numbers(0, 999_999), Rank.CITY: numbers(1, 0)}, 1_000_000)

    top, bottom = re.match(r"M\S+ (\S+) .* (\S+) Z$", drawn.branches[1].path).groups()  # type: ignore[union-attr]
    assert float(bottom) - float(top) == flow.THINNEST


def test_a_level_between_that_handles_nothing_is_drawn_with_nought() -> None:
    levels = flow._between({Rank.PROVINCE: numbers(1, 0), Rank.TOWNSHIP: numbers(1, 0)})

    assert list(levels) == [Rank.TOWNSHIP, Rank.COUNTY, Rank.CITY, Rank.PROVINCE]


@pytest.mark.parametrize("shares", [[1], [1, 999_998, 1], [250_000] * 4, [1, 1, 1, 999_997]])
def test_the_stream_stays_on_its_paper(shares: list[int]) -> None:
    levels = dict(zip(flow.UPWARDS, (numbers(one, 0) for one in shares), strict=False))

    drawn = flow.stream_of(levels, sum(shares))

    words = [*drawn.marks, *(word for branch in drawn.branches for word in branch.words)]
    assert all(0 <= left <= right <= flow.WIDTH for left, right in spans(words))
    assert all(word.size >= LEAST and word.y <= flow.HEIGHT for word in words)
    for branch in drawn.branches:
        assert all(float(x) <= flow.WIDTH for x in re.findall(r"[ML](\S+) ", branch.path))


@pytest.mark.parametrize("number", [1, 2, 14, 22, 40])
def test_strips_stand_in_two_columns_and_their_parts_add_up(number: int) -> None:
    given = [
        strips.Given("演示循环化工园区", [("good", 0.5), ("bad", 0.5)], [(Tone.GOOD, "12"), (Tone.BAD, "1,234")])
        for _ in range(number)
    ]

    drawn = strips.strips_of(given)

    assert len(drawn.strips) == min(number, strips.MOST)
    assert bool(strips.left_out(given)) is (number > strips.MOST)
    for strip in drawn.strips:
        assert sum(piece.width for piece in strip.pieces) == pytest.approx(drawn.bar_width, abs=0.3)
        assert strip.bar_y + strips.BAR <= strips.HEIGHT
        spread = sorted(spans(list(strip.words)))
        assert all(one[1] <= other[0] for one, other in pairwise(spread))
        assert strip.x <= spread[0][0] <= spread[-1][1] <= strip.x + drawn.bar_width + 0.1
        assert min(word.size for word in strip.words) >= LEAST


@pytest.mark.parametrize("across", [0, 1, 14])
def test_the_field_of_categories_stays_on_its_paper(across: int) -> None:
    regions = [region(at, "演示经济技术开发区") for at in range(across)]
    spreads = [Spread("其他需要政府协调解决的问题", 12_345, {one.id: at * 100 for at, one in enumerate(regions)})] * 8

    drawn = spots.field_of(spreads, regions)

    assert len(drawn.cells) == 8 * across
    words = [*drawn.words, *(cell.word for cell in drawn.cells if cell.word)]
    assert all(-0.1 <= left <= right <= spots.WIDTH for left, right in spans(words))
    assert all(word.size >= LEAST for word in words)
    assert all(cell.y + drawn.cell_height <= spots.HEIGHT for cell in drawn.cells)
    assert all(cell.x + drawn.cell_width <= spots.WIDTH for cell in drawn.cells)


def _shine(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_shine(one), _shine(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_letters_stand_out_seven_times_from_what_is_behind_them() -> None:
    css = (SOURCE / "web/shell/static/shell/wall.css").read_text()
    colour = dict(re.findall(r"--wall-([\w-]+): (#\w{6});", css))
    tiles = re.findall(r"\.zt-depth-\d \{ fill: (#\w{6}); \}", css)
    panels = re.findall(r"background: (#\w{6});", css)

    assert len(tiles) == 5
    for behind in (colour["ground"], *panels):
        for letters in ("ink", "ink-2", "warn", "hue"):
            assert contrast(colour[letters], behind) >= 7
    for behind in tiles:
        assert contrast(colour["ink"], behind) >= 7
        for shape in ("good", "warn", "bad"):
            assert contrast(colour[shape], behind) >= 3
