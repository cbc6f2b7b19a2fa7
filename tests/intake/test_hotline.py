"""Hotline orders: a number is one problem however often it is sent, columns are guessed and remembered, answers go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, official_of, viewer
from tests.intake.conftest import CODE, FIRM
from tests.world import NOW
from zhitong.domain.intake.actions.importing import Imported, RowsInTrouble, take_sheet
from zhitong.domain.intake.actions.laying_out import NotLaidOut, TakenBefore, lay_out, name_columns
from zhitong.domain.intake.actions.orders import OrderIn, take_orders
from zhitong.domain.intake.models import Order
from zhitong.domain.intake.queries.orders import orders_numbered
from zhitong.domain.intake.queries.sheets import sheet_seen
from zhitong.domain.intake.rules.sheets import Column, SheetKind
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Source
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

File = Callable[..., bytes]


def laid_out(content: bytes, login: str = "park_office", name: str = "热线.csv") -> UUID:
    with acting_as(viewer(login)) as here:
        return lay_out(here, SheetKind.HOTLINE, name, content, campaign="hebei-2018", now=NOW)


def taken(sheet_id: UUID, login: str = "park_office", *, only_good: bool = False) -> Imported:
    with acting_as(viewer(login)) as here:
        return take_sheet(here, sheet_id, only_good=only_good, actor=here.actor("test"), now=NOW)


def seen(sheet_id: UUID, login: str = "park_office") -> Any:
    with acting_as(viewer(login)) as here:
        return sheet_seen(here, sheet_id)


def problems() -> list[Problem]:
    with acting("province_office"):
        return list(Problem.objects.order_by("id"))


def test_a_file_becomes_problems_and_its_other_columns_are_kept_aside(hotline_file: File) -> None:
    sheet_id = laid_out(hotline_file(("A1", FIRM, "夜间停电", "2018-04-26 9:05", "13800000000"), ("A2", "演示小店", "路灯不亮")))

    assert taken(sheet_id) == Imported(2, 0, 0)

    first, second = problems()
    assert (first.source, first.outside_ref, first.reporter_unit_id) == (
        Source.HOTLINE.value, "130973400-office:A1", viewer("firm").unit_id
    )
    assert first.happened_at is not None
    assert (second.subject_name, second.subject_id, second.category) == ("演示小店", None, "undecided")
    with acting("park_office"):
        assert Order.objects.get(outside_ref="A1").original["联系电话"] == "13800000000"


def test_the_same_file_twice_changes_nothing(hotline_file: File) -> None:
    content = hotline_file(("A1", FIRM, "夜间停电"))
    taken(laid_out(content))

    with pytest.raises(TakenBefore, match="没有重复导入"):
        laid_out(content)
    assert len(problems()) == 1


def test_a_later_file_with_known_orders_says_so_for_each(hotline_file: File) -> None:
    taken(laid_out(hotline_file(("A1", FIRM, "夜间停电"))))
    sheet_id = laid_out(hotline_file(("A1", FIRM, "夜间停电"), ("A2", FIRM, "路不通")))

    page = seen(sheet_id)

    assert (page.good, page.known, page.sample[0].known) == (2, 1, problems()[0].number)
    assert taken(sheet_id) == Imported(1, 1, 0)
    assert len(problems()) == 2


def test_a_list_is_taken_once(hotline_file: File) -> None:
    sheet_id = laid_out(hotline_file(("A1", FIRM, "夜间停电")))
    taken(sheet_id)

    with pytest.raises(NotLaidOut, match="已导入"):
        taken(sheet_id)


def test_rows_in_trouble_are_named_and_keep_the_others_out_until_it_is_said(hotline_file: File) -> None:
    late = ("A2", FIRM, "路不通", "2018-05-09 10:00")
    sheet_id = laid_out(hotline_file(("A1", FIRM, ""), late, ("A3", FIRM, "停水"), ("A3", FIRM, "停水")))

    page = seen(sheet_id)

    assert [(row.line, row.troubles) for row in page.bad] == [
        (2, (("诉求内容", "没有填写。"),)), (3, (("来电时间", "发生时间晚于现在。"),)), (5, (("工单编号", "与第4行相同。"),)),
    ]
    with pytest.raises(RowsInTrouble, match="有3行不能导入，全部没有导入"):
        taken(sheet_id)
    assert problems() == []
    assert taken(sheet_id, only_good=True) == Imported(1, 0, 3)


def test_what_a_head_means_can_be_said_and_is_remembered(hotline_file: File) -> None:
    content = "单号,谁,说了什么\nB1,演示小店,停水\n".encode()
    sheet_id = laid_out(content)
    assert seen(sheet_id).columns == {"单号": None, "谁": None, "说了什么": None}

    with acting_as(viewer("park_office")) as here:
        name_columns(here, sheet_id, {"单号": Column.REF, "谁": Column.FIRM, "说了什么": Column.TEXT}, now=NOW)

    assert seen(sheet_id).good == 1
    again = laid_out(content + "B2,演示小店,停电\n".encode())
    assert seen(again).columns == {"单号": Column.REF, "谁": Column.FIRM, "说了什么": Column.TEXT}


def test_two_heads_are_not_the_same_column(hotline_file: File) -> None:
    sheet_id = laid_out(hotline_file(("A1", FIRM, "停电")))

    with pytest.raises(BadInput, match="两列都选了“问题内容”"), acting_as(viewer("park_office")) as here:
        name_columns(here, sheet_id, {"企业名称": Column.TEXT, "诉求内容": Column.TEXT}, now=NOW)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的"), (b"PK\x03\x04broken", "演示"), ("编号,内容\n".encode(), "没有数据"),
        (b"a,b\n" + b"1,2\n" * 5001, "最多读5000行"),
        (b"x" * (10 * 1024 * 1024 + 1), "超过10MB"),
    ],
    ids=["empty", "broken", "no rows", "too many", "too large"],
)
def test_what_is_no_list_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        laid_out(content, name="演示.csv")


def test_nobody_else_finds_the_list(hotline_file: File) -> None:
    sheet_id = laid_out(hotline_file(("A1", FIRM, "停电")))

    for login in ("outsider", "zone_office"):
        with pytest.raises(NotFound):
            seen(sheet_id, login)
        with pytest.raises(NotFound), without_first_wall():
            seen(sheet_id, login)
        with pytest.raises(NotFound):
            taken(sheet_id, login)


def test_only_an_office_takes_orders(hotline_file: File) -> None:
    with pytest.raises(NotYours):
        laid_out(hotline_file(("A1", FIRM, "停电")), "park")


def test_orders_by_the_api_know_what_the_file_brought_and_answers_go_back(hotline_file: File) -> None:
    taken(laid_out(hotline_file(("A1", FIRM, "夜间停电"))))
    orders = [OrderIn({Column.REF: ref, Column.CODE: CODE, Column.TEXT: "停电"}, {"级别": "急"}) for ref in ("A1", "A9")]

    with acting_as(viewer("park_office")) as here:
        found = take_orders(here, orders, campaign="hebei-2018", actor=here.actor("test"), now=NOW)
        views = orders_numbered(here, ["A9", "A1", "A7"])

    assert [(one.outside_ref, one.is_new) for one in found] == [("A1", False), ("A9", True)]
    assert [view.outside_ref for view in views] == ["A9", "A1"]
    with acting_as(official_of("130123-office")) as here:
        assert orders_numbered(here, ["A1", "A9"]) == []
