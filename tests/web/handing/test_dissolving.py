"""A unit with forty open cases is dissolved at the screen: the page says what happens to them and who receives them (R-B5)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import Story, acting, official_of, viewer
from tests.problems.conftest import raised as raised
from tests.problems.test_dissolve import PARK
from tests.problems.test_dissolve import heir as heir
from tests.problems.test_dissolve import read_anew as read_anew
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import text_of
from zhitong.domain.organisations.actions.dissolving import next_version
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.models import Problem

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]
PAGE = "/handing/dissolve/"


@pytest.fixture
def forty(raised: Callable[..., Story]) -> list[Story]:
    """Forty cases with the park's economy bureau, half of them signed for."""
    stories = [raised() for _ in range(40)]
    for story in stories[:20]:
        story.does("park", acknowledge, Acknowledge, contact="已联系")
    return stories


def test_what_happens_to_forty_cases_is_told_before_and_they_are_all_on_a_desk_after(
    at_screen: AtScreen, forty: list[Story], heir: UUID
) -> None:
    office, gone = at_screen("park_office"), viewer("park").unit_id
    names = directory()
    asked = {"unit_id": str(gone), "successor_id": str(heir), "once_key": "k"}

    looked = text_of(office.post(PAGE, {**asked, "act": "look"}))
    with acting("province_office"):
        still = list(Problem.objects.filter(accountable_unit_id=gone).values_list("id", flat=True))
    done = text_of(office.post(PAGE, asked, follow=True))
    next_version()

    assert f"{names.name_of(gone)}撤并后，以下全部由{names.name_of(heir)}承接" in looked
    assert "在办问题40件，状态不变，时限接着计算" in looked
    assert "撤并，转交40件在办问题" in looked
    assert len(still) == 40, "looking changes nothing"
    assert f"在办问题40件、待传答复0件、协办事项0件、未报送的目标任务报告0份已全部转给{names.name_of(heir)}" in done
    with acting("province_office"):
        holders = set(Problem.objects.filter(id__in=still).values_list("accountable_unit_id", flat=True))
    assert holders == {heir}
    successor = Client()
    successor.force_login(Person.objects.get(id=official_of(directory().units[heir].code).person_id))
    assert "共40条" in text_of(successor.get("/problems/?lens=desk"))


def test_a_unit_of_another_level_is_not_looked_into(at_screen: AtScreen, forty: list[Story], heir: UUID) -> None:
    gone = viewer("park").unit_id

    for login, status in (("zone_office", 404), ("outsider", 404), ("park", 403)):
        answer = at_screen(login).post(PAGE, {"unit_id": str(gone), "successor_id": str(heir), "act": "look"})
        assert (answer.status_code, "40件" in text_of(answer)) == (status, False)
    assert directory().unit_coded(PARK) is not None
