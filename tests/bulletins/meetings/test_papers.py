"""Papers of meetings (R-G2, R-H7): the notice, the minutes, the list of decisions, and what scheduling begins with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.bulletins.ledgers.reading import document_of, file_of, told_by
from tests.inspections.looking import unit_id
from tests.rhythm.meeting import JOINT, LEAD, does, held, opened, published
from tests.rhythm.meeting import afternoon as afternoon
from tests.world import NOW
from zhitong.domain.bulletins.queries.meetings.decisions import HEADS
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.rhythm.actions.preparing import add_item, call
from zhitong.domain.rhythm.actions.recording import Decided, publish
from zhitong.domain.rhythm.actions.tracking import answer_decision, close_decision
from zhitong.kit.official.shapes import Document, Heading, Paragraph, Table
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db
NAME = "沧州市2018年4月推进会"
HOURS = [NOW + timedelta(hours=n) for n in range(4)]


def text_of(paper: Document) -> str:
    """Every word of a paper, headings and tables included."""
    said: list[Any] = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph):
            said += block.pieces
        elif isinstance(block, Table):
            said += [cell for row in block.rows for cell in row]
    return "\n".join(str(getattr(one, "text", one)) for one in said)


def test_the_notice_tells_each_reader_the_matters_that_are_his() -> None:
    cycle = opened()
    does("city_office", add_item, cycle, "供电方案", "", unit_id(LEAD))
    with pytest.raises(Refused, match="还没有发出"):
        document_of(PaperKind.SUMMONS, "city_office", NOW, NAME)
    does("city_office", call, cycle)

    paper = document_of(PaperKind.SUMMONS, "city", HOURS[1])

    assert paper.title == f"关于召开{NAME}的通知"
    assert len(paper.recipients) == 3
    assert "4月30日（星期一）15:40" in text_of(paper)
    assert "供电方案" in text_of(document_of(PaperKind.SUMMONS, "city_office", HOURS[1], NAME))
    with pytest.raises(NotFound):
        document_of(PaperKind.SUMMONS, "outsider", HOURS[1], NAME)
    with pytest.raises(Refused, match="还没有发出通知的会议"):
        document_of(PaperKind.SUMMONS, "outsider", HOURS[1])


def test_minutes_are_a_draft_of_the_office_until_they_are_out_and_frozen_from_then_on() -> None:
    cycle = held(opened(), Decided("一周内拿出供电方案。", unit_id(LEAD), 5, (unit_id(JOINT),)))

    draft = document_of(PaperKind.MINUTES, "city_office", NOW, NAME)
    with pytest.raises(Refused, match="还没有印发"):
        document_of(PaperKind.MINUTES, "city", NOW, NAME)
    does("city_office", publish, cycle)
    paper, later = (document_of(PaperKind.MINUTES, "city", at, NAME) for at in (NOW, NOW + timedelta(days=40)))

    assert (draft.is_draft, paper.is_draft) == (True, False)
    assert "印发后5个工作日" in text_of(draft)
    assert "会议听取了情况汇报。" in text_of(paper)
    assert "2018年5月7日" in text_of(paper)  # five working days over a make-up Saturday and the May holiday
    assert paper == later
    assert paper.signed_on == date(2018, 4, 27)


def test_the_list_of_decisions_tells_how_each_stood_at_its_cut_off() -> None:
    _cycle, [decision, _other] = published(Decided("甲", unit_id(LEAD), 5), Decided("乙", unit_id(JOINT), 1))
    does("city", answer_decision, decision, "方案已定。", now=HOURS[1])
    does("city_office", close_decision, decision, "看过文件", now=HOURS[2])

    heads = tuple(one.title for one in HEADS)
    before, after = (told_by(file_of(PaperKind.DECISIONS, "city_office", at, NAME), heads) for at in (HOURS[1], HOURS[3]))
    late = told_by(file_of(PaperKind.DECISIONS, "city_office", NOW + timedelta(days=9), NAME), heads)
    others = told_by(file_of(PaperKind.DECISIONS, "city", HOURS[3], NAME), heads)

    assert [one["落实"] for one in before] == ["已报落实", "落实中"]
    assert [one["落实"] for one in after] == ["已落实", "落实中"]
    assert (after[0]["落实情况"], late[1]["落实"]) == ("看过文件", "落实中（超期）")
    assert len(others) == 2
    with pytest.raises(Refused, match="还没有印发"):
        file_of(PaperKind.DECISIONS, "city_office", NOW - timedelta(hours=1), NAME)


def test_the_material_of_a_scheduling_begins_with_the_last_meetings_decisions() -> None:
    bare = document_of(PaperKind.MEETING, "city_office", NOW - timedelta(hours=1))
    _cycle, [decision] = published()
    does("city", answer_decision, decision, "方案已定。", now=HOURS[1])

    paper, later = (document_of(PaperKind.MEETING, "city_office", HOURS[2]) for _ in range(2))

    heads = [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert heads[:3] == ["一、上次会议决定事项落实情况", "二、总体情况", "三、会议议程"]
    assert "方案已定。" in text_of(paper)
    assert paper == later
    assert "上次会议决定事项" not in text_of(bare)
    assert "上次会议决定事项" not in text_of(document_of(PaperKind.MEETING, "zone_office", HOURS[2]))
