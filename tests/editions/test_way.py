"""R-H4, R-H9: an edition edited by two, checked by whom it names, signed, numbered, frozen; corrected by a paper of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import acting, viewer
from tests.editions.ways import (
    AFTER_CHECK,
    CHECKED,
    JUNE,
    OFFICE,
    checked,
    does,
    drafted,
    issued,
    may,
    page,
    saving,
    signs,
)
from tests.problems.ways import Raise, unit_id
from zhitong.domain.bulletins.actions.editions import checking, drafting, issuing, numbering
from zhitong.domain.bulletins.actions.editions.drafting import Overtaken
from zhitong.domain.bulletins.actions.editions.keeping import NotNow
from zhitong.domain.bulletins.queries.editions.duties import duties_for
from zhitong.domain.bulletins.queries.editions.listing import NumberFilters, numbers_for
from zhitong.domain.bulletins.queries.editions.page import paper_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.kinds import CheckDuty, CheckState, EditionState, NumberState
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.domain.organisations.scope import NotYours, without_first_wall
from zhitong.kit.refusals import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def _may(raised: Raise) -> None:
    may(raised)


@pytest.mark.usefixtures("_may")
def test_a_figure_that_vanished_and_a_number_without_a_fact_are_named_before_they_are_saved() -> None:
    edition_id = drafted()
    with pytest.raises(BadInput, match=r"删去了系统统计的数：本期反映、本期销号.*手工填写的数没有来源：12。"):
        saving(edition_id, 1, {0: "共办了12件，累计【数:累计反映】【数:累计销号】【数:尚未办结】【数:超期未办】【数:挂账】。"})
    with pytest.raises(BadInput, match="没有名为“瞎写的”的数"):
        saving(edition_id, 1, {0: "【数:瞎写的】件"}, knowingly=True)
    with pytest.raises(BadInput, match="非涉密系统"):
        saving(edition_id, 1, {0: "本件属于机密。"}, knowingly=True)

    assert page(edition_id).version == 1
    assert saving(edition_id, 1, {4: "共12条要求。"}, knowingly=True) == 2


@pytest.mark.usefixtures("_may")
def test_two_people_at_one_text_lose_nothing() -> None:
    edition_id = drafted()
    saving(edition_id, 1, {4: "先存的人写的下步要求。"})
    with pytest.raises(Overtaken, match="有人改了“下步要求”") as told:
        saving(edition_id, 1, {4: "后存的人写的下步要求。"})
    both = saving(edition_id, 1, {3: "后存的人写的存在问题，超期【数:超期未办】件、挂账【数:挂账】件。"})
    found = page(edition_id)

    assert (told.value.version, told.value.sections[4].text) == (2, "先存的人写的下步要求。")
    assert (both, found.sections[4].text) == (3, "先存的人写的下步要求。")
    assert found.sections[3].text.startswith("后存的人")
    assert [one.version for one in found.versions] == [3, 2, 1]


@pytest.mark.usefixtures("_may")
def test_each_unit_named_checks_its_own_figures_within_a_working_day_and_silence_is_noted() -> None:
    edition_id = drafted()
    with pytest.raises(NotNow, match="还没有核对"):
        does(OFFICE, checking.submit, edition_id=edition_id)
    asked = does(OFFICE, checking.send_to_check, edition_id=edition_id)
    with acting(CHECKED):
        [duty] = duties_for(viewer(CHECKED), now=JUNE)
    with pytest.raises(NotNow, match=f"还有 {asked} 个单位在核对期限内没有反馈"):
        does(OFFICE, checking.submit, edition_id=edition_id)
    does(CHECKED, checking.confirm, edition_id=edition_id)
    with pytest.raises(NotNow, match="本单位已答复“确认无误”"):
        does(CHECKED, checking.confirm, edition_id=edition_id)
    waiting, over = (office_duties(at) for at in (JUNE, AFTER_CHECK))
    quiet = does(OFFICE, checking.submit, edition_id=edition_id, now=AFTER_CHECK)
    states = [one.state for one in page(edition_id).checks]

    assert (duty.kind, duty.edition_id) == (CheckDuty.CHECK, edition_id)
    assert duty.due_at is not None
    assert JUNE + timedelta(days=3) < duty.due_at < AFTER_CHECK
    assert (states.count(CheckState.CONFIRMED), states.count(CheckState.SILENT)) == (1, quiet)
    assert (waiting, over, office_duties(AFTER_CHECK)) == ([], [CheckDuty.SUBMIT], [CheckDuty.SIGN_OUT])


def office_duties(now: datetime) -> list[CheckDuty]:
    """What editions ask of the office."""
    with acting(OFFICE):
        return [one.kind for one in duties_for(viewer(OFFICE), now=now)]


@pytest.mark.usefixtures("_may")
def test_before_the_issue_a_unit_reads_its_own_place_and_the_average_alone() -> None:
    edition_id = drafted()
    with pytest.raises(NotFound):
        page(edition_id, CHECKED)
    does(OFFICE, checking.send_to_check, edition_id=edition_id)
    found = page(edition_id, CHECKED)
    with pytest.raises(Refused, match="还没有签发"), acting(CHECKED):
        paper_of(viewer(CHECKED), edition_id)
    with acting(CHECKED), without_first_wall():
        behind_the_first = page_rows("SELECT DISTINCT unit_id FROM bulletins_figure WHERE unit_id IS NOT NULL")
        texts = page_rows("SELECT count(*) FROM bulletins_wording")

    own = unit_id("130973400-economy")
    assert (found.is_readable, found.sections, found.annexes, found.acts) == (False, (), (), ())
    assert {one.unit_id for one in found.figures} == {None, own}
    assert "unit.130973400-economy.place" in {one.key for one in found.own}
    assert [one.unit_id for one in found.checks] == [own]
    assert (behind_the_first, texts) == ([(own,)], [(0,)])


def page_rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.mark.usefixtures("_may")
def test_an_objection_is_adopted_or_upheld_with_a_reason_before_anything_is_signed() -> None:
    edition_id = drafted()
    does(OFFICE, checking.send_to_check, edition_id=edition_id)
    with pytest.raises(BadInput, match="请写明哪个数不对"):
        does(CHECKED, checking.object_to, edition_id=edition_id, words=" ")
    does(CHECKED, checking.object_to, edition_id=edition_id, words="到期应为2件，一件已移交。")
    with pytest.raises(NotNow, match="1 个单位的异议没有答复"):
        does(OFFICE, checking.submit, edition_id=edition_id, now=AFTER_CHECK)
    [check] = [one for one in page(edition_id).checks if one.state is CheckState.OBJECTED]
    with pytest.raises(NotFound):
        does("zone_office", checking.settle, check_id=check.id, adopted=False, words="不采纳")
    changed = does(OFFICE, checking.settle, check_id=check.id, adopted=True, words="已按同一截止时间重新统计。")
    does(OFFICE, checking.submit, edition_id=edition_id, now=AFTER_CHECK)

    assert changed == ()
    assert [one.answer for one in page(edition_id).checks if one.id == check.id] == ["已按同一截止时间重新统计。"]


@pytest.mark.usefixtures("_may")
def test_what_is_issued_has_a_number_and_two_digests_and_never_changes_again() -> None:
    edition_id = issued()
    found = page(edition_id)
    with acting(OFFICE):
        first, again = paper_of(viewer(OFFICE), edition_id), paper_of(viewer(OFFICE), edition_id)
    with pytest.raises(NotNow, match="已印发"):
        saving(edition_id, 1, {0: "改一改"})
    for table in ("edition", "wording", "figure"):
        with acting(OFFICE), pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
            page_rows(f"DELETE FROM bulletins_{table} RETURNING id")

    assert found.row.number.endswith("通〔2018〕1号")
    assert (len(found.content_digest), len(found.figures_digest), found.signed_on_paper) == (64, 64, True)
    assert first == again
    assert not first.is_draft
    assert [one.act for one in found.acts] == [EditionAct.CORRECT]


@pytest.mark.usefixtures("_may")
def test_an_issued_paper_reaches_the_units_below_and_the_offices_above_and_nobody_else() -> None:
    edition_id = issued()

    for login in (CHECKED, "zone_office", "city_office", "province_office"):
        assert page(edition_id, login).annexes
    for login in ("firm", "outsider", "neighbour", "other_firm", "city"):
        with pytest.raises(NotFound):
            page(edition_id, login)
        with without_first_wall(), pytest.raises(NotFound):
            page(edition_id, login)


@pytest.mark.usefixtures("_may")
def test_numbers_have_no_gap_and_one_not_used_says_why() -> None:
    reserve = {"kind": PaperKind.CIRCULAR, "reason": "线下先行送签"}
    kept, spare = (does(OFFICE, numbering.reserve, **reserve) for _ in range(2))
    first = checked(drafted())
    brief = drafted(PaperKind.BRIEF)
    does(OFFICE, checking.submit, edition_id=brief)
    with pytest.raises(BadInput, match="不能用在简报上"):
        signs(brief, number_id=kept)
    numbers = [signs(first, number_id=kept), signs(checked(drafted())), signs(brief)]
    does(OFFICE, numbering.void, number_id=spare, reason="领导未批，不再印发")
    with pytest.raises(NotNow, match="现在是“作废”"):
        does(OFFICE, numbering.void, number_id=spare, reason="再作废一次")
    with acting(OFFICE):
        register = numbers_for(viewer(OFFICE), NumberFilters(kinds=(PaperKind.CIRCULAR,)))

    assert [number.rpartition("〕")[2] for number in numbers] == ["1号", "3号", "第1期"]
    assert [(row.serial, row.state, bool(row.title)) for row in register] == [
        (3, NumberState.USED, True), (2, NumberState.VOID, False), (1, NumberState.USED, True)
    ]
    with pytest.raises(NotYours):
        numbers_for(viewer(CHECKED), NumberFilters())


@pytest.mark.usefixtures("_may")
def test_an_objection_after_the_issue_leads_to_a_correction_slip_never_to_another_paper() -> None:
    edition_id = issued()
    does(CHECKED, checking.object_to, edition_id=edition_id, words="按时办结应为3件。", now=AFTER_CHECK)
    [check] = [one for one in page(edition_id).checks if one.state is CheckState.OBJECTED]
    does(OFFICE, checking.settle, check_id=check.id, adopted=True, words="属实，另发更正函。", now=AFTER_CHECK)
    before = page(edition_id)
    wanted = {"edition_id": edition_id, "key": "on_time", "reason": "一件答复时间登记有误。", "now": AFTER_CHECK}
    with acting(OFFICE) as actor:
        with pytest.raises(BadInput, match="没有需要更正的"):
            issuing.correct(issuing.Correcting(right="2", actor=actor, **wanted))
        slip = issuing.correct(issuing.Correcting(right="3", actor=actor, **wanted))
    does(OFFICE, checking.submit, edition_id=slip, now=AFTER_CHECK)
    number = signs(slip)
    after, said = page(edition_id), page(slip, CHECKED)

    assert check.objected_late
    assert (after.figures, after.content_digest) == (before.figures, before.content_digest)
    assert after.corrections == ((slip, number),)
    assert number.endswith("函〔2018〕1号")
    assert [one.text for one in said.figures] == ["2", "3"]
    assert said.corrects is not None
    assert before.row.number in said.sections[0].text


@pytest.mark.usefixtures("_may")
def test_a_draft_goes_back_or_is_dropped_with_a_reason_and_takes_no_number() -> None:
    edition_id = checked(drafted())
    with pytest.raises(BadInput, match="请写明要改什么"):
        does(OFFICE, drafting.send_back, edition_id=edition_id, reason="")
    does(OFFICE, drafting.send_back, edition_id=edition_id, reason="标题改短")
    with pytest.raises(NotNow, match="还没有核对"):
        does(OFFICE, checking.submit, edition_id=edition_id)
    does(OFFICE, drafting.drop, edition_id=edition_id, reason="与上级通报重复")
    with pytest.raises(NotNow, match="已作废"):
        signs(edition_id)

    assert page(edition_id).row.state is EditionState.DROPPED


@pytest.mark.parametrize("login", ["park", "firm", "city"])
def test_only_posts_of_a_campaign_office_draft(login: str) -> None:
    with pytest.raises(NotYours):
        drafted(login=login)
