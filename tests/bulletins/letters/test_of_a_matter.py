"""The papers about one matter tell it as it stood at the cut-off, whatever happened since (R-H7, R-H9)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.bulletins.letters.reading import cells_of, made, number_of, words_of
from tests.cast import acting, viewer
from tests.problems.timing import UNIT, asked_for_time, extended, handled
from tests.problems.ways import SAFETY, Raise, acknowledged, answered, rejected, sent_up, unit, unit_id, waiting
from tests.world import NOW
from zhitong.domain.bulletins.queries.letters.matter import Matter, matter
from zhitong.domain.bulletins.queries.letters.offered import offers_for
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, HandleAnew, close_off, confirm, handle_anew
from zhitong.domain.problems.actions.deciding import Grant, grant_extension
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, Reply, acknowledge, complete, reply
from zhitong.domain.problems.actions.parts import Consult, Invite, consult, invite
from zhitong.domain.problems.actions.receiving import AskMore, Decline, Supply, ask_more, supply
from zhitong.domain.problems.actions.sealing import take_out
from zhitong.domain.problems.actions.sorting import Correct, correct
from zhitong.domain.problems.rules.kinds import DeclineReason, Nature, Outcome, Rating, State, Urgency
from zhitong.kit.official.shapes import Code, Document, Head, Style
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db

PLAIN = "首次时限保留，是否按时办结仍按首次时限评判。"
FIRM = "演示南大港石化设备有限公司"


def test_an_order_says_what_whom_and_by_when_with_the_sum(raised: Raise) -> None:
    story = raised()
    number = number_of(story)

    paper = made("park_office", PaperKind.ORDER, number, NOW)

    cells = cells_of(paper)
    assert (paper.style, paper.title, cells["编号"], cells["反映单位"]) == (Style.FORM, "问题交办单", number, FIRM)
    assert cells["反映的问题"] == "夜间限电，热处理炉不能连续生产。"
    assert "经发局" in cells["承办单位"]
    sign_by, done_by = cells["办理时限"].splitlines()
    assert sign_by.startswith("签收：交办 4月27日 15:40，")
    assert done_by.startswith("办结：交办 4月27日 15:40，")
    assert "个工作日：4月28日(补班)" in done_by
    assert "到期 5月" in done_by
    assert cells["签收时间"] == ""
    assert [block.content for block in paper.blocks if isinstance(block, Code)] == [f"problem:{number}"]


def test_the_receipt_fills_itself_once_signed_for_and_not_before(raised: Raise) -> None:
    story = acknowledged(raised())
    number = number_of(story)

    before, after = (cells_of(made("park", PaperKind.ORDER, number, at)) for at in (NOW, story.now))

    assert (before["签收时间"], after["签收时间"]) == ("", "2018年4月27日15时50分")


def test_each_unit_a_matter_came_to_has_its_order(raised: Raise) -> None:
    story = handled(raised)
    number = number_of(story)

    first, second = (cells_of(made("park_office", PaperKind.ORDER, f"{number}@{place}", story.now)) for place in (1, 2))

    assert "经发局" in first["承办单位"]
    assert "财政" in second["承办单位"]
    assert second["交办依据"] == "涉及补贴"
    assert cells_of(made("park_office", PaperKind.ORDER, number, story.now)) == second


def test_all_orders_of_the_day_are_one_file(raised: Raise) -> None:
    stories = [raised(), raised(), raised(category="work_safety")]
    numbers = [number_of(story) for story in stories]

    paper = made("park_office", PaperKind.ORDER, "", NOW + timedelta(hours=1))

    assert sorted(cells_of(one)["编号"] for one in (paper, *paper.appended)) == sorted(numbers)
    assert sorted(cells_of(one)["编号"] for one in _all(made("park", PaperKind.ORDER, "", NOW))) == sorted(numbers[:2])
    with pytest.raises(Refused, match="4月28日没有交办的问题"):
        made("park_office", PaperKind.ORDER, "", NOW + timedelta(days=1))


def test_an_answer_tells_the_firm_what_came_of_it_and_what_it_may_do(raised: Raise) -> None:
    story = answered(raised())
    number = number_of(story)

    paper = made("park_office", PaperKind.ANSWER, number, story.now)

    told = words_of(paper)
    assert (paper.recipients, paper.style, paper.is_draft) == ((FIRM,), Style.LETTER, False)
    assert "已调整错峰方案。" in told
    assert "已解决。您反映的问题已经解决。" in told
    assert "不满意" in told
    with pytest.raises(Refused, match="还没有办结答复"):
        made("park_office", PaperKind.ANSWER, number, NOW)


def test_an_extension_is_a_form_for_the_pen_until_it_is_decided(raised: Raise) -> None:
    story = asked_for_time(raised)
    number, asked_at = number_of(story), story.now
    story.does("park_office", grant_extension, Grant, words="同意")

    waiting, granted = (made("park_office", PaperKind.EXTENSION, number, at) for at in (asked_at, story.now))

    before, after = cells_of(waiting), cells_of(granted)
    assert (waiting.title, before["审批人签字"], before["延期后的时限"]) == ("延期审批单", "", PLAIN)
    assert (before["申请延期"], before["申请理由"]) == ("3个工作日", "须作现场检测")
    assert after["延期后的时限"].startswith("原办结时限 5月")
    assert "延期 3 个工作日：5月" in after["延期后的时限"]
    assert "已同意。同意。" in after.values()
    assert before["首次办结时限"] == before["申请时办结时限"] == after["首次办结时限"] == after["申请时办结时限"]


def test_who_asked_for_no_time_has_no_form(raised: Raise) -> None:
    story = raised()

    with pytest.raises(Refused, match="没有申请过延期"):
        made("park_office", PaperKind.EXTENSION, number_of(story), NOW)


def test_an_order_keeps_the_first_limit_beside_the_one_in_force(raised: Raise) -> None:
    story = extended(raised)
    number = number_of(story)

    limits = cells_of(made("park_office", PaperKind.ORDER, number, story.now))["办理时限"]
    before = cells_of(made("park_office", PaperKind.ORDER, number, story.now - timedelta(minutes=1)))["办理时限"]

    assert limits.startswith(before)
    assert "首次时限不变" in limits
    assert "现行办结时限" not in before


def test_striking_off_shows_measures_outcome_rating_and_who_closed(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", reply, Reply, text="已约见供电公司。")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已调整错峰方案。")
    answered_at = story.now
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED, words="很快")
    confirmed_at = story.now
    story.does("zone_office", close_off, CloseOff)
    number = number_of(story)

    unrated, waiting, closed = (
        made("park_office", PaperKind.STRIKING_OFF, number, at) for at in (answered_at, confirmed_at, story.now)
    )

    cells = cells_of(waiting)
    assert "已约见供电公司。" in cells["办理措施"]
    assert cells["办理结果"] == "已解决。已调整错峰方案。"
    assert cells["是否按时"].startswith("按时（首次时限2018年5月")
    assert cells["企业评价"].startswith("企业：满意")
    assert cells_of(unrated)["企业评价"] == "企业没有评价"
    assert cells["活动办公室意见"] == ""
    assert "渤海新区" in cells_of(closed)["销号单位"]


def test_a_matter_not_answered_is_not_struck_off(raised: Raise) -> None:
    story = acknowledged(raised())

    with pytest.raises(Refused, match="请先办结"):
        made("park_office", PaperKind.STRIKING_OFF, number_of(story), story.now)


def test_asking_the_level_above_tells_the_matter_what_was_tried_and_what_is_asked(raised: Raise) -> None:
    story = sent_up(raised())
    number = number_of(story)

    paper = made("park_office", PaperKind.HELP, number, story.now)

    told = words_of(paper)
    assert paper.head is not None
    assert "双创双服" in paper.signed_by
    assert "已协商两次" in told
    assert "协调错峰方案" in told
    assert "缺少审批或决定权限" in told
    assert "演示主任" in told
    with pytest.raises(Refused, match="没有提请上级协调"):
        made("park_office", PaperKind.HELP, number, story.now - timedelta(minutes=5))


def test_another_unit_is_asked_to_help_by_a_letter_too(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", invite, Invite, unit_ids=(unit_id("130973400-finance"),), asked_for="请核算补贴。")

    paper = made("park", PaperKind.HELP, number_of(story), story.now)

    assert "财政" in paper.recipients[0]
    assert "请核算补贴。" in words_of(paper)
    assert "主办责任不变" in words_of(paper)


def test_a_consulted_body_gets_a_letter_with_a_suggested_limit(raised: Raise) -> None:
    story = acknowledged(raised(region_id=unit("130973-office").region_id), "zone")
    number = number_of(story)
    with pytest.raises(Refused, match="没有商请过"):
        made("zone", PaperKind.CONSULTATION, number, story.now)
    story.does("zone", consult, Consult, unit_id=unit_id("130973-power"), letter="渤经函〔2018〕12号", asked_for="请调整检修窗口")

    paper = made("zone", PaperKind.CONSULTATION, number, story.now)

    assert isinstance(paper.head, Head)
    assert paper.head.number == "渤经函〔2018〕12号"
    assert "供电公司" in paper.recipients[0]
    assert "请调整检修窗口" in words_of(paper)
    assert "建议贵单位于2018年5月7日17时30分前函复" in words_of(paper)


def test_what_was_supplied_and_corrected_later_is_not_in_earlier_papers(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", ask_more, AskMore, question="几台炉？")
    asked_at = story.now
    story.does("firm", supply, Supply, text="三台。")
    before_correction = story.now
    story.does("park_office", correct, Correct, nature=Nature.INQUIRY, category="other", urgency=Urgency.URGENT, reason="咨询")
    number = number_of(story)

    def then(at: datetime) -> Matter:
        with acting_as(viewer("park_office")) as here:
            return matter(here, number, at)

    assert "三台" not in then(asked_at).text
    assert then(before_correction).text.endswith("补正：三台。")
    assert (then(before_correction).nature, then(before_correction).urgency) == (Nature.REQUEST, Urgency.ORDINARY)
    assert (then(story.now).nature, then(story.now).urgency) == (Nature.INQUIRY, Urgency.URGENT)
    assert (then(asked_at).state, then(story.now).state) == (State.ASKED, State.SUBMITTED)


def test_the_same_paper_for_the_same_moment_is_the_same_whatever_happened_since(raised: Raise) -> None:
    story = extended(raised)
    story.done_by(UNIT, complete, Complete, outcome=Outcome.PARTLY, text="已办一半。")
    number, at = number_of(story), story.now
    kinds = (PaperKind.ORDER, PaperKind.EXTENSION, PaperKind.ANSWER, PaperKind.STRIKING_OFF)
    before = [made("park_office", kind, number, at) for kind in kinds]

    rejected(story)
    story.does("park_office", handle_anew, HandleAnew, unit_id=unit_id(SAFETY), reason="换一个单位办")
    story.done_by(SAFETY, acknowledge, Acknowledge, contact="已联系")
    story.done_by(SAFETY, complete, Complete, outcome=Outcome.SOLVED, text="办好了。")

    assert [made("park_office", kind, number, at) for kind in kinds] == before
    assert made("park_office", PaperKind.ANSWER, number, story.now) != before[2]


def test_before_it_was_reported_there_is_no_paper(raised: Raise) -> None:
    story = raised()

    with pytest.raises(Refused, match="还没有提交"):
        made("park_office", PaperKind.ORDER, number_of(story), NOW - timedelta(days=1))


def test_outsiders_and_the_served_get_none(raised: Raise) -> None:
    number = number_of(answered(raised()))

    for login in ("outsider", "neighbour", "firm", "other_firm"):
        for kind in (PaperKind.ORDER, PaperKind.ANSWER, PaperKind.STRIKING_OFF, PaperKind.FILE):
            with pytest.raises(NotFound):
                made(login, kind, number, NOW + timedelta(days=1))


def test_papers_that_leave_the_office_never_name_an_unnamed_firm(raised: Raise) -> None:
    story = sent_up(raised(unnamed=True))
    number = number_of(story)

    for kind in (PaperKind.ORDER, PaperKind.HELP):
        assert FIRM not in words_of(made("park_office", kind, number, story.now))
    assert "隐名企业" in words_of(made("park_office", PaperKind.HELP, number, story.now))


def test_what_became_a_sealed_complaint_is_on_no_paper(raised: Raise) -> None:
    story = waiting(raised)
    number = number_of(story)
    with acting("park_office") as actor:
        take_out(Decline(
            problem_id=story.problem_id, actor=actor, now=story.now, reason=DeclineReason.COMPLAINT, rule="规定", channel="密封渠道",
        ))

    for kind in (PaperKind.ORDER, PaperKind.FILE):
        with pytest.raises(NotFound):
            made("park_office", kind, number, story.now)


def test_what_can_be_made_is_offered_and_the_rest_says_why_not(raised: Raise) -> None:
    story = handled(raised)

    with acting_as(viewer("park_office")) as here:
        offers = offers_for(here, number_of(story), story.now)

    made_of = [(one.kind, one.about.partition("@")[2]) for one in offers if not one.reason]
    assert made_of == [(PaperKind.ORDER, "2"), (PaperKind.ORDER, "1")]
    reasons = {one.kind: one.reason for one in offers if one.reason}
    assert set(reasons) == {
        PaperKind.EXTENSION, PaperKind.HELP, PaperKind.CONSULTATION, PaperKind.ANSWER, PaperKind.STRIKING_OFF,
    }
    assert all("请先" in reason or "没有" in reason for reason in reasons.values())


def _all(paper: Document) -> tuple[Document, ...]:
    return (paper, *paper.appended)
