"""Instructions (批示, R-B7): exact words, what they are on, what they give to whom, and their end with the leader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, unit_id
from tests.supervision.ways import count, facts_of, item, registers, rows
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.supervision.actions import instructing
from zhitong.domain.supervision.actions.instructing import NotTheirs
from zhitong.domain.supervision.queries.duties import duties_for
from zhitong.domain.supervision.queries.instructions import (
    InstructionFilters,
    InstructionPage,
    InstructionRow,
    instruction_page,
    instructions_for,
)
from zhitong.domain.supervision.rules.kinds import DutyKind, InstructionKind, LedgerState
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=7)


def page_of(login: str, paper: UUID) -> InstructionPage:
    with acting_as(viewer(login)) as here:
        return instruction_page(here, paper, now=NOW)


def ledger(login: str, **asked: Any) -> list[InstructionRow]:
    with acting_as(viewer(login)) as here:
        return instructions_for(here, InstructionFilters(**asked), now=NOW)


def duties(login: str, now: Any = NOW) -> list[DutyKind]:
    with acting_as(viewer(login)) as here:
        return [one.kind for one in duties_for(here, now=now)]


def only_item(login: str, paper: UUID) -> UUID:
    [found] = page_of(login, paper).row.items
    return found.id


def reports(login: str, item_id: UUID, text: str = "已商定错峰方案。") -> None:
    with acting(login) as actor:
        instructing.report(item_id=item_id, text=text, actor=actor, now=LATER)


def ends(login: str, item_id: UUID, **changes: Any) -> None:
    given: dict[str, Any] = {
        "presented_on": date(2018, 5, 3), "answer_kind": InstructionKind.READ, "answer_words": "",
        "answered_on": date(2018, 5, 4), **changes,
    }
    with acting(login) as actor:
        instructing.end(item_id=item_id, actor=actor, now=LATER, **given)


def test_a_clerk_registers_the_exact_words_who_when_and_on_what(raised: Raise) -> None:
    story = raised()
    before = story.way()

    paper = registers("city_office", story, items=(item(unit_id("130973-economy")), item(unit_id("1309-development"))))

    row = page_of("city_office", paper).row
    assert (row.words, row.leader_title, row.instructed_on, row.registered_at) == (
        "请抓紧协调，五月上旬见效。", "市委书记", date(2018, 4, 26), NOW
    )
    assert [head.standing.id for head in row.cases] == [story.problem_id]
    assert [one.demand for one in row.items] == ["拿出错峰方案。"] * 2
    assert row.state is LedgerState.OPEN
    assert story.way() == before
    assert [one.kind for one in facts_of(paper, "city_office")] == [
        "instruction.registered", "instruction.assigned", "instruction.assigned"
    ]


def test_a_read_mark_without_words_is_kept_as_read(raised: Raise) -> None:
    paper = registers("city_office", raised(), kind=InstructionKind.READ, words="")

    row = page_of("city_office", paper).row
    assert (row.kind, row.words, row.are_words_hidden, row.state) == (InstructionKind.READ, "", False, LedgerState.FILED)
    assert count("city_office", "supervision_instruction_text") == 0


def test_it_may_be_on_a_paper_instead(raised: Raise) -> None:
    paper = registers("city_office", paper_title="关于用电保障的情况专报", paper_number="专报第3期")

    assert page_of("city_office", paper).row.paper_number == "专报第3期"


@pytest.mark.parametrize(("changes", "field"), [
    ({"words": ""}, "words"), ({"kind": InstructionKind.READ}, "words"),
    ({"instructed_on": date(2018, 4, 28)}, "instructed_on"),
])
def test_what_does_not_fit_is_refused_by_field(raised: Raise, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        registers("city_office", raised(), **changes)

    assert set(refused.value.fields) == {field}
    assert count("city_office", "supervision_instruction") == 0


def test_it_is_on_something() -> None:
    with pytest.raises(BadInput, match="哪个问题或者哪份文件"):
        registers("city_office")


def test_items_go_to_units_at_or_below_that_are_not_consulted_by_a_day_ahead(raised: Raise) -> None:
    story = raised()

    for unit, due_on, sentence in (
        ("13-development", date(2018, 5, 4), "本级及以下"), ("130123-office", date(2018, 5, 4), "本级及以下"),
        ("130973-economy", date(2018, 4, 26), "不能早于今天"),
    ):
        with pytest.raises(BadInput, match=sentence):
            registers("city_office", story, items=(item(unit_id(unit), due_on),))

    assert count("city_office", "supervision_instruction") == count("city_office", "supervision_item") == 0


@pytest.mark.parametrize("login", ["park", "city", "firm"])
def test_only_who_keeps_a_ledger_registers(raised: Raise, login: str) -> None:
    with pytest.raises(NotYours):
        registers(login, paper_title="一份文件")


def test_an_item_ends_when_the_report_went_back_and_the_answer_is_registered(raised: Raise) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")),))
    item_id = only_item("city", paper)
    assert (duties("city"), duties("city_office")) == ([DutyKind.REPORT], [])

    reports("city", item_id)
    assert (duties("city"), duties("city_office")) == ([], [DutyKind.CLOSE])
    ends("city_office", item_id, answer_kind=InstructionKind.WORDS, answer_words="很好，继续跟踪。")

    [ended] = page_of("city", paper).row.items
    assert (ended.answer_words, ended.presented_on, ended.answered_on) == (
        "很好，继续跟踪。", date(2018, 5, 3), date(2018, 5, 4)
    )
    assert page_of("city_office", paper).row.state is LedgerState.DONE
    assert (duties("city"), duties("city_office")) == ([], [])
    with pytest.raises(NotTheirs, match="这一项已经结束"):
        reports("city", item_id)


def test_reminders_go_to_the_clerks_post_and_not_to_others_of_the_unit(raised: Raise) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")),))
    reports("city", only_item("city", paper))

    registers("city_office", raised(), items=(item(unit_id("1309-development")),))

    leader = replace(viewer("city_office"), post_id=uuid7())

    assert duties("city_office") == [DutyKind.CLOSE]
    assert duties("city_office", LATER + timedelta(days=1)) == [DutyKind.CHASE, DutyKind.CLOSE]
    with acting_as(leader) as here:
        assert duties_for(here, now=LATER + timedelta(days=1)) == []


@pytest.mark.parametrize(("changes", "field"), [
    ({"answered_on": date(2018, 5, 2)}, "answered_on"), ({"answered_on": date(2018, 5, 30)}, "answered_on"),
    ({"answer_words": "好"}, "words"), ({"answer_kind": InstructionKind.WORDS}, "words"),
])
def test_an_answer_that_does_not_fit_is_refused(raised: Raise, changes: dict[str, Any], field: str) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")),))
    item_id = only_item("city", paper)
    reports("city", item_id)

    with pytest.raises(BadInput) as refused:
        ends("city_office", item_id, **changes)

    assert set(refused.value.fields) == {field}
    assert rows("city", "SELECT state FROM supervision_item") == [("reported",)]


def test_others_neither_report_nor_end(raised: Raise) -> None:
    paper = registers("city_office", raised(), items=(item(unit_id("1309-development")),))
    item_id = only_item("city", paper)

    with pytest.raises(NotTheirs, match="承办单位报送办理情况后"):
        ends("city_office", item_id)
    with pytest.raises(NotTheirs, match="不是本单位"):
        reports("city_office", item_id)
    for login in ("province_office", "zone_office", "park", "outsider"):
        with pytest.raises(NotFound):
            reports(login, item_id)
    with acting("city") as actor, pytest.raises(NotYours):
        instructing.assign(instruction_id=paper, items=(item(unit_id("130973-economy")),), actor=actor, now=NOW)


def test_more_is_given_to_units_later(raised: Raise) -> None:
    paper = registers("city_office", raised())

    with acting("city_office") as actor:
        instructing.assign(instruction_id=paper, items=(item(unit_id("130973-economy")),), actor=actor, now=LATER)

    assert [one.unit for one in page_of("zone", paper).row.items] == ["渤海新区经发局"]


def test_a_unit_sees_its_own_items_only(raised: Raise) -> None:
    paper = registers(
        "city_office", raised(), items=(item(unit_id("130973-economy")), item(unit_id("1309-development"), demand="别的"))
    )

    assert [one.demand for one in page_of("zone", paper).row.items] == ["拿出错峰方案。"]
    assert count("zone", "supervision_item") == 1


def test_words_on_a_confidential_problem_are_for_those_who_may_see_it(raised: Raise) -> None:
    secret = registers("city_office", raised(confidential=True), items=(item(unit_id("1309-development")),))

    for_clerk, for_unit = page_of("city_office", secret).row, page_of("city", secret).row

    assert for_clerk.words == "请抓紧协调，五月上旬见效。"
    assert (for_unit.words, for_unit.are_words_hidden, for_unit.cases) == ("", True, ())
    assert [one.demand for one in for_unit.items] == ["拿出错峰方案。"]
    assert count("city", "supervision_instruction_text") == count("city", "supervision_instruction_case") == 0


def test_the_ledger_is_narrowed_by_state_kind_lateness_and_words(raised: Raise) -> None:
    given = registers("city_office", raised(), items=(item(unit_id("1309-development"), date(2018, 4, 27)),))
    filed = registers("city_office", kind=InstructionKind.READ, words="", paper_title="用电专报")

    def found(**asked: Any) -> list[UUID]:
        return [row.id for row in ledger("city_office", **asked)]

    assert found() == [filed, given]
    assert found(state=LedgerState.OPEN) == [given]
    assert found(state=LedgerState.FILED) == found(kind=InstructionKind.READ) == found(words="用电") == [filed]
    assert found(state=LedgerState.DONE) == found(is_late=True) == []
