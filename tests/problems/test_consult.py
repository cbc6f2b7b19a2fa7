"""Bodies outside the territory chain are asked by letter through their contact unit, which stays accountable (R-B8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, acknowledged, unit, unit_id
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.climbing import Propose, propose
from zhitong.domain.problems.actions.parts import (
    AnswerPart,
    Consult,
    RegisterReply,
    answer_part,
    consult,
    register_reply,
)
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.sharing import sharing_of
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import PartState, PowerMissing
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db
POWER = "130973-power"
REPLY = {"text": "5月底前调整检修窗口", "letter": "渤电函〔2018〕9号", "replied_on": date(2018, 4, 27)}


@pytest.fixture
def zone_matter(raised: Raise) -> Story:
    """A matter of the zone, in the hands of the unit through which the power company is asked."""
    assert unit(POWER).contact_unit_id == unit_id("130973-economy")
    return acknowledged(raised(region_id=unit("130973-office").region_id), "zone")


def asked(story: Story, letter: str = "渤经函〔2018〕12号") -> Story:
    story.does("zone", consult, Consult, unit_id=unit_id(POWER), letter=letter, asked_for="请调整检修窗口")
    return story


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now) == []


def test_the_contact_unit_stays_accountable_and_its_clock_runs_on(zone_matter: Story) -> None:
    before = zone_matter.standing

    standing = asked(zone_matter).standing

    assert (standing.spell, standing.stage_due_at) == (before.spell, before.stage_due_at)
    [row] = zone_matter.rows("problems_part")
    assert (row["kind"], row["letter"], row["round"], row["state"]) == ("consult", "渤经函〔2018〕12号", 1, "asked")
    assert sound(zone_matter)


def test_another_unit_is_told_who_may_ask(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "供电公司的对口联系单位是.*，商请由其办理。请将问题移交.*，或请活动办公室改派"):
        story.does("park", consult, Consult, unit_id=unit_id(POWER), letter="函1号", asked_for="请调整")


def test_a_unit_of_the_territory_is_invited_not_consulted(zone_matter: Story) -> None:
    with zone_matter.unchanged(NotNow, "财政局在属地管理序列内，不需要商请。请用“请协办”"):
        zone_matter.does("zone", consult, Consult, unit_id=unit_id("130973-finance"), letter="函1号", asked_for="请核")


def test_its_silence_is_never_shown_as_overdue(zone_matter: Story) -> None:
    asked(zone_matter)
    with acting_as(viewer("zone")):
        [part] = sharing_of(zone_matter.problem_id, directory(), now=zone_matter.now + timedelta(days=20)).parts

    assert (part.is_late, part.is_past_suggested) == (False, True)


def test_a_second_letter_follows_only_when_the_first_stayed_unanswered(zone_matter: Story) -> None:
    asked(zone_matter)
    with zone_matter.unchanged(NotNow, "渤经函〔2018〕12号已发出，建议答复时间5月7日 17:30还没有到"):
        asked(zone_matter, "渤经函〔2018〕15号")

    zone_matter.now += timedelta(days=14)
    asked(zone_matter, "渤经函〔2018〕15号")

    rows = zone_matter.rows("problems_part")
    assert [(row["round"], row["state"]) for row in rows] == [(1, "unanswered"), (2, "asked")]
    assert zone_matter.standing.open_parts == 1
    assert sound(zone_matter)


def test_unanswered_twice_it_goes_up_with_what_was_tried(zone_matter: Story) -> None:
    asked(zone_matter)
    zone_matter.now += timedelta(days=14)
    asked(zone_matter, "渤经函〔2018〕15号")
    zone_matter.now += timedelta(days=14)

    with zone_matter.unchanged(NotNow, "已2次商请.*未获答复，不再重复发函。请提出上报"):
        asked(zone_matter, "渤经函〔2018〕20号")
    with acting_as(viewer("zone")) as here:
        page = problem_page(here, zone_matter.problem_id, now=zone_matter.now)

    tried = page.sharing.unanswered_twice
    assert tried.startswith("已2次商请国网沧州渤海新区供电公司未获答复：4月27日 16:00发出渤经函〔2018〕12号；5月11日")
    zone_matter.does(
        "zone", propose, Propose, tried=tried, power_missing=PowerMissing.AUTHORITY, asked_for="请市级协调供电公司"
    )
    assert sound(zone_matter)


def test_the_letter_that_came_back_is_registered(zone_matter: Story) -> None:
    asked(zone_matter)

    standing = zone_matter.does("zone", register_reply, RegisterReply, unit_id=unit_id(POWER), **REPLY)

    assert (standing.open_parts, standing.asked_unit_ids) == (0, frozenset())
    [row] = zone_matter.rows("problems_part")
    assert (row["state"], row["answer"], row["reply_letter"], row["replied_on"]) == (
        "answered", "5月底前调整检修窗口", "渤电函〔2018〕9号", date(2018, 4, 27),
    )
    assert zone_matter.facts()[-1].words == {"text": "5月底前调整检修窗口", "letter": "渤电函〔2018〕9号"}
    assert sound(zone_matter)


def test_after_an_answer_the_rounds_begin_anew(zone_matter: Story) -> None:
    asked(zone_matter)
    zone_matter.does("zone", register_reply, RegisterReply, unit_id=unit_id(POWER), **REPLY)

    asked(zone_matter, "渤经函〔2018〕15号")

    assert [row["round"] for row in zone_matter.rows("problems_part")] == [1, 1]


def test_no_reply_of_tomorrow_and_none_without_a_letter(zone_matter: Story) -> None:
    with zone_matter.unchanged(NotNow, "没有等待该单位答复的商请函"):
        zone_matter.does("zone", register_reply, RegisterReply, unit_id=unit_id(POWER), **REPLY)
    asked(zone_matter)

    with zone_matter.unchanged(BadInput, "复函日期不能晚于今天"):
        zone_matter.does("zone", register_reply, RegisterReply, unit_id=unit_id(POWER),
                         **{**REPLY, "replied_on": date(2018, 4, 28)})


def test_a_consulted_body_with_posts_answers_for_itself(zone_matter: Story) -> None:
    asked(zone_matter)

    zone_matter.done_by(POWER, answer_part, AnswerPart, text="5月底前调整")

    [row] = zone_matter.rows("problems_part")
    assert PartState(row["state"]) is PartState.ANSWERED
