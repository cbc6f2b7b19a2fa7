"""Five in place (R-B6): said by a unit, found by an inspection, and where the two differ."""

from __future__ import annotations

import pytest

from tests.cast import acting, viewer
from tests.inspections.looking import OBJECT, OTHER, approved, does, unit_id
from tests.inspections.looking import afternoon as afternoon
from zhitong.domain.inspections.actions.readiness import Judged, say_in_place, see_in_place
from zhitong.domain.inspections.queries.readiness import readiness_for, readiness_of
from zhitong.domain.inspections.rules.kinds import Grade, Readiness
from zhitong.domain.organisations.scope import NotYours, without_first_wall
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db
CAMPAIGN = "hebei-2018"


def said(grade: Grade = Grade.IN_PLACE, words: str = "已成立专班，有文件。") -> dict[Readiness, Judged]:
    return {Readiness.LEADERSHIP: Judged(grade, words)}


def test_what_is_found_stands_beside_what_is_said_and_changes_it_not() -> None:
    inspection = approved()
    does("city", say_in_place, CAMPAIGN, said())
    does("city_office", see_in_place, inspection, unit_id(OBJECT), said(Grade.NOT, "专班没有开过会。"))

    with acting("city"):
        mine = readiness_of(viewer("city"), unit_id(OBJECT), CAMPAIGN)
    one = next(one for one in mine.things if one.thing is Readiness.LEADERSHIP)
    assert (one.said, one.found, one.differs) == (Grade.IN_PLACE, Grade.NOT, True)
    assert [one.thing for one in mine.things] == list(Readiness)
    assert not mine.things[0].differs


def test_nothing_is_said_without_its_evidence_and_only_of_those_looked_at() -> None:
    inspection = approved(objects_of=(unit_id(OBJECT),))

    with pytest.raises(BadInput, match="依据"):
        does("city", say_in_place, CAMPAIGN, said(words=" "))
    with pytest.raises(BadInput, match="至少"):
        does("city", say_in_place, CAMPAIGN, {})
    with pytest.raises(BadInput, match="被督查单位"):
        does("city_office", see_in_place, inspection, unit_id(OTHER), said())
    with pytest.raises(NotYours):
        does("firm", say_in_place, CAMPAIGN, said())
    with acting("city"):
        assert readiness_for(viewer("city"), CAMPAIGN) == []


def test_it_is_seen_by_the_unit_and_the_offices_above_behind_both_walls() -> None:
    does("city", say_in_place, CAMPAIGN, said())

    for login, units in (("city", 1), ("city_office", 1), ("province_office", 1), ("outsider", 0), ("firm", 0), ("park", 0)):
        with acting(login):
            assert len(readiness_for(viewer(login), CAMPAIGN)) == units
            with without_first_wall():
                assert len(readiness_for(viewer(login), CAMPAIGN)) == units
