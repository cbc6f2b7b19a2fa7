"""A county's offices send a form, point it once, and fill it for any cut-off; nobody else comes near it (R-H8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl.workbook import Workbook

from tests.blanks.forms import book_of, bytes_of, ledger, opened, regions
from tests.cast import Story, viewer
from tests.world import NOW
from zhitong.domain.blanks.actions.filling import fill_blank, hand_back
from zhitong.domain.blanks.actions.keeping import SentBlank, drop_blank, point_blank, send_blank
from zhitong.domain.blanks.queries.asked import cut_for
from zhitong.domain.blanks.queries.blanks import (
    BlankView,
    blank_seen,
    blanks_for,
    content_of,
    filling_seen,
    fillings_of,
)
from zhitong.domain.blanks.queries.made import file_of, previewed
from zhitong.domain.blanks.rules.kinds import BlankFact, Grain, Which
from zhitong.domain.blanks.rules.pointing import Pointing, TablePointing
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

OFFICE = "park_office"
LATER = NOW + timedelta(hours=2)
Raised = Callable[..., Story]


def sent(book: Workbook, *, by: str = OFFICE, name: str = "附表1.xlsx") -> SentBlank:
    with acting_as(viewer(by)) as here:
        return send_blank(here, name=name, content=bytes_of(book), actor=here.actor("test"), now=NOW)


def seen(blank_id: UUID, *, by: str = OFFICE) -> BlankView:
    with acting_as(viewer(by)) as here:
        return blank_seen(here, blank_id)


def filled(blank_id: UUID, *, by: str = OFFICE, now: datetime = LATER, **asked: Any) -> UUID:
    with acting_as(viewer(by)) as here:
        return fill_blank(here, blank_id, actor=here.actor("test"), now=now, **asked)


def file(filling_id: UUID, *, by: str = OFFICE) -> bytes:
    with acting_as(viewer(by)) as here:
        return file_of(here, filling_id)[1]


def column(content: bytes, letter: str, first: int, last: int) -> list[Any]:
    sheet = opened(content).worksheets[0]
    return [sheet[f"{letter}{line}"].value for line in range(first, last + 1)]


def test_a_form_is_filled_and_for_the_same_cut_off_ever_the_same(raised: Raised) -> None:
    story = raised()
    blank = sent(ledger())

    first = filled(blank.blank_id, at=LATER)
    before = file(first)
    story.now = LATER
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    raised(now=LATER + timedelta(hours=1))
    again = filled(blank.blank_id, at=LATER, now=LATER + timedelta(days=30))

    assert column(before, "B", 6, 7) == ["演示南大港石化设备有限公司", None]
    assert column(before, "H", 6, 6) == [story.standing.number]
    assert file(first) == before == file(again)
    assert opened(before)["附表1"]["E10"].value == "全县共1件，其中办结0件，办结率0%。"


def test_a_form_sent_again_is_known_by_its_heads_and_keeps_what_was_said() -> None:
    first = sent(ledger())
    with acting_as(viewer("park")) as here:
        said = seen(first.blank_id).pointing.tables[0]
        columns = {**said.columns, "备注": "state"}
        point_blank(here, first.blank_id, Pointing((TablePointing(Grain.PROBLEM, Which.OPEN, columns),)), actor=here.actor("test"), now=NOW)
    other = ledger()
    other["附表1"]["A1"] = "九月份的表"

    again, same = sent(other, by="park"), sent(other)

    assert (again.blank_id, again.is_known, same.is_known) == (first.blank_id, True, True)
    kept = seen(first.blank_id)
    assert (kept.version, kept.pointing.tables[0].columns["备注"], kept.pointing.tables[0].which) == (2, "state", Which.OPEN)
    assert kept.pointed_by == "南大港产业园区经发局"


def test_what_one_office_said_helps_to_guess_another_form_of_the_county() -> None:
    first = sent(book_of({"A1": "企业名称", "B1": "问题内容", "C1": "堵点"}, edged="A1:C3"))
    said = Pointing((TablePointing(Grain.PROBLEM, columns={"企业名称": "name", "问题内容": "text", "堵点": "category"}),))
    with acting_as(viewer(OFFICE)) as here:
        point_blank(here, first.blank_id, said, actor=here.actor("test"), now=NOW)

    other = sent(book_of({"A1": "序号", "B1": "堵点", "C1": "问题内容"}, edged="A1:C3"))
    elsewhere = sent(book_of({"A1": "序号", "B1": "堵点", "C1": "问题内容"}, edged="A1:C3"), by="outsider")

    assert seen(other.blank_id).pointing.tables[0].columns["堵点"] == "category"
    assert seen(elsewhere.blank_id, by="outsider").pointing.tables[0].columns["堵点"] == ""


def test_regions_printed_in_rows_have_their_figures_and_the_sum_too(raised: Raised) -> None:
    raised()
    raised(login="other_firm")
    blank = sent(regions("任丘市", "渤海新区", "赵县"), by="city_office")

    content = file(filled(blank.blank_id, by="city_office"), by="city_office")

    assert column(content, "B", 4, 7) == [2, 1, 1, None]
    assert column(content, "C", 4, 7) == [0, 0, 0, None]


def test_firms_units_and_categories_a_row_each(raised: Raised) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    firms = sent(book_of(
        {"A1": "企业名称", "B1": "信用代码", "C1": "上年营业收入（万元）", "D1": "反映问题件数", "E1": "税金"}, edged="A1:E2",
    ))
    units = sent(book_of({"A1": "责任单位", "B1": "收集问题数", "C1": "办结率"}, edged="A1:C2"))
    kinds = sent(book_of({"A1": "问题类别", "B1": "收集问题数", "C1": "办结数", "A2": "能源保障", "A3": "用地需求"}, edged="A1:C3"))

    assert [seen(one.blank_id).pointing.tables[0].grain for one in (firms, units, kinds)] == [Grain.SUBJECT, Grain.UNIT, Grain.CATEGORY]
    listed = file(filled(firms.blank_id))
    assert [column(listed, letter, 2, 2)[0] for letter in "ABCDE"] == ["演示南大港石化设备有限公司", "91130900MA00000014", 23_000, 1, None]
    assert column(file(filled(units.blank_id)), "B", 2, 2) == [1]
    assert column(file(filled(kinds.blank_id)), "B", 2, 3) == [1, 0]


def test_what_firms_want_kept_in_confidence_and_who_is_unnamed_does_not_go_up(raised: Raised) -> None:
    raised(confidential=True, text="不得外传")
    raised(unnamed=True)
    blank = sent(ledger(), by="city_office")

    content = file(filled(blank.blank_id, by="city_office"), by="city_office")

    assert column(content, "B", 6, 7) == ["隐名企业", None]
    assert "不得外传" not in str([list(row) for row in opened(content)["附表1"].values])


def test_a_line_fills_only_what_is_its_own(raised: Raised) -> None:
    raised(login="other_firm", category="land")
    blank = sent(ledger(), by="neighbour")

    content = file(filled(blank.blank_id, by="neighbour"), by="neighbour")

    with acting_as(viewer("neighbour")) as here:
        assert here.reach.value == "line"
    assert column(content, "B", 6, 6) == [None]


def test_what_was_written_by_hand_is_the_units_own(raised: Raised) -> None:
    raised()
    blank = sent(ledger())
    book = opened(file(filled(blank.blank_id)))
    book["附表1"]["G6"] = 8

    with acting_as(viewer(OFFICE)) as here:
        cells = hand_back(here, blank.blank_id, content=bytes_of(book), actor=here.actor("test"), now=LATER)
        with pytest.raises(BadInput, match="表头和这张套表不一样"):
            hand_back(here, blank.blank_id, content=bytes_of(regions("任丘市")), actor=here.actor("test"), now=LATER)

    assert cells == 1
    assert column(file(filled(blank.blank_id)), "G", 6, 6) == [8]
    assert column(file(filled(blank.blank_id, by="park"), by="park"), "G", 6, 6) == [None]


def test_a_cut_off_to_come_a_period_turned_round_and_a_foreign_region_are_refused() -> None:
    blank = sent(ledger())
    with acting_as(viewer(OFFICE)) as here, pytest.raises(BadInput, match="不能晚于现在"):
        cut_for(here, region_id=None, since=None, at=LATER, now=NOW)
    for asked in ({"since": LATER}, {"since": NOW, "at": NOW - timedelta(days=1)}):
        with pytest.raises(BadInput, match="早于截止时间"):
            filled(blank.blank_id, now=NOW, **asked)

    with pytest.raises(NotFound):
        filled(blank.blank_id, region_id=Region.objects.get(code="130982").id)


def test_others_find_nothing_by_the_rule_or_by_the_wall() -> None:
    blank = sent(ledger())
    filling, version = filled(blank.blank_id), seen(blank.blank_id).version_id

    for login in ("outsider", "zone_office", "firm", "neighbour"):
        with acting_as(viewer(login)) as here:
            for look in (
                lambda here=here: blank_seen(here, blank.blank_id), lambda here=here: filling_seen(here, filling),
                lambda here=here: file_of(here, filling), lambda here=here: content_of(here, version),
                lambda here=here: drop_blank(here, blank.blank_id, actor=here.actor("test"), now=NOW),
            ):
                with pytest.raises(NotFound):
                    look()
            with without_first_wall():
                assert fillings_of(here, blank.blank_id, 5) == []
                if login != "firm":
                    assert blanks_for(here, limit=5) == []
    with acting_as(viewer("park")) as here:
        assert [one.id for one in blanks_for(here, limit=5)] == [blank.blank_id]
        assert fillings_of(here, blank.blank_id, 5) == []


def test_a_dropped_blank_is_offered_no_more_and_what_was_filled_stays() -> None:
    blank = sent(ledger())
    filling = filled(blank.blank_id)

    with acting_as(viewer(OFFICE)) as here:
        drop_blank(here, blank.blank_id, actor=here.actor("test"), now=LATER)
        assert blanks_for(here, limit=5) == []
        kinds = {fact.kind for fact in facts_about(blank.blank_id)}

    assert file(filling)
    assert kinds == {BlankFact.SENT.value, BlankFact.FILLED.value, BlankFact.DROPPED.value}
    with pytest.raises(NotFound):
        filled(blank.blank_id)
    assert sent(ledger()).blank_id != blank.blank_id


def test_what_is_asked_of_the_database_does_not_grow_with_rows(raised: Raised) -> None:
    blank = sent(ledger())
    spent = []
    for _time in range(2):
        for _one in range(3):
            raised()
        with acting_as(viewer(OFFICE)) as here, CaptureQueriesContext(connection) as asked:
            kept = blank_seen(here, blank.blank_id)
            shown = previewed(here, kept.version_id, kept.pointing, cut_for(here, region_id=None, since=None, at=None, now=LATER), {})
        spent.append(len(asked))

    assert spent[0] == spent[1] <= 34
    assert [cell.text for cell in shown.sheets[0].rows[7]][:2] == ["3", "演示南大港石化设备有限公司"]
