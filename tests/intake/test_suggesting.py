"""代表委员 (R-G6): they read their region's open problems and nothing that names or calls anybody; what they suggest is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from tests.cast import Story, acting, viewer
from tests.files.samples import upload
from tests.problems.conftest import raised as raised
from tests.world import NOW
from zhitong.domain.files.actions import attach, store
from zhitong.domain.files.queries import files_of
from zhitong.domain.intake.actions.suggesting import Suggestion, suggest
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.models import Person, Post, Region, Tenure, Unit
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, dispatch
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.attached import files_of_problem
from zhitong.domain.problems.queries.lists import Filters, count_for, problems_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.rules.kinds import Nature, Outcome, Rating, Source, State
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.open_reach import HIDDEN, without_numbers
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]


def seated(login: str, region: str = "130973400", post: str = "delegate") -> Viewer:
    """Somebody in a post of the delegates' unit of a region."""
    unit, _new = Unit.objects.get_or_create(
        code=f"{region}-delegates",
        defaults={
            "name": "演示代表委员联络组", "short": "代表委员", "kind": "delegates", "region": Region.objects.get(code=region),
            "subordination": "territorial",
        },
    )
    seat, _new = Post.objects.get_or_create(unit=unit, kind=post, defaults={"title": post})
    person = Person.objects.create(login=login, name="演示代表")
    Tenure.objects.create(post=seat, person=person, since=date(2018, 1, 1))
    found = viewer_for(person.id, seat.id, day_of(NOW))
    assert found is not None
    return found


@pytest.fixture
def delegate(db: None) -> Viewer:
    """A delegate of the park."""
    return seated("delegate")


def listed(who: Viewer, lens: Lens = Lens.ALL, **asked: Any) -> list[Any]:
    with acting_as(who):
        return problems_for(who, lens, Filters(**asked), now=NOW).rows


def test_a_delegate_reads_and_suggests_and_does_nothing_else(delegate: Viewer) -> None:
    assert delegate.reach is Reach.OPEN
    assert delegate.permissions == {Permission.SUGGEST, Permission.REPORT}
    assert lenses_of(delegate) == [Lens.TERRITORY, Lens.UNIT, Lens.ALL]


@pytest.mark.parametrize("lens", [Lens.TERRITORY, Lens.ALL])
def test_the_region_is_read_but_for_what_is_confidential_behind_both_walls(
    delegate: Viewer, raised: Raised, lens: Lens
) -> None:
    raised()
    secret = raised(confidential=True)
    raised(login="other_firm")

    assert [row.confidential for row in listed(delegate, lens)] == [False]
    with acting_as(delegate), without_first_wall():
        assert count_for(delegate, lens, Filters(), now=NOW) == 1
        with pytest.raises(NotFound):
            problem_page(delegate, secret.problem_id, now=NOW)
    with acting_as(delegate), pytest.raises(NotFound):
        problem_page(delegate, secret.problem_id, now=NOW)


def test_a_delegate_of_elsewhere_reads_nothing_of_it(raised: Raised, db: None) -> None:
    raised()

    assert listed(seated("elsewhere", "130123")) == []


def test_no_number_and_no_unnamed_firm_is_read_and_none_is_found_by_searching(delegate: Viewer, raised: Raised) -> None:
    story = raised(text="停电，请回电138 0013 8000或0317-5551234。" + "一" * 45 + "13900139000", unnamed=True)
    story.does("park", acknowledge, Acknowledge, contact="已电话联系13800138000。")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已恢复，问题请找15511112222。")

    with acting_as(delegate):
        page = problem_page(delegate, story.problem_id, now=NOW)
    [row] = listed(delegate)

    told = f"{page.text}{page.answers}{page.timeline}{row.excerpt}"
    assert [number for number in ("138 0013", "5551234", "139001", "13800138000", "15511112222") if number in told] == []
    assert told.count(HIDDEN) >= 5
    assert (page.subject_name, row.subject_name, page.subject_id, row.subject_id) == (UNNAMED, UNNAMED, None, None)
    assert (page.spells, page.escalations, page.parties, page.acts) == ((), (), (), ())
    assert listed(delegate, words="13800138000") == listed(delegate, words="石化设备") == []
    assert len(listed(delegate, words=page.standing.number)) == 1
    with acting("park"):
        assert "138 0013 8000" in problem_page(viewer("park"), story.problem_id, now=NOW).text


