"""督办通知单 and 领导批示办理情况专报 as they stood at the cut-off (R-H7, R-B7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bulletins.letters.reading import figures_of, made, words_of
from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged, unit, unit_id
from tests.supervision.ways import answers, does, drafted, issued, issues, item, registers
from tests.world import NOW
from zhitong.domain.bulletins.queries.letters.offered import offers_for
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.actions.instructing import report
from zhitong.domain.supervision.actions.urging import note_effect
from zhitong.domain.supervision.models import Item, Supervision
from zhitong.kit.official.shapes import Head, Style
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def number_of(login: str, paper: object) -> str:
    """The number of a supervision."""
    with acting(login):
        return Supervision.objects.values_list("number", flat=True).get(id=paper)


def test_a_supervision_says_number_grade_demand_limit_and_effect(raised: Raise) -> None:
    story = raised()
    number = number_of("zone_office", issued("zone_office", story))
    at_once = made("zone_office", PaperKind.SUPERVISION, number, NOW)
    acknowledged(story)
    with acting("park") as actor:
        assert actor.unit_id is not None
        note_effect(problem_id=story.problem_id, unit_id=actor.unit_id, fact_kind="problem.acknowledged", at=story.now)

    paper = made("park", PaperKind.SUPERVISION, number, LATER)

    assert (paper.style, paper.title) == (Style.PAPER, "重点督办通知单")
    assert isinstance(paper.head, Head)
    assert paper.head.number == number
    assert "三个工作日内提出错峰方案并反馈。" in words_of(paper)
    assert "3个工作日。签发 4月27日 15:40，3 个工作日：" in words_of(paper)
    assert figures_of(paper.appended[0]) == {"supervised": "1", "acted": "1"}
    assert figures_of(at_once.appended[0]) == {"supervised": "1", "acted": "0"}
    assert "其余1件的两个工作日未满" in words_of(at_once.appended[0])
    assert paper.blocks == at_once.blocks


def test_the_notice_is_offered_with_the_papers_of_its_matter(raised: Raise) -> None:
    story = raised()
    number = number_of("zone_office", issued("zone_office", story))

    with acting_as(viewer("zone_office")) as here:
        offers = offers_for(here, story.standing.number, LATER)

    assert [one.about for one in offers if one.kind is PaperKind.SUPERVISION] == [number]


def test_answer_and_return_stand_on_it_as_far_as_they_had_come(raised: Raise) -> None:
    paper = issued("zone_office", raised())
    number = number_of("zone_office", paper)
    answers("park", paper)
    does("zone_office", supervising.return_answer, paper, reason="没有写完成时间")
    answers("park", paper, now=LATER, text="五月十日前完成。")

    none, first, returned, second = (
        words_of(made("zone_office", PaperKind.SUPERVISION, number, NOW + timedelta(hours=hours)).appended[0])
        for hours in (0, 1, 2, 3)
    )

    assert "尚未反馈" in none
    assert "已与供电公司商定错峰方案。" in first
    assert "没有写完成时间" not in first
    assert "退回重报。没有写完成时间" in returned
    assert "五月十日前完成。" in second
    assert "已与供电公司商定错峰方案。" not in second


def test_a_draft_has_no_paper_and_outsiders_find_none(raised: Raise) -> None:
    paper = drafted("zone_office", raised())
    with pytest.raises(NotFound):
        made("zone_office", PaperKind.SUPERVISION, "", NOW)
    issues("zone_office", paper, now=LATER)
    number = number_of("zone_office", paper)

    with pytest.raises(Refused, match="还没有签发"):
        made("zone_office", PaperKind.SUPERVISION, number, NOW)
    for login in ("firm", "outsider", "neighbour"):
        with pytest.raises(NotFound):
            made(login, PaperKind.SUPERVISION, number, LATER)


def test_a_report_on_instructions_tells_each_with_what_was_done(raised: Raise) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")), item(unit_id("130973-office"))))
    with acting("city") as actor:
        [own] = Item.objects.filter(instruction_id=paper, unit_id=actor.unit_id)
        report(item_id=own.id, text="方案已拟好。", actor=actor, now=LATER)

    before, after = (made("city_office", PaperKind.INSTRUCTIONS, "", at) for at in (NOW, LATER))

    assert (after.title, after.style) == ("领导批示办理情况专报", Style.PAPER)
    assert "批示内容：请抓紧协调，五月上旬见效。" in words_of(after)
    assert "方案已拟好。" in words_of(after)
    assert "方案已拟好。" not in words_of(before)
    assert figures_of(before) == {"instructions": "1", "items": "2", "ended": "0", "reported": "0", "open": "2", "late": "0"}
    assert figures_of(after) == {"instructions": "1", "items": "2", "ended": "0", "reported": "1", "open": "1", "late": "0"}


def test_words_on_a_confidential_matter_are_for_who_may_see_it(raised: Raise) -> None:
    registers("city_office", raised(confidential=True), items=(item(unit_id("1309-development")),))

    paper = made("city", PaperKind.INSTRUCTIONS, "", NOW)
    told = words_of(paper)

    assert paper.signed_by == unit("1309-development").name
    assert "请抓紧协调" not in told
    assert "涉及企业要求保密的问题，此处不载" in told
    assert "请抓紧协调" in words_of(made("city_office", PaperKind.INSTRUCTIONS, "", NOW))


def test_a_territory_without_instructions_or_not_ones_own_has_no_report() -> None:
    with pytest.raises(Refused, match="没有登记过领导批示"):
        made("zone_office", PaperKind.INSTRUCTIONS, "", NOW)
    for login, region in (("zone_office", "1309"), ("city_office", "1301"), ("firm", "")):
        with pytest.raises(NotFound):
            made(login, PaperKind.INSTRUCTIONS, region, NOW)


def test_what_goes_back_to_a_leader_tells_of_his_instruction_alone(raised: Raise) -> None:
    paper = registers(
        "city_office", items=(item(unit_id("1309-development")),), paper_title="用电情况专报", paper_number="演专报〔2018〕3号", now=LATER,
    )
    registers("city_office", raised(), words="另一位领导的话。", leader="演示市长", leader_title="市长")

    told = made("city_office", PaperKind.INSTRUCTIONS, str(paper), LATER)

    assert told.title == "关于市委书记 演示书记批示办理情况的专报"
    assert "2018年4月26日，市委书记 演示书记在《用电情况专报》（演专报〔2018〕3号）上批示。" in words_of(told)
    assert "另一位领导的话" not in words_of(told)
    assert figures_of(told) == {"items": "1", "ended": "0", "reported": "0", "open": "1", "late": "0"}
    with pytest.raises(Refused, match="还没有登记这条批示"):
        made("city_office", PaperKind.INSTRUCTIONS, str(paper), NOW)
    for login in ("firm", "outsider", "park"):
        with pytest.raises(NotFound):
            made(login, PaperKind.INSTRUCTIONS, str(paper), LATER)
