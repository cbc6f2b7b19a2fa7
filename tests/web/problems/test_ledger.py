"""台账: how what is listed stands, narrowed by whence and by what was said, closed off by ticks, printed on A3. R-F7."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Story, acting
from tests.problems.ways import Raise, confirmed_as, of_safety
from tests.world import NOW
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, NotReady, close_off, close_off_together, confirm
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Nature, Outcome, Rating, Source, State
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
LEDGER = "/problems/ledger/"


def told(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def shown(answer: Any) -> int:
    return len(answer.context["list"].rows)


def figures(answer: Any) -> dict[str, str]:
    return {str(one.label): one.value for one in answer.context["figures"]}


def ready(raised: Raise) -> Story:
    story = of_safety(raised)
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    return story


def close(client: Client, *stories: Story, back: str = LEDGER) -> Any:
    key = client.get(LEDGER).context["once_key"]
    asked = {"act": "close_off", "once_key": key, "back": back, "chosen": [str(one.problem_id) for one in stories]}
    return client.post("/problems/dispatch/together/", asked, follow=True)


def test_the_head_says_how_what_is_listed_stands(at_desk: Desk, raised: Raise) -> None:
    done = ready(raised)
    done.does("park_office", close_off, CloseOff)
    raised()
    raised(confidential=True)
    with clock.held_at(NOW + timedelta(days=60)):
        later = at_desk("park_office").get(LEDGER)
        outside = at_desk("outsider").get(LEDGER)
    now = at_desk("park_office").get(LEDGER)

    assert figures(now) == {"全部": "3", "未办结": "2", "超期": "0", "本月销号": "1"}
    assert figures(later) == {"全部": "3", "未办结": "2", "超期": "2", "本月销号": "0"}
    assert set(figures(outside).values()) == {"0"}


def test_every_figure_opens_to_its_rows_and_follows_the_bar(at_desk: Desk, raised: Raise) -> None:
    ready(raised).does("park_office", close_off, CloseOff)
    raised()
    raised(source=Source.REPORT)
    client = at_desk("park_office")

    for one in client.get(LEDGER).context["figures"]:
        assert shown(client.get(LEDGER + one.url if one.url else LEDGER + "?light=overdue")) == int(one.value)
    assert figures(client.get(f"{LEDGER}?source=report")) == {"全部": "1", "未办结": "1", "超期": "0", "本月销号": "0"}


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("source=report", 1), ("source=call", 0), ("nature=inquiry", 1), ("nature=suggestion", 0), ("rating=satisfied", 1),
        ("rating=dissatisfied", 0), ("recorded=only", 0), ("recorded=no", 3), ("pending=only", 0), ("pending=no", 3),
    ],
)
def test_it_is_narrowed_by_whence_it_came_and_what_was_said(at_desk: Desk, raised: Raise, asked: str, count: int) -> None:
    raised(source=Source.REPORT)
    raised(nature=Nature.INQUIRY)
    ready(raised)

    assert shown(at_desk("park_office").get(f"{LEDGER}?{asked}")) == count


def test_what_was_ticked_is_closed_off_and_the_ledger_stays_as_it_was_narrowed(at_desk: Desk, raised: Raise) -> None:
    first, second = ready(raised), ready(raised)

    answer = close(at_desk("park_office"), first, second, back=f"{LEDGER}?kind=industry")

    assert (first.standing.state, second.standing.state) == (State.CLOSED, State.CLOSED)
    assert answer.redirect_chain[-1][0] == f"{LEDGER}?kind=industry"
    assert "已销号 2 件" in told(answer)


def test_what_is_not_ready_is_named_and_none_is_closed(at_desk: Desk, raised: Raise) -> None:
    done, running, unchecked = ready(raised), raised(), confirmed_as(raised, Outcome.PARTLY)

    answer = close(at_desk("park_office"), done, running, unchecked)

    said = told(answer)
    assert f"{running.standing.number}（待签收）、{unchecked.standing.number}（须先核查）" in said
    assert f"{done.standing.number}（" not in said
    assert done.standing.state is State.CONFIRMED


def test_the_way_back_leads_nowhere_but_to_the_ledger(at_desk: Desk, raised: Raise) -> None:
    answer = close(at_desk("park_office"), ready(raised), back="https://elsewhere.example/")

    assert answer.redirect_chain[-1][0].startswith("/problems/dispatch/")


def test_only_an_office_is_offered_ticks_and_another_office_closes_nothing(at_desk: Desk, raised: Raise) -> None:
    story = ready(raised)

    assert "chosen" not in told(at_desk("park").get(LEDGER))
    assert close(at_desk("outsider"), story).status_code == 404
    with acting("zone_office") as actor, pytest.raises(NotReady, match="不由本办销号"):
        close_off_together([CloseOff(problem_id=story.problem_id, actor=actor, now=story.now)])
    assert issubclass(NotReady, NotNow)
    assert story.standing.state is State.CONFIRMED
