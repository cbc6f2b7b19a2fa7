"""The registry through one's lenses, and one of the served with its care, tier, problems and cards."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Story
from tests.web.portal.conftest import text_of
from zhitong.domain.organisations.scope import without_first_wall

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]


def test_the_province_sees_the_whole_registry(at_screen: AtScreen, cared_for: None) -> None:
    said = text_of(at_screen("province_office").get("/subjects/"))

    assert "共2条" in said
    assert "演示南大港石化设备有限公司规上工业企业南大港产业园区县级南大港产业园区经发局演示赵副主任演示钱科长" in said
    assert "演示任丘管道装备有限公司" in said


@pytest.mark.parametrize(("query", "count"), [
    ("region=130982", 1), ("kind=project", 0), ("tier=county", 2), ("without_care=on", 1), ("q=南大港", 1),
    ("q=91130982", 1), ("lens=care", 0),
])  # fmt: skip
def test_the_registry_is_narrowed(at_screen: AtScreen, cared_for: None, query: str, count: int) -> None:
    assert f"共{count}条" in text_of(at_screen("province_office").get(f"/subjects/?{query}"))


def test_who_looks_after_firms_sees_them_through_its_own_lens(at_screen: AtScreen, cared_for: None) -> None:
    said = text_of(at_screen("park").get("/subjects/?lens=care"))

    assert "共1条" in said
    assert "演示南大港石化设备有限公司" in said


def test_another_county_sees_none_of_it(at_screen: AtScreen, firm_id: UUID) -> None:
    client = at_screen("outsider")

    assert "共0条" in text_of(client.get("/subjects/?q=演示"))
    assert "共0条" in text_of(client.get("/subjects/?region=130982"))
    assert client.get(f"/subjects/{firm_id}/").status_code == 404
    assert client.get("/subjects/?lens=mine").status_code == 404


def test_without_the_query_predicate_the_second_wall_still_hides_them(at_screen: AtScreen, firm_id: UUID) -> None:
    with without_first_wall():
        client = at_screen("outsider")

        assert "共0条" in text_of(client.get("/subjects/?q=演示"))
        assert client.get(f"/subjects/{firm_id}/").status_code == 404


def test_firms_have_no_registry_and_strangers_sign_in(at_screen: AtScreen, firm_id: UUID) -> None:
    assert at_screen("firm").get("/subjects/").status_code == 404
    assert at_screen("other_firm").get(f"/subjects/{firm_id}/").status_code == 404
    for page in ("/subjects/", f"/subjects/{firm_id}/"):
        assert Client().get(page)["Location"] == f"/sign-in/?next={page}"


def test_one_of_the_served_is_shown_whole_to_its_office(
    at_screen: AtScreen, card_id: UUID, firm_id: UUID, cared_for: None
) -> None:
    said = text_of(at_screen("park_office").get(f"/subjects/{firm_id}/"))

    assert "分包领导演示赵副主任责任人演示钱科长" in said
    assert "主营业务收入2.3亿元" in said
    assert "能源保障待签收" in said
    assert "2018年4月已报送" in said


def test_a_line_of_work_sees_neither_figures_nor_cards(at_screen: AtScreen, card_id: UUID, firm_id: UUID) -> None:
    said = text_of(at_screen("city").get(f"/subjects/{firm_id}/"))

    assert "2.3亿元" not in said
    assert "2018年4月已报送" not in said
    assert "只给企业自己、分包的单位和上级办公室看" in said


def test_the_export_holds_what_is_seen(at_screen: AtScreen, firm_id: UUID) -> None:
    answer = at_screen("province_office").get("/subjects/?export=xlsx&region=130982")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    written = "".join(str(cell) for row in rows for cell in row)
    assert "演示任丘" in written
    assert "演示南大港" not in written


@pytest.mark.parametrize(("page", "queries"), [("/subjects/", 26), ("/subjects/{firm}/", 60)])
def test_pages_cost_a_fixed_number_of_queries(
    at_screen: AtScreen, firm_id: UUID, raised: Callable[..., Story], page: str, queries: int,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for _number in range(5):
        raised()
    client, address = at_screen("province_office"), page.format(firm=firm_id)
    client.get(address)

    with django_assert_max_num_queries(queries):
        client.get(address)
