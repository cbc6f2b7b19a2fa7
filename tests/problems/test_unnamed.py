"""Of an unnamed matter only the reporter and the office of its region know whose it is. R-F13."""

from __future__ import annotations

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, acknowledged, sent_up, unit_id
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.queries.lists import Filters, ProblemRow, count_for, problems_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.django_db
FIRM, HIDDEN = "演示南大港石化设备有限公司", "隐名企业"
HANDLERS = ("park", "zone", "zone_office", "city_office", "province_office")
KNOWING = ("firm", "park_office")
EVERY = Filters()


@pytest.fixture
def unnamed(raised: Raise) -> Story:
    """Unnamed, known to every level by having been at the desk and sent up."""
    story = raised(unnamed=True)
    story.does("park", send_back, SendBack, rule="依据", whose="经发局")
    story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="由其承办")
    return sent_up(story)


def rows(login: str, filters: Filters = EVERY) -> list[tuple[Lens, ProblemRow]]:
    with acting_as(viewer(login)) as here:
        return [
            (lens, row) for lens in lenses_of(here) for row in problems_for(here, lens, filters, now=NOW).rows
        ]


@pytest.mark.parametrize(("login", "name"), [
    *((login, HIDDEN) for login in HANDLERS), *((login, FIRM) for login in KNOWING),
])
def test_every_list_and_the_page_say_so(unnamed: Story, login: str, name: str) -> None:
    with acting_as(viewer(login)) as here:
        page = problem_page(here, unnamed.problem_id, now=NOW)
        duties = duties_for(here, now=NOW)
    listed = rows(login)

    assert listed
    assert {row.subject_name for _lens, row in listed} == {page.subject_name} == {name}
    assert {row.subject_id is None for _lens, row in listed} == {page.subject_id is None} == {name == HIDDEN}
    assert {duty.problem.subject_name for duty in duties} <= {name}


@pytest.mark.parametrize("login", HANDLERS)
def test_nothing_on_the_page_names_the_firm(unnamed: Story, login: str) -> None:
    with acting_as(viewer(login)) as here:
        page = problem_page(here, unnamed.problem_id, now=NOW)

    assert FIRM not in repr(page)
    assert page.timeline[0].unit == HIDDEN
    assert page.timeline[0].who == ""


@pytest.mark.parametrize(("login", "finds"), [("zone_office", False), ("park", False), ("park_office", True), ("firm", True)])
def test_a_search_by_name_finds_it_only_for_those_who_may_know(unnamed: Story, login: str, finds: bool) -> None:
    by_name = Filters(words="石化设备")

    assert bool(rows(login, by_name)) is finds
    assert rows(login, Filters(words="夜间限电"))
    with acting_as(viewer(login)) as here:
        assert bool(count_for(here, lenses_of(here)[0], Filters(words="石化设备"), now=NOW)) is (
            finds and bool(count_for(here, lenses_of(here)[0], Filters(), now=NOW))
        )


@pytest.mark.parametrize(("login", "finds"), [("zone_office", False), ("park_office", True)])
def test_the_firms_own_list_of_problems_leaves_it_out(unnamed: Story, login: str, finds: bool) -> None:
    with acting("park_office"):
        subject_id = Subject.objects.get(name=FIRM).id

    assert bool(rows(login, Filters(subject_id=subject_id))) is finds


@pytest.mark.parametrize(("login", "name"), [("zone_office", HIDDEN), ("park_office", FIRM)])
def test_rooms_above_that_are_about_it_say_so_too(unnamed: Story, login: str, name: str) -> None:
    with acting_as(viewer(login)) as here:
        [head] = heads_for(here, ids=[unnamed.problem_id]).values()

    assert head.subject_name == name


def test_a_named_one_is_named_to_all(raised: Raise) -> None:
    acknowledged(raised())

    assert {row.subject_name for login in (*HANDLERS, *KNOWING) for _lens, row in rows(login)} == {FIRM}