def test_the_files_of_a_firm_are_not_opened(delegate: Viewer, raised: Raised) -> None:
    story = raised()
    with acting("firm") as actor:
        [file] = store([upload()], actor=actor, now=NOW)
        attach([file.id], "problem", story.problem_id, actor=actor, now=NOW)

    with acting_as(delegate):
        assert files_of_problem(story.problem_id) == []
        assert files_of("problem", [story.problem_id])[story.problem_id] == []
        with pytest.raises(NotFound):
            open_file_for(delegate, file.id)


def test_what_is_read_cannot_be_changed_even_past_the_first_wall(delegate: Viewer, raised: Raised) -> None:
    story = raised()

    with acting_as(delegate), connection.cursor() as cursor:
        cursor.execute("UPDATE problems_problem SET text = 'x' WHERE id = %s", [story.problem_id])
        assert cursor.rowcount == 0


def test_a_suggestion_waits_for_the_office_and_is_rated_by_the_delegates(delegate: Viewer) -> None:
    with acting_as(delegate):
        standing = suggest(delegate, Suggestion(
            campaign="hebei-2018", text="建议增开早班公交，联系13800138000。", category="other", actor=delegate.actor("test"), now=NOW
        ))

    assert (standing.nature, standing.source, standing.state) == (Nature.SUGGESTION, Source.DEPUTY, State.SUBMITTED)
    assert standing.accountable_unit_id == viewer("park_office").unit_id
    with acting_as(delegate):
        assert "13800138000" in problem_page(delegate, standing.id, now=NOW).text
    assert [row.number for row in listed(delegate, Lens.UNIT)] == [standing.number]


def test_their_satisfaction_is_registered_by_themselves_or_their_clerk(delegate: Viewer) -> None:
    with acting_as(delegate):
        story = Story(suggest(delegate, Suggestion(
            campaign="hebei-2018", text="建议增开早班公交。", category="other", actor=delegate.actor("test"), now=NOW
        )).id)
    story.does("park_office", accept, Accept)
    story.does("park_office", dispatch, Dispatch, unit_id=viewer("park").unit_id, reason="")
    story.does("park", acknowledge, Acknowledge, contact="已联系代表。")
    story.does("park", complete, Complete, outcome=Outcome.EXPLAINED, text="列入明年计划。")
    clerk = seated("clerk", post="liaison")

    with acting_as(clerk):
        done = confirm([Confirm(problem_id=story.problem_id, actor=clerk.actor("test"), now=story.now, rating=Rating.SATISFIED)])

    assert done[0].state is State.CONFIRMED


def test_a_delegate_does_not_speak_for_a_firm(delegate: Viewer, raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已联系。")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已恢复。")

    with acting_as(delegate), pytest.raises((NotNow, NotFound)):
        confirm([Confirm(problem_id=story.problem_id, actor=delegate.actor("test"), now=story.now, rating=Rating.SATISFIED)])
    assert story.standing.state is State.ANSWERED


def test_nobody_else_puts_suggestions(db: None) -> None:
    for login in ("park", "firm"):
        with pytest.raises(NotYours), acting_as(viewer(login)) as here:
            suggest(here, Suggestion(campaign="hebei-2018", text="建议", actor=here.actor("test"), now=NOW))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("打13800138000", f"打{HIDDEN}"), ("+86 138-0013-8000", HIDDEN), ("１３８００１３８０００", HIDDEN), ("(0317)5551234", HIDDEN),
        ("电话：5551234", f"电话{HIDDEN}"), ("微信号abc_12345", f"微信{HIDDEN}"),
        ("2018年4月27日投资138001万元，编号20180427001", "2018年4月27日投资138001万元，编号20180427001"),
    ],
)
def test_numbers_are_hidden_and_other_figures_stay(text: str, read: str) -> None:
    assert without_numbers(text) == read
