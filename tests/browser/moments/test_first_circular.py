"""The eighth moment: the first monthly 通报 that nobody disputes, from its draft to its number and the slip that corrects it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor
from tests.browser.moments.counting import Hand, moment
from tests.browser.moments.reading import shown_to, words_in
from tests.browser.test_distribution import reported
from tests.cast import viewer
from tests.editions.ways import AFTER_CHECK, JUNE
from tests.problems.ways import answered, confirmed
from zhitong.domain.bulletins.queries.editions.listing import EditionFilters, editions_for
from zhitong.domain.bulletins.queries.editions.page import EditionPage, edition_page
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import CheckState, EditionState, PaperSide
from zhitong.domain.organisations.scope import acting_as

pytestmark = [pytest.mark.browser, pytest.mark.prove]
Visit = Callable[..., Visitor]
OFFICE, DEPARTMENT = "park_office", "park"
WHAT_NEXT = "各单位要对照所附排名，逐件查明超期原因，明确责任人和办结时间。"


def months_matters() -> None:
    """Six matters whose limits fall in May: two confirmed, two answered, two nobody took."""
    stories = [reported(f"第{place}件：夜间限电。（演示内容）") for place in range(1, 7)]
    for story in stories[:2]:
        confirmed(story)
    for story in stories[2:4]:
        answered(story)


def sends(hand: Hand) -> None:
    """Confirm the act whose page is open."""
    hand.go(hand.page.locator("form.zt-form button[type=submit]"))


def acts(hand: Hand, act: str, **typed: str) -> None:
    """Choose an act of the bar, write what it asks, and send it."""
    hand.go(act)
    for name, text in typed.items():
        hand.write(name, text)
    sends(hand)


def test_the_first_monthly_circular_is_disputed_by_nobody(site: Site, visit: Visit) -> None:
    months_matters()
    june, later = site(at=JUNE), site(at=AFTER_CHECK)
    office, department = visit(june, OFFICE), visit(june, DEPARTMENT)
    signing, reading = visit(later, OFFICE), visit(later, DEPARTMENT)

    with moment(8) as journey:
        clerk, handler = journey.hand(office), journey.hand(department)
        clerk.open("/")
        clerk.go("简报通报", within="nav")
        clerk.go("起草")
        clerk.go("生成文稿")
        acts(clerk, "修改文稿", text_4=WHAT_NEXT)
        acts(clerk, "送数据核对")
        handler.open("/")
        handler.go("核对数据")
        acts(handler, "提出异议", words="到期应为5件，其中1件已移交财政局。")
        clerk.open("/")
        clerk.go("答复异议")
        clerk.choose("adopted", "no")
        clerk.write("words", "截止时间时仍由经发局承办，维持6件。")
        sends(clerk)
        clerk, handler = journey.hand(signing), journey.hand(reading)
        clerk.open("/")
        clerk.go("送签发")
        sends(clerk)
        acts(clerk, "签发", signed_by="演示主任", signed_on="2018-06-04")
        paper = clerk.take("Word")
        handler.open("/bulletins/editions/?side=received")
        handler.go("关于2018年5月问题办理情况的通报")
        acts(handler, "提出异议", words="按时办结应为5件，有1件答复时间登记有误。")
        clerk.open("/")
        clerk.go("答复异议")
        clerk.choose("adopted", "yes")
        clerk.write("words", "属实，另发更正函。")
        sends(clerk)
        clerk.choose("key", "unit.130973400-economy.on_time")
        clerk.write("right", "5")
        clerk.write("reason", "一件问题的答复时间登记有误。")
        sends(clerk)
        acts(clerk, "送签发")
        acts(clerk, "签发", signed_by="演示主任", signed_on="2018-06-04")

    circular, slip = issued_of(OFFICE)
    said = words_in(paper)
    assert "按时办结率66.7%" in said
    assert WHAT_NEXT in said
    assert (circular.row.state, circular.row.number[-8:], len(circular.content_digest)) == (EditionState.ISSUED, "〔2018〕1号", 64)
    assert figure(circular, "on_time") == "4"
    assert [one.state for one in circular.checks].count(CheckState.SILENT) == len(circular.checks) - 1
    assert circular.corrections == ((slip.row.id, slip.row.number),)
    assert "函〔2018〕1号" in slip.row.number
    assert f"已有更正函 {slip.row.number}" in shown_to(reading, f"/bulletins/editions/{circular.row.id}/")
    below = visit(later, "zone_office")
    assert "按时办结率66.7%" in shown_to(below, f"/bulletins/editions/{circular.row.id}/")
    assert "5" in [one.text for one in slip.figures]


def issued_of(login: str) -> tuple[EditionPage, EditionPage]:
    """The circular and its slip, as their office has them."""
    with acting_as(viewer(login)) as here:
        rows = editions_for(here, PaperSide.OWN, EditionFilters())
        found = {row.kind: edition_page(here, row.id, now=AFTER_CHECK) for row in rows}
    return found[PaperKind.CIRCULAR], found[PaperKind.CORRECTION]


def figure(edition: EditionPage, key: str) -> str:
    """What a figure of an edition says."""
    return next(one.text for one in edition.figures if one.key == key)
