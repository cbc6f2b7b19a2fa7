"""Pieces of the park's department of economy, told short: submitted, adopted, and of problems open and confidential."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from tests.cast import Story, acting, viewer
from tests.live.conftest import raise_one
from tests.problems.ways import confirmed
from tests.world import NOW
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.practices.actions.judging import adopt
from zhitong.domain.practices.actions.submitting import NewPiece, submit_piece
from zhitong.domain.practices.queries.pieces import PieceView, piece_seen
from zhitong.domain.practices.rules.kinds import PieceKind
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock

TITLE = "园区建立供电问题直通会商机制"
TEXT = "园区经济发展局会同供电公司每周会商，一次告知增容资料，三家企业的用电问题当周解决。"


def wanted(**said: Any) -> NewPiece:
    """A good practice about the supply of energy."""
    return NewPiece(**{
        "campaign": "hebei-2018", "kind": PieceKind.GOOD_PRACTICE, "title": TITLE, "text": TEXT, "subject_kind": "industry",
        "category": "energy", **said,
    })


def does(who: Viewer | str, act: Any, *said: Any, at: datetime = NOW, **named: Any) -> Any:
    """An act of somebody of the cast, or of a viewer."""
    one = viewer(who) if isinstance(who, str) else who
    with acting_as(one) as here:
        return act(here, *said, actor=here.actor("test"), now=at, **named)


def submitted(who: str = "park", **said: Any) -> UUID:
    """A piece at the office of its writer's region."""
    made: UUID = does(who, submit_piece, wanted(**said))
    return made


def adopted(who: str = "park", office: str = "park_office", **said: Any) -> UUID:
    """A piece that the office adopted."""
    made = submitted(who, **said)
    does(office, adopt, made, "写得具体")
    return made


def seen(who: str, piece: UUID) -> PieceView:
    """A piece as somebody of the cast opens it."""
    with acting(who):
        return piece_seen(viewer(who), piece)


def closed_problem() -> tuple[Story, str]:
    """A matter of the firm that was solved and struck off, with its number."""
    story = confirmed(raise_one())
    story.does("zone_office", close_off, CloseOff)
    return story, story.standing.number


def confidential(story: Story) -> None:
    """Let a matter be one that its firm wants kept confidential: nobody can make it so afterwards, so a test does."""
    with acting("province_office"):
        Problem.objects.filter(id=story.problem_id).update(confidential=True)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with clock.held_at(NOW):
        yield
