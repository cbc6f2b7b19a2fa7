"""The list of a round: names for who looks after the territory, totals for a line, nothing for outsiders."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.web.portal.conftest import text_of
from zhitong.domain.organisations.scope import without_first_wall

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]


def test_the_province_sees_who_has_sent_and_who_has_not(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("province_office").get("/cards/"))

    assert "河北省2018年4月采集率50.0%，距100%还差1户" in said
    assert "演示南大港石化设备有限公司" in said
    assert "演示任丘管道装备有限公司" in said
    assert "应报2户" in said


def test_a_region_is_opened_to_its_own_names(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("province_office").get("/cards/?region=130982"))

    assert "任丘市2018年4月采集率0.0%" in said
    assert "演示南大港" not in said


def test_names_are_narrowed_by_how_their_cards_stand(at_screen: AtScreen, card_id: UUID) -> None:
    client = at_screen("province_office")

    assert "演示南大港" not in text_of(client.get("/cards/?state=owing"))
    assert "演示任丘" not in text_of(client.get("/cards/?state=collected"))
    assert "演示任丘" in text_of(client.get("/cards/?q=任丘"))
    assert "演示南大港" not in text_of(client.get("/cards/?q=任丘"))


def test_collection_is_told_by_region(at_screen: AtScreen, card_id: UUID) -> None:
    page = at_screen("city_office").get("/cards/?by=region")

    assert "沧州渤海新区110" in text_of(page)
    assert "任丘市100" in text_of(page)


def test_the_table_of_a_round_is_saved_as_excel_with_its_total(at_screen: AtScreen, card_id: UUID) -> None:
    client = at_screen("city_office")
    page = client.get("/cards/?by=region")

    saved = client.get(page.context["export_url"])

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(saved.streaming_content))).get_sheet_by_index(0).to_python()
    [heads] = [row for row in rows if "应报（户）" in row]
    below = rows[rows.index(heads) + 1 :]
    assert [row[0] for row in below] == ["沧州渤海新区", "任丘市", "沧州市"]
    assert [row[heads.index("应报（户）")] for row in below] == [1, 1, 2]


@pytest.mark.parametrize("page", ["/cards/?by=region", "/cards/?by=region&region=1309", "/cards/?by=care"])
def test_every_number_leads_to_the_names_behind_it(at_screen: AtScreen, card_id: UUID, page: str) -> None:
    client = at_screen("province_office")

    shown = client.get(page).context
    for line in (*shown["meters"], shown["total"]):
        for text, url in line.cells:
            answer = client.get(url) if url else None
            assert answer is None or f"共{text}条" in text_of(answer)
            assert answer is None or not answer.context["list"].form.errors


def test_an_office_does_not_look_beyond_its_own_region(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("park_office").get("/cards/?region=130982"))

    assert "演示任丘" not in said
    assert "南大港产业园区2018年4月采集率100%，1户全部报齐" in said


def test_a_line_sees_totals_and_no_names(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("city").get("/cards/"))

    assert "沧州市2018年4月采集率50.0%" in said
    assert "演示南大港" not in said
    assert "由属地政府和活动办公室查看" in said


def test_a_line_chooses_another_region_below_it(at_screen: AtScreen, card_id: UUID) -> None:
    page = at_screen("city").get("/cards/?by=region&region=130982")

    assert "任丘市2018年4月采集率0.0%" in text_of(page)
    assert '<option value="130982" selected>' in page.content.decode()


def test_another_citys_office_owes_nothing_here(at_screen: AtScreen, card_id: UUID) -> None:
    said = text_of(at_screen("outsider").get("/cards/"))

    assert "正定县2018年4月没有应报的卡片" in said
    assert "演示" not in said


@pytest.mark.parametrize("login", ["outsider", "neighbour"])
def test_without_the_query_predicate_the_second_wall_still_hides_names(
    at_screen: AtScreen, card_id: UUID, login: str
) -> None:
    with without_first_wall():
        client = at_screen(login)

        assert "演示南大港" not in text_of(client.get("/cards/"))
        assert client.get(f"/cards/{card_id}/").status_code == 404


def test_a_firm_has_no_such_list_and_a_stranger_signs_in(at_screen: AtScreen, card_id: UUID) -> None:
    assert at_screen("firm").get("/cards/").status_code == 404
    assert Client().get("/cards/")["Location"] == "/sign-in/?next=/cards/"


def test_before_any_round_the_page_says_how_one_comes(at_screen: AtScreen, db: None) -> None:
    assert "还没有开放填报期" in text_of(at_screen("province_office").get("/cards/"))


def test_the_export_holds_what_is_seen(at_screen: AtScreen, card_id: UUID) -> None:
    answer = at_screen("province_office").get("/cards/?export=xlsx&state=owing")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    written = "".join(str(cell) for row in rows for cell in row)
    assert "演示任丘" in written
    assert "演示南大港" not in written


def test_the_list_costs_a_fixed_number_of_queries(
    at_screen: AtScreen, card_id: UUID, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = at_screen("province_office")
    client.get("/cards/")

    with django_assert_max_num_queries(29):
        client.get("/cards/")
