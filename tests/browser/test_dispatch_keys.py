"""The office's dispatch desk by keyboard: ten cases routed, every key counted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor
from tests.cast import Story, acting, viewer
from tests.world import NOW
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, dispatch
from zhitong.domain.problems.rules.kinds import Outcome, Rating, Source, State
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.browser
CASES = 10
KEYS_AT_MOST = 3


def unruled(text: str) -> Story:
    """A matter of the firm's that no rule sends anywhere."""
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        [standing] = raise_problems([Report(
            campaign="hebei-2018", source=Source.REPORT, subject_id=subject.id, subject_name=subject.name,
            subject_kind="work", tier="", reporter_unit_id=actor.unit_id, region_id=subject.region_id, category="other",
            text=text, actor=actor, now=NOW,
        )])
    return Story(standing.id)


def practice() -> None:
    """Such a matter was settled by the park's department once."""
    story = unruled("厂区门前道路夜间无照明。（演示内容）")
    story.does("park_office", accept, Accept)
    story.does("park_office", dispatch, Dispatch, unit_id=viewer("park").unit_id, reason="三定规定")
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    story.does("zone_office", close_off, CloseOff)


def test_ten_cases_are_routed_with_three_keys_each_at_most(site: Site, visit: Callable[..., Visitor]) -> None:
    practice()
    stories = [unruled(f"第{n}件：厂区门前道路夜间无照明。（演示内容）") for n in range(1, CASES + 1)]
    office = visit(site(), "park_office")
    page, pressed = office.page, 0

    def press(key: str) -> None:
        nonlocal pressed
        pressed += 1
        page.keyboard.press(key)

    for pile, said in (("submitted", "已受理 1 件。"), ("accepted", "已交办 1 件。")):
        office.open(f"/problems/dispatch/?pile={pile}")
        expect(page.locator("tr[aria-current]")).to_have_count(1)
        for left in range(CASES, 0, -1):
            expect(page.locator("[data-rows] tbody tr:not([data-going])")).to_have_count(left)
            press("Enter")
            if left > 1:
                expect(page.locator("[data-desk-said]")).to_have_text(said)
        expect(page.locator(".zt-list-empty")).to_be_visible()

    assert {story.standing.state for story in stories} == {State.DISPATCHED}
    assert pressed / CASES <= KEYS_AT_MOST
    print(f"keys per case: {pressed / CASES:g}, accepting and handing out")


@pytest.mark.prove
def test_the_text_opens_beside_the_list_and_the_letters_lead_on(site: Site, visit: Callable[..., Visitor]) -> None:
    first, second = unruled("第一件（演示内容）"), unruled("第二件（演示内容）")
    office = visit(site(), "park_office")
    page = office.page
    office.open("/problems/dispatch/?pile=submitted")

    expect(page.locator("#beside")).to_contain_text("第一件")
    page.keyboard.press("j")
    expect(page.locator("#beside")).to_contain_text("第二件")
    expect(page.locator("[data-rows] tbody tr")).to_have_count(2)
    page.keyboard.press("k")
    expect(page.locator("#beside")).to_contain_text("第一件")
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    page.keyboard.press(" ")
    expect(page.locator(".zt-tick:checked[name=chosen]")).to_have_count(1)
    page.keyboard.press("x")

    expect(page).to_have_url(re.compile("/decline/$"))
    assert {first.standing.state, second.standing.state} == {State.SUBMITTED}
