"""A report that holds several matters is divided: it goes on for one, the others become problems, all or nothing. R-F9."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, unit_id, waiting
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.raising import NoSuchCategory
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sorting import Part, Split, split
from zhitong.domain.problems.queries.kin import Kinship
from zhitong.domain.problems.queries.page import ProblemPage, problem_page
from zhitong.domain.problems.queries.verifying import findings_of, findings_of_counts
from zhitong.domain.problems.rules.kinds import State
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db
TWO = (Part("energy", "夜间限电。"), Part("funds", "设备款被拖欠。"))


def page(login: str, story: Story) -> ProblemPage:
    with acting_as(viewer(login)) as here:
        return problem_page(here, story.problem_id, now=story.now)


def parts_of(story: Story) -> list[Story]:
    with acting("province_office"), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM problems_problem WHERE split_from_id = %s ORDER BY id", [story.problem_id])
        return [Story(row[0], story.now) for row in cursor.fetchall()]


@pytest.fixture
def mixed(raised: Raise) -> Story:
    """Sent by rule, and sent back to the desk of the park's office: there is more in it than energy."""
    story = raised(confidential=True, unnamed=True)
    story.does("park", send_back, SendBack, rule="三定方案第二条", whose="三个单位的事")
    return story


def test_the_report_keeps_number_text_and_place_and_says_what_it_goes_on_for(mixed: Story) -> None:
    before = mixed.standing

    after = mixed.does("park_office", split, Split, remains="厂门口道路", parts=TWO)

    assert (after.number, after.state, after.spell) == (before.number, before.state, before.spell)
    numbers = "、".join(part.standing.number for part in parts_of(mixed))
    assert mixed.facts()[-1].words == {"remains": "厂门口道路", "parts": numbers}
    assert page("firm", mixed).text == "夜间限电，热处理炉不能连续生产。"


def test_each_part_is_the_same_firms_and_as_guarded_and_goes_its_own_way(mixed: Story) -> None:
    mixed.does("park_office", split, Split, remains="厂门口道路", parts=TWO)

    energy, funds = (part.standing for part in parts_of(mixed))

    assert (energy.category, funds.category) == ("energy", "funds")
    assert (energy.state, energy.accountable_unit_id) == (State.DISPATCHED, unit_id("130973400-economy"))
    for part in (energy, funds):
        assert part.reporter_unit_id == mixed.standing.reporter_unit_id
        assert (part.confidential, part.unnamed, part.submitted_at) == (True, True, mixed.now)
    with acting("province_office"):
        every = [mixed.problem_id, *(part.problem_id for part in parts_of(mixed))]
        assert findings_of(every, now=mixed.now) == []
        assert findings_of_counts() == []


def test_the_pages_name_each_other(mixed: Story) -> None:
    mixed.does("park_office", split, Split, remains="厂门口道路", parts=TWO)

    assert [one.kinship for one in page("firm", mixed).kin] == [Kinship.PART, Kinship.PART]
    assert [one.kinship for one in page("firm", parts_of(mixed)[0]).kin] == [Kinship.WHOLE, Kinship.SIBLING]


@pytest.mark.parametrize(("parts", "refused", "sentence"), [
    ((), NotNow, "可以拆成 2 至 5 个事项"),
    (TWO * 3, NotNow, "可以拆成 2 至 5 个事项"),
    ((*TWO, Part("logistics", "运费太高。")), NoSuchCategory, "所选问题类别不适用"),
    ((*TWO, Part("energy", "见机密文件。")), BadInput, "非涉密系统"),
])
def test_one_bad_part_and_nothing_is_split(
    mixed: Story, parts: tuple[Part, ...], refused: type[NotNow], sentence: str
) -> None:
    with mixed.unchanged(refused, sentence):
        mixed.does("park_office", split, Split, remains="厂门口道路", parts=parts)

    assert parts_of(mixed) == []


def test_another_office_does_not_split_it(raised: Raise) -> None:
    story = waiting(raised)

    with story.unchanged(NotNow, "“拆分”由.*办理，不是本单位"):
        story.does("zone_office", split, Split, remains="道路", parts=TWO)
