"""The inbox of a unit: its trays, what lies in them, what each row asks, and what nobody else sees (issue: desks)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Story, viewer
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import Escalate, Propose, escalate, propose
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, SendBack, acknowledge, complete, send_back
from zhitong.domain.problems.queries.lists import Filters, Order, count_for, problems_for
from zhitong.domain.problems.queries.trays import tray_counts
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, Rating
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.trays import BY_DUE, Tray, trays_of

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]


def told(answer: Any) -> str:
    return str(answer.content.decode())


def counts(answer: Any) -> dict[str, str]:
    return {str(tab.label): tab.count for tab in answer.context["tabs"] if tab.count}


def proposed(story: Story) -> Story:
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调")
    return story


@pytest.fixture
def full(raised: Raised) -> dict[str, Story]:
    """One problem at each turn of the way between the park, its office and the zone."""
    names = ("to_sign", "in_hand", "back", "proposed", "above", "answered", "confirmed")
    stories = {name: raised() for name in names}
    stories["to_accept"] = raised(category="other", subject_kind="work")
    for name in ("in_hand", "answered", "confirmed"):
        stories[name].does("park", acknowledge, Acknowledge, contact="已联系")
    for name in ("answered", "confirmed"):
        stories[name].does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    stories["confirmed"].does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    stories["back"].does("park", send_back, SendBack, rule="三定规定第二条", whose="安监环保局")
    proposed(stories["proposed"])
    proposed(stories["above"]).does(
        "park_office", escalate, Escalate, consent_by="演示主任", consent_on=NOW.date()
    )
    return stories


def test_each_tray_says_how_much_lies_in_it(at_desk: Desk, full: dict[str, Story]) -> None:
    park, office, zone = (counts(at_desk(login).get("/problems/")) for login in ("park", "park_office", "zone"))

    assert park == {"超期": "0", "临期": "0", "待签收": "1", "办理中": "1", "等别人的": "2", "已提请上级": "1"}
    assert office == {
        "超期": "0", "临期": "0", "待签收": "0", "办理中": "0", "被退回": "1", "待受理交办": "2", "待审批": "1",
        "等别人的": "0", "已提请上级": "1",
    }
    assert zone["下级提请"] == "1"


@pytest.mark.parametrize("login", ["park", "park_office", "zone", "city_office"])
def test_whatever_is_on_the_desk_lies_in_a_tray_and_a_count_is_what_its_list_holds(
    full: dict[str, Story], login: str
) -> None:
    here, now = viewer(login), NOW + timedelta(hours=2)

    with acting_as(here):
        desk = {row.id for row in problems_for(here, Lens.DESK, Filters(), now=now).rows}
        laid = {tray: [row.id for row in problems_for(here, tray, Filters(), now=now).rows] for tray in trays_of(here)}
        counted = tray_counts(here, now=now, most=1001)
        listed = {
            tray: count_for(here, tray, Filters(), now=now, order=Order.DUE if tray in BY_DUE else Order.NEWEST)
            for tray in trays_of(here)
        }

    assert desk <= {one for rows in laid.values() for one in rows}
    assert counted == listed == {tray: len(rows) for tray, rows in laid.items()}


def test_what_is_late_comes_first(raised: Raised) -> None:
    here, story = viewer("park"), raised()

    with acting_as(here):
        due = story.standing.stage_due_at
        assert due is not None
        soon = tray_counts(here, now=due - timedelta(minutes=1), most=9)
        late = tray_counts(here, now=due + timedelta(minutes=1), most=9)

    assert (soon[Tray.SOON], soon[Tray.OVERDUE]) == (1, 0)
    assert (late[Tray.SOON], late[Tray.OVERDUE]) == (0, 1)


@pytest.mark.parametrize(
    ("login", "tab", "act"),
    [("park", "to_sign", "签收并联系"), ("park", "in_hand", "办结"), ("park", "others", "查看"), ("park", "above", "查看"),
     ("park_office", "to_decide", "审核"), ("zone", "below", "签收并联系")],
)
def test_a_row_carries_the_next_act_as_a_button(
    at_desk: Desk, full: dict[str, Story], login: str, tab: str, act: str
) -> None:
    client = at_desk(login)

    answer = client.get(f"/problems/?tab={tab}")
    cells = {row[1].text: row[1].url for row in answer.context["list"].rows}

    assert act in cells
    assert client.get(cells[act]).status_code == 200
    assert 'class="btn zt-row-do"' in told(answer)


def test_the_sheet_holds_the_tray_as_it_is_seen(at_desk: Desk, full: dict[str, Story]) -> None:
    answer = at_desk("park").get("/problems/?tab=to_sign&export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()

    assert rows[0][0] == "待签收"
    assert [row[1] for row in rows if "签收并联系" in row] == ["签收并联系"]


def test_others_see_nothing_of_it(at_desk: Desk, full: dict[str, Story]) -> None:
    for login in ("outsider", "neighbour"):
        answer = at_desk(login).get("/problems/")
        assert set(counts(answer).values()) == {"0"}
        assert all(not at_desk(login).get(f"/problems/?tab={tab.value}").context["list"].rows
                   for tab in trays_of(viewer(login)))


@pytest.mark.parametrize(("login", "tab"), [("park", "nonsense"), ("park", "looking"), ("park", "office")])
def test_a_tray_that_the_unit_does_not_have_is_not_there(at_desk: Desk, login: str, tab: str) -> None:
    assert at_desk(login).get(f"/problems/?tab={tab}").status_code == 404


@pytest.mark.parametrize("address", ["/problems/", "/problems/?tab=to_sign", "/problems/?q=%E7%94%B5"])
def test_the_page_and_all_its_counts_cost_eight_queries_whatever_the_rows(
    at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int], address: str
) -> None:
    """Session, person with posts, opening, naming, rulebook, counts, rows, end (issue: how fast); and in a test, unnaming."""
    client = at_desk("park")
    raised()

    few = queries_of(client, address)
    for _ in range(5):
        raised()

    assert queries_of(client, address) == few <= 8 + 1
