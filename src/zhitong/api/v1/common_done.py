"""What came of an act on a common problem, and in whose turn it was done."""

from __future__ import annotations

from zhitong.api.door import Request
from zhitong.api.words import Shape
from zhitong.domain.commons.actions.establishing import Joining, Named, Turn


class NotTaken(Shape):
    """A problem that stayed out or was not moved, and why."""

    number: str
    reason: str


class CommonDone(Shape):
    """What came of an act: how many joined, were moved, completed, offered to others; and who was not, by name."""

    number: str
    joined: int = 0
    moved: int = 0
    completed: int = 0
    offered: int = 0
    left_out: list[NotTaken] = []
    unmoved: list[NotTaken] = []


def turn_of(request: Request) -> Turn:
    return Turn(viewer=request.viewer, via="api", now=request.now, request_id=request.request_id)


def joined_told(done: Joining) -> CommonDone:
    return CommonDone(
        number=done.number, joined=done.joined, moved=done.moved, left_out=left_out_told(done.left_out), unmoved=left_out_told(done.unmoved)
    )


def left_out_told(named: tuple[Named, ...]) -> list[NotTaken]:
    return [NotTaken(number=one.number, reason=one.reason) for one in named]
