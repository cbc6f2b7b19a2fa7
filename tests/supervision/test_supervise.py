"""Supervise (督办, R-F5): a numbered paper to one unit at or below, with its answer, its one return and its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, acknowledged, answered, sent_up, unit_id, waiting
from tests.supervision.ways import answers, count, does, drafted, facts_of, issued, issues, rows, somebody
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Subordination
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.actions.supervising import Drafting, NotNow
from zhitong.domain.supervision.actions.urging import NotPressed
from zhitong.domain.supervision.queries.papers import PaperPage, paper_page
from zhitong.domain.supervision.rules.kinds import Grade
from zhitong.domain.supervision.rules.pressing import why_not_supervise
from zhitong.domain.supervision.rules.way import TABLE
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
TABLES = ("supervision_supervision", "supervision_case", "supervision_urging", "supervision_counter", "history_fact")


def page_of(login: str, paper: UUID, now: datetime = NOW) -> PaperPage:
    """The paper as a member of the cast sees it."""
    with acting_as(viewer(login)) as here:
        return paper_page(here, paper, now=now)


@contextmanager
def nothing_changes(login: str) -> Iterator[None]:
    """What happens inside leaves every table of the room as the viewer sees it."""
    before = [rows(login, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]
    yield
    assert [rows(login, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES] == before


def test_a_draft_has_no_number_and_presses_nobody(raised: Raise) -> None:
    story = raised()

    paper = drafted("zone_office", story)

    [(state, number, due_at)] = rows("zone_office", "SELECT state, number, due_at FROM supervision_supervision")
    assert (state, number, due_at) == ("drafted", "", None)
    assert [count(login, "supervision_supervision") for login in ("park", "city_office")] == [0, 0]
    assert count("zone_office", "supervision_urging") == 0
    assert [one.kind for one in facts_of(paper, "zone_office")] == ["supervision.drafted"]


def test_signing_takes_the_number_starts_the_limit_and_presses(raised: Raise) -> None:
    story = raised()
    before = story.way()

    number = issues("zone_office", paper := drafted("zone_office", story))

    assert number == "渤海新区双创双服办督字〔2018〕1号"
    page = page_of("park", paper)
    assert page.row.due_at == datetime(2018, 5, 3, 9, 30, tzinfo=UTC)
    assert page.due_words == "签发 4月27日 15:40，3 个工作日：4月28日(补班) 5月2日 3日，到期 5月3日 17:30"
    assert (page.signed_by, page.signed_on, page.row.grade) == ("演示主任", NOW.date(), Grade.KEY)
    assert [(one.kind.value, one.number) for one in page.urgings] == [("supervise", number)]
    assert story.way() == before


def test_numbers_run_by_unit_and_year_and_a_discarded_draft_takes_none(raised: Raise) -> None:
    story = raised()
    first, gone, second = (drafted("zone_office", story) for _ in range(3))

    numbers = [issues("zone_office", first)]
    does("zone_office", supervising.discard, gone)
    numbers += [issues("zone_office", second), issues("city_office", drafted("city_office", story))]
    next_year = NOW + timedelta(days=300)
    numbers += [issues("zone_office", drafted("zone_office", story, now=next_year), next_year)]

    assert numbers == [
        "渤海新区双创双服办督字〔2018〕1号", "渤海新区双创双服办督字〔2018〕2号", "沧州双创双服办督字〔2018〕1号",
        "渤海新区双创双服办督字〔2019〕1号",
    ]


def test_several_problems_of_one_unit_go_on_one_paper(raised: Raise) -> None:
    paper = issued("zone_office", raised(), raised())

    assert len(page_of("park", paper).cases) == 2
    assert count("park", "supervision_urging") == 2


def test_problems_of_two_units_are_refused_by_name(raised: Raise) -> None:
    one, other = raised(), raised()
    other.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴")

    with nothing_changes("zone_office"), pytest.raises(NotPressed, match=r"一份督办单只能督办一个单位.*财政局"):
        drafted("zone_office", one, other)


def test_the_office_of_the_host_is_refused_and_the_one_above_named(raised: Raise) -> None:
    story = raised()  # the park's office sits in its 经发局, which has the problem

    with nothing_changes("park_office"), pytest.raises(NotPressed, match=r"本办设在南大港产业园区经发局.*须由渤海新区.*督办"):
        drafted("park_office", story)
    story.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴")

    assert drafted("park_office", story)


def test_a_consulted_unit_is_not_supervised_one_consults_it(raised: Raise) -> None:
    """R-B8: 商请 through the contact unit, no 督办."""
    story, here = raised(), directory()
    with acting("zone_office"):
        standing = story.standing
    assert standing.accountable_unit_id is not None
    vertical = replace(
        here.units[standing.accountable_unit_id], subordination=Subordination.VERTICAL, name="演示税务局",
        contact_unit_id=unit_id("130973400-finance"),
    )
    there = replace(here, units={**here.units, vertical.id: vertical})

    reason = why_not_supervise(standing, unit_id("130973-office"), there)

    assert reason is not None
    assert "演示税务局不属本级管理，不能督办，应当商请，经南大港产业园区财政局发商请函" in reason
    assert why_not_supervise(standing, unit_id("130973-office"), here) is None


@pytest.mark.parametrize(("login", "refused"), [
    ("park", NotYours), ("city", NotYours), ("firm", NotYours), ("outsider", NotFound), ("neighbour", NotYours),
])
def test_others_may_not_draft(raised: Raise, login: str, refused: type[Exception]) -> None:
    story = raised()

    with nothing_changes("province_office"), pytest.raises(refused):
        drafted(login, story)


def test_an_inspection_office_issues_in_its_own_name(raised: Raise) -> None:
    story = raised()

    with somebody("130973-inspection") as here:
        paper = supervising.draft(Drafting(
            problem_ids=(story.problem_id,), grade=Grade.LISTED, demand="办到位。", workdays=2, actor=here.actor("test"),
            now=NOW,
        ))
        number = supervising.issue(
            supervision_id=paper, signed_by="演示主任", signed_on=NOW.date(), actor=here.actor("test"), now=NOW
        )

    assert number == "渤海新区督查室督字〔2018〕1号"


@pytest.mark.parametrize(("story", "sentence"), [
    (answered, "待企业确认.*没有单位需要催办"), (sent_up, "不在本级及以下"),
])
def test_what_cannot_be_pressed_cannot_be_supervised(raised: Raise, story: object, sentence: str) -> None:
    told: Story = story(raised())  # type: ignore[operator]

    with nothing_changes("park_office"), pytest.raises(NotPressed, match=sentence):
        drafted("park_office", told)


def test_what_lies_at_an_office_itself_is_for_the_one_above(raised: Raise) -> None:
    story = waiting(raised)

    with pytest.raises(NotPressed, match="该问题由本单位承办"):
        drafted("park_office", story)
    assert drafted("zone_office", story)


@pytest.mark.parametrize("workdays", [0, -1, 61])
def test_a_limit_out_of_measure_is_refused(raised: Raise, workdays: int) -> None:
    with pytest.raises(BadInput, match="1 至 60 个工作日"):
        drafted("zone_office", raised(), workdays=workdays)


def test_a_draft_whose_problem_moved_cannot_be_signed(raised: Raise) -> None:
    story = raised()
    paper = drafted("zone_office", story)
    story.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴")

    with nothing_changes("zone_office"), pytest.raises(NotPressed, match="起草后问题已转由其他单位承办"):
        issues("zone_office", paper)


def test_it_is_not_signed_on_a_day_to_come(raised: Raise) -> None:
    paper = drafted("zone_office", raised())

    with nothing_changes("zone_office"), pytest.raises(BadInput, match="不能晚于今天"):
        issues("zone_office", paper, signed_on=NOW.date() + timedelta(days=1))


def test_it_is_answered_returned_once_answered_anew_and_accepted(raised: Raise) -> None:
    story = acknowledged(raised())
    paper = issued("zone_office", story)
    before = story.way()

    answers("park", paper)
    does("zone_office", supervising.return_answer, paper, reason="没有写明见效日期。")
    answers("park", paper, NOW + timedelta(hours=3), "5月10日起见效。")
    with pytest.raises(NotNow, match="反馈已退回过一次，不能再退"):
        does("zone_office", supervising.return_answer, paper, reason="再退")
    does("zone_office", supervising.accept, paper, NOW + timedelta(hours=4), opinion="同意办结。")

    page = page_of("park", paper)
    assert (page.row.state.value, page.answer, page.return_reason, page.opinion) == (
        "accepted", "5月10日起见效。", "没有写明见效日期。", "同意办结。"
    )
    assert page.first_answered_at == NOW + timedelta(hours=1)
    assert [one.kind.label for one in page.timeline] == [
        "起草督办单", "签发督办单", "反馈督办", "退回反馈", "反馈督办", "督办办结"
    ]
    assert story.way() == before


@pytest.mark.parametrize(("act", "login", "sentence"), [
    (supervising.accept, "zone_office", "现在是“待反馈”，不能办结"),
    (supervising.return_answer, "zone_office", "现在是“待反馈”，不能退回重报"),
    (supervising.discard, "zone_office", "现在是“待反馈”，不能作废草稿"),
    (supervising.issue, "zone_office", "现在是“待反馈”，不能签发"),
    (supervising.answer, "park_office", "“反馈”由南大港产业园区经发局办理，不是本单位"),
])
def test_acts_out_of_turn_are_refused(raised: Raise, act: object, login: str, sentence: str) -> None:
    values = {
        supervising.accept: {"opinion": ""}, supervising.return_answer: {"reason": "差"}, supervising.discard: {},
        supervising.issue: {"signed_by": "演示", "signed_on": NOW.date()}, supervising.answer: {"text": "办了"},
    }
    paper = issued("zone_office", raised())

    with nothing_changes("zone_office"), pytest.raises(NotNow, match=sentence):
        does(login, act, paper, **values[act])  # type: ignore[index]


def test_the_office_above_does_not_judge_anothers_paper(raised: Raise) -> None:
    paper = issued("zone_office", raised())
    answers("park", paper)

    with nothing_changes("zone_office"), pytest.raises(NotNow, match=r"“办结”由渤海新区.*办理，不是本单位"):
        does("city_office", supervising.accept, paper, opinion="")


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm", "other_firm", "city"])
def test_for_others_the_paper_is_not_there(raised: Raise, login: str) -> None:
    paper = issued("zone_office", raised())

    with pytest.raises(NotFound):
        page_of(login, paper)
    with pytest.raises(NotFound):
        does(login, supervising.accept, paper, opinion="")


def test_its_light_runs_with_its_limit_and_a_late_answer_stays_late(raised: Raise) -> None:
    paper = issued("zone_office", raised())
    late = NOW + timedelta(days=10)

    lights = [page_of("zone_office", paper, at).row.light.value for at in (NOW, NOW + timedelta(days=6), late)]
    answers("park", paper, late)

    assert lights == ["normal", "soon", "overdue"]
    assert page_of("zone_office", paper, late).row.light.value == "overdue"


@pytest.mark.parametrize(("change", "constraint"), [
    ("serial = 1, number = '同号' WHERE serial = 2", "supervision_number_once"),
    ("number = '', serial = NULL WHERE serial = 2", "supervision_numbered_at_signing"),
    ("number = '先取号', serial = 9, year = 2018 WHERE state = 'drafted'", "supervision_numbered_at_signing"),
    ("returns = 2 WHERE serial = 1", "supervision_returned_once"),
])
def test_the_database_keeps_the_law_of_numbers_and_returns(raised: Raise, change: str, constraint: str) -> None:
    story = raised()
    issued("zone_office", story)
    issued("zone_office", story)
    drafted("zone_office", story)

    with (
        acting("zone_office"), connection.cursor() as cursor, pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        cursor.execute(f"UPDATE supervision_supervision SET {change}")


def test_the_table_of_the_way_reaches_every_state() -> None:
    reached = {move.to for move in TABLE} | {next(iter(TABLE[0].since))}

    assert {state.value for state in reached if state} == {"drafted", "issued", "answered", "returned", "accepted"}
