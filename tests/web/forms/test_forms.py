"""表式 at the screen: drawn up part by part without JavaScript, looked over, published, read and ended (R-E1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cards.test_xlsform import HEADS as SURVEY
from tests.cards.test_xlsform import ROWS, book
from tests.cast import viewer
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.cards.queries.forms import draft_seen
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
_keys = iter(range(100_000))


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def post(client: Client, path: str, **values: Any) -> Any:
    return client.post(path, {"once_key": f"k{next(_keys)}", **values}, follow=True)


def begun(client: Client, **values: Any) -> str:
    """The address of a new draft."""
    answer = post(client, "/forms/new/", **{"name": "走访情况表", "kind": "industry", "period": "quarter", **values})
    return str(answer.request["PATH_INFO"])


def drawn_up(client: Client) -> str:
    """A draft that may be published: a section with a figure and a choice, purpose and basis."""
    path = begun(client)
    post(client, f"{path}part/head/", name="走访情况表", period="quarter", purpose="了解困难", basis="冀发〔2018〕7号")
    post(client, f"{path}part/sections.0/", title="走访情况", prefill="never")
    post(client, f"{path}part/sections.0.fields.0/", label="欠薪金额", type="money", required="on", least="0")
    post(client, f"{path}part/sections.0.fields.1/", label="生产状态", type="choice", options="正常\n半停产\n停产")
    return path


def definition(path: str, login: str = "city_office") -> Any:
    here = viewer(login)
    with acting_as(here):
        return draft_seen(here, path.split("/")[-2]).definition  # type: ignore[arg-type]


def test_a_form_is_drawn_up_part_by_part_published_and_registered() -> None:
    client = signed_in("city_office")
    path = drawn_up(client)

    again = post(
        client, f"{path}part/sections.0.fields.2/", label="停产原因", type="text", when="q2|o3", more="1",
    )
    checked = post(client, f"{path}part/checks.0/", left="q1", must="<=", number="5000", severity="warning")
    review = client.get(f"{path}publish/")
    done = post(client, f"{path}publish/")
    register = client.get("/forms/")

    assert again.request["PATH_INFO"] == f"{path}part/sections.0.fields.3/"
    assert "“欠薪金额”应不大于 5,000 万元" in words_of(checked)
    assert "“生产状态”为“停产”时才填" in words_of(checked)
    assert "全年负担" in words_of(review)
    assert "没有发现与服务对象登记或现行表式重复的栏目" in words_of(review)
    assert "已发布，开放填报时就可以选用" in words_of(done)
    assert "走访情况表" in words_of(register)
    [row] = TemplateRow.objects.filter(definition__name="走访情况表")
    assert (row.version, row.definition["checks"][0]["say"]) == (1, "“欠薪金额”应不大于“5000”，请核对。")


def test_parts_move_and_go_by_plain_buttons() -> None:
    client = signed_in("city_office")
    path = drawn_up(client)

    post(client, path, do="down:sections.0.fields.0")
    moved = [one["code"] for one in definition(path)["sections"][0]["fields"]]
    post(client, path, do="remove:sections.0.fields.0")

    assert moved == ["q2", "q1"]
    assert [one["code"] for one in definition(path)["sections"][0]["fields"]] == ["q1"]
    assert post(client, path, do="remove:sections.9").status_code == 404


def test_a_changed_option_keeps_its_code_so_that_conditions_hold() -> None:
    client = signed_in("city_office")
    path = drawn_up(client)

    post(client, f"{path}part/sections.0.fields.1/", label="生产状态", type="choice", options="正常生产\n半停产\n停产")
    post(client, f"{path}part/sections.0.fields.1/", label="生产状态", type="choice", options="正常生产\n停产\n歇业")

    options = definition(path)["sections"][0]["fields"][1]["options"]
    assert [(one["code"], one["label"]) for one in options] == [("o1", "正常生产"), ("o3", "停产"), ("o4", "歇业")]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"label": "", "type": "text"}, "请填写这一项"),
        ({"label": "状态", "type": "choice"}, "单选要有选项"),
        ({"label": "数", "type": "count", "least": "9", "most": "1"}, "最小值（least）大于最大值（most）"),
        ({"label": "数", "type": "count", "least": "九"}, "请只填数字"),
        ({"label": "日期", "type": "date", "least": "1"}, "“日期”不用写最小值"),
        ({"label": "绝密文件", "type": "text"}, "非涉密"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused_and_what_was_typed_stays(values: dict[str, str], words: str) -> None:
    client = signed_in("city_office")
    path = drawn_up(client)
    before = definition(path)

    answer = post(client, f"{path}part/sections.0.fields.2/", help="写过的说明", **values)

    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "写过的说明" in answer.content.decode()
    assert definition(path) == before


CHECKS = [
    ("sums.0", {"parts": ["q1"], "must": "<=", "whole": "q3", "severity": "error"}, "“欠薪金额”之和应不大于“工资总额”"),
    ("against_last.0", {"fields_asked": ["q1", "q3"], "times": "10"}, "“欠薪金额”、“工资总额”是上期的 10 倍以上"),
    ("among_peers.0", {"field": "q1", "per": "q3"}, "“欠薪金额”按“工资总额”平均，与同类企业相差很大"),
    ("checks.0", {"left": "q1", "must": "<", "right": "q3", "severity": "warning"}, "“欠薪金额”应小于“工资总额”"),
]


def test_every_kind_of_check_is_written_read_back_and_taken_away() -> None:
    client = signed_in("city_office")
    path = drawn_up(client)
    post(client, f"{path}part/sections.0.fields.2/", label="工资总额", type="money")

    for place, values, sentence in CHECKS:
        shown = post(client, f"{path}part/{place}/", **values)
        kept = definition(path)
        again = post(client, f"{path}part/{place}/", **values)

        assert sentence in words_of(shown)
        assert "请核对" in kept[place.partition(".")[0]][0]["say"]
        assert again.status_code == 200
        assert definition(path) == kept
        assert sentence not in words_of(post(client, path, do=f"remove:{place}"))


@pytest.mark.parametrize(
    ("place", "values", "words"),
    [
        ("sums.0", {"must": "<=", "whole": "q1", "severity": "error"}, "请填写这一项"),
        ("against_last.0", {"fields_asked": ["q1"], "times": "1"}, "2"),
        ("among_peers.0", {"field": "q2"}, "请从列出的选项中选择"),
        ("checks.0", {"left": "q1", "must": "<", "severity": "error"}, "选一个，也只能选一个"),
        ("checks.0", {"left": "q1", "must": "<", "right": "q1", "number": "3", "severity": "error"}, "也只能选一个"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused(place: str, values: dict[str, Any], words: str) -> None:
    client = signed_in("city_office")
    path = drawn_up(client)
    before = definition(path)

    answer = post(client, f"{path}part/{place}/", **values)

    assert answer.status_code == 422
    assert words in words_of(answer)
    assert definition(path) == before


def test_an_unfinished_draft_is_not_published_and_says_why() -> None:
    client = signed_in("city_office")
    path = begun(client)

    answer = post(client, f"{path}publish/")

    assert answer.status_code == 422
    assert "还没有写明用途" in words_of(answer)
    assert not TemplateRow.objects.filter(definition__name="走访情况表").exists()


def test_the_second_of_two_colleagues_is_told_and_writes_nothing() -> None:
    client = signed_in("city_office")
    path = drawn_up(client)
    seen = re.search(r'name="version" value="(\d+)"', client.get(f"{path}part/problems/").content.decode())
    assert seen is not None
    post(client, f"{path}part/problems/", title="困难", most="5")

    late = post(client, f"{path}part/problems/", title="问题", most="1", version=seen[1])

    assert late.status_code == 409
    assert "同事刚才改过这份草稿" in words_of(late)
    assert definition(path)["problems"]["most"] == 5


def test_a_late_button_is_told_with_and_without_a_script() -> None:
    client = signed_in("city_office")
    path = drawn_up(client)

    for headers, status in (({}, 409), ({"HX-Request": "true"}, 422)):
        late = client.post(path, {"do": "remove:sections.0", "version": "1", "once_key": str(status)}, headers=headers)
        assert late.status_code == status
        assert "同事刚才改过这份草稿" in words_of(late)
    assert len(definition(path)["sections"]) == 1


def test_an_xlsform_becomes_a_draft_with_what_was_not_taken_listed() -> None:
    client = signed_in("city_office")
    form = SimpleUploadedFile("表.xlsx", book([SURVEY, *ROWS]))

    answer = post(client, "/forms/new/", name="导入的表", kind="industry", period="ad_hoc", form=form)

    assert "导入时没有照搬的" in words_of(answer)
    assert "“位置”没有采用" in words_of(answer)
    assert "其中：技术人员" in words_of(answer)


def test_what_is_no_form_is_refused_with_its_reason() -> None:
    client = signed_in("city_office")
    form = SimpleUploadedFile("表.xlsx", book([("题目",)], []))

    answer = post(client, "/forms/new/", name="导入的表", kind="industry", period="ad_hoc", form=form)

    assert answer.status_code == 422
    assert "没有“type”这一列" in words_of(answer)
    assert 'value="导入的表"' in answer.content.decode()


def test_a_preview_shows_every_field() -> None:
    client = signed_in("city_office")

    shown = words_of(client.get(f"{drawn_up(client)}preview/"))

    assert "欠薪金额" in shown
    assert "半停产" in shown
    assert "单位负责人已知晓" in shown


def shipped() -> TemplateRow:
    return TemplateRow.objects.get(code="industry")


def test_a_published_form_is_revised_by_the_top_office_and_the_change_is_said() -> None:
    client = signed_in("province_office")
    row = shipped()

    path = post(client, f"/forms/{row.id}/revise/", **{"as": "version"}).request["PATH_INFO"]
    values = {"label": "营业收入", "type": "money", "required": "on", "least": "0", "fact": "revenue_cny"}
    at = next(n for n, one in enumerate(row.definition["sections"][1]["fields"]) if one["code"] == "revenue")
    post(client, f"{path}part/sections.1.fields.{at}/", **values)
    post(client, f"{path}part/head/", name=row.definition["name"], period="month", purpose="了解情况", basis="四（五）")
    done = post(client, f"{path}publish/")
    old = client.get(f"/forms/{row.id}/")

    assert "名称由“主营业务收入”改为“营业收入”" in words_of(done)
    assert f"第{row.version}版 · 已有新版" in words_of(old)
    assert "主营业务收入" in words_of(old)


def test_an_office_below_may_copy_what_it_may_not_change() -> None:
    client = signed_in("park_office")
    page = words_of(client.get(f"/forms/{shipped().id}/"))

    refused = post(client, f"/forms/{shipped().id}/revise/", **{"as": "version"})
    copied = post(client, f"/forms/{shipped().id}/revise/", **{"as": "new"})

    assert "照此另起一张表" in page
    assert "起草新版" not in page
    assert refused.status_code == 403
    assert "（副本）" in words_of(copied)


def test_a_form_is_ended_with_a_reason() -> None:
    client = signed_in("province_office")
    path = f"/forms/{shipped().id}/retire/"

    empty = post(client, path, reason="")
    done = post(client, path, reason="内容并入季报")

    assert empty.status_code == 422
    assert "停用：内容并入季报" in words_of(done)
    assert "已停用" in words_of(client.get("/forms/?standing=retired"))


def test_a_draft_is_given_up_after_a_look() -> None:
    client = signed_in("city_office")
    path = begun(client)
    asked = client.get(f"{path}drop/")

    post(client, f"{path}drop/", version="1")

    assert "放弃后不能再改" in words_of(asked)
    assert "走访情况表" not in words_of(client.get("/forms/"))
    assert client.get(f"{path}part/head/").status_code == 404


def test_the_register_is_taken_along_as_a_workbook_and_narrowed() -> None:
    client = signed_in("city_office")

    content = b"".join(client.get("/forms/?export=xlsx").streaming_content)
    narrowed = words_of(client.get("/forms/?kind=services"))

    text = str(CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python())
    assert "企业综合情况及问题反馈卡（规模以上工业企业）" in text
    assert "重点服务业企业）" in narrowed
    assert "规模以上工业企业）" not in narrowed


def test_the_register_asks_no_more_with_more_rows() -> None:
    client = signed_in("city_office")
    for _number in range(2):
        post(client, f"{drawn_up(client)}publish/")
    drawn_up(client)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert "走访情况表" in words_of(client.get("/forms/"))
        return len(seen)

    before = asked()
    post(client, f"{drawn_up(client)}publish/")
    drawn_up(client)

    assert asked() == before


def test_who_stands_elsewhere_finds_neither_draft_nor_register() -> None:
    path = drawn_up(signed_in("city_office"))

    for login in ("outsider", "park_office"):
        for page in (path, f"{path}preview/", f"{path}publish/", f"{path}part/head/", f"{path}drop/"):
            assert signed_in(login).get(page).status_code == 404, (login, page)
        with without_first_wall():
            assert signed_in(login).get(path).status_code == 404
    assert signed_in("firm").get("/forms/").status_code == 404
    assert signed_in("firm").get(path).status_code == 403
    assert signed_in("province_office").get(path).status_code == 200
    assert signed_in("province_office").get(f"{path}part/head/").status_code == 404
    assert "走访情况表" not in words_of(signed_in("outsider").get("/forms/"))
