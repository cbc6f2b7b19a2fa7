"""The flow drawn: volumes keep their proportions, what goes back is an arc below, shades say how late."""

from __future__ import annotations

import pytest

from zhitong.domain.analysis.queries.timing.timing import Flow
from zhitong.domain.analysis.rules.timing.figures import Length
from zhitong.domain.problems.rules.kinds import State
from zhitong.web.timing.drawing import _PLACES, OVER, flow_drawing, shade_of


def flow(since: State, to: State, times: int, late: int = 0) -> Flow:
    return Flow(since, to, Length(times, times, 60, 120, 60 * times, times, late))


FLOWS = [
    flow(State.DISPATCHED, State.HANDLING, 40), flow(State.HANDLING, State.ANSWERED, 30, 20),
    flow(State.DISPATCHED, State.ACCEPTED, 10, 2), flow(State.SUBMITTED, State.DECLINED, 5),
]
WORDS = {(one.since, one.to): f"{one.since.label}{one.to.label}" for one in FLOWS}


def test_every_open_state_and_every_end_has_a_place() -> None:
    assert {state.value for state in State} - _PLACES.keys() == {
        State.DECLINED.value, State.ENDED.value, State.MERGED.value, State.WITHDRAWN.value,
    }
    assert OVER in _PLACES


def test_width_is_how_many() -> None:
    drawing = flow_drawing(FLOWS, "", {}, WORDS)

    heights = {node.label.split()[0]: node.height for node in drawing.nodes}
    assert (heights["待签收"], heights["办理中"], heights["待企业确认"]) == (150.0, 120.0, 90.0)


def test_what_goes_back_is_an_arc_below_everything() -> None:
    drawing = flow_drawing(FLOWS, "", {}, WORDS)

    back = [band for band in drawing.bands if band.stroke is not None]
    assert [band.words for band in back] == ["待签收待交办"]
    assert all(band.y <= drawing.height for band in back)


@pytest.mark.parametrize(("share", "shade"), [(None, "plain"), (0.0, "calm"), (0.1, "slow"), (0.3, "late"), (1.0, "late")])
def test_shades_say_how_late(share: float | None, shade: str) -> None:
    assert shade_of(share) == shade


def test_nothing_drawn_of_nothing() -> None:
    drawing = flow_drawing([], "", {}, {})

    assert (drawing.nodes, drawing.bands) == ([], [])
