"""The desk of papers: every paper in two clicks, for one territory and cut-off chosen on top (R-H7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from tests.bulletins.ledgers.reading import rows_of
from tests.cast import Story
from tests.web.stories import signed_in
from zhitong.domain.bulletins.queries.making import ENTRIES, MAKERS
from zhitong.domain.bulletins.rules.catalogue import About, PaperKind

pytestmark = pytest.mark.django_db

DESK = "/bulletins/"


def page(login: str, query: str = "", status: int = 200) -> str:
    answer = signed_in(login).get(f"{DESK}{query}")
    assert answer.status_code == status
    return answer.content.decode()


def taken(client: Client, address: str) -> bytes:
    """A file, read to its end."""
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def files_on(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="(/bulletins/make\?[^"]+)"', html)]


def test_every_paper_of_the_territory_is_one_click_away(raised: Callable[..., Story]) -> None:
    raised()

    asked = {re.search(r"kind=(\w+)", one)[1] for one in files_on(page("city_office"))}  # type: ignore[index]

    assert asked == {kind.value for kind in MAKERS if ENTRIES[kind].about is About.TERRITORY}


def test_a_click_gives_the_file_with_a_chinese_name(raised: Callable[..., Story]) -> None:
    raised()
    [address] = [one for one in files_on(page("city_office", "?region=130973")) if "kind=ledger" in one]

    answer = signed_in("city_office").get(address)

    assert answer.status_code == 200
    assert "沧州渤海新区问题台账-201804271540.xlsx" in unquote(answer["Content-Disposition"])
    rows = rows_of(b"".join(answer.streaming_content))
    assert any("演示南大港石化设备有限公司" in row for row in rows)


def test_the_papers_of_one_matter_are_found_by_its_number(raised: Callable[..., Story]) -> None:
    number = raised().standing.number
    client = signed_in("city_office")

    html = client.get(DESK).content.decode()
    led = client.get(f"/bulletins/matters/?number= {number} &at=2018-04-27T15:40")

    assert "提请协调函、商请函" in html
    assert led["Location"] == f"/bulletins/matters/{quote(number)}/?at=2018-04-27T15%3A40"
    assert client.get("/bulletins/matters/?number=")["Location"] == DESK
    assert client.get("/bulletins/matters/?number=a/b").status_code == 404
    assert signed_in("outsider").get(f"/bulletins/matters/?number={number}", follow=True).status_code == 404


def test_the_cut_off_chosen_on_top_goes_into_every_file(raised: Callable[..., Story]) -> None:
    html = page("city_office", "?when=day")

    assert "截至2018年4月26日24时的材料" in html
    assert all("at=2018-04-26T23%3A59%3A59" in one for one in files_on(html))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?at=2018-04-28T10:00:00", "统计截止时间不能晚于现在"), ("?at=2017-12-31T10:00:00", "活动从2018年1月1日开始"),
        ("?when=own", "请填写截止时间"), ("?at=昨天", "请填写日期和时间"), ("?region=1301", "请从列出的选项中选择"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(raised: Callable[..., Story], query: str, sentence: str) -> None:
    assert sentence in page("city_office", query, 422)


def test_what_was_made_can_be_made_again_for_the_same_moment(raised: Callable[..., Story]) -> None:
    client = signed_in("city_office")
    for _twice in range(2):
        assert taken(client, "/bulletins/make?kind=unsigned&at=2018-04-26T10:00:00")

    html = client.get(DESK).content.decode()

    assert html.count("截至2018年4月26日10时00分　") == 1
    assert "/bulletins/make?kind=unsigned&amp;at=2018-04-26T10%3A00%3A00" in html


def test_a_department_gets_the_papers_of_its_lines_and_not_the_collection(raised: Callable[..., Story]) -> None:
    html = page("city")

    assert "问题台账" in html
    assert "采集情况表" not in html
    assert signed_in("city").get("/bulletins/make?kind=collection").status_code == 404


def test_the_served_and_strangers_get_nothing(raised: Callable[..., Story]) -> None:
    raised()

    assert signed_in("firm").get(DESK).status_code == 404
    assert signed_in("firm").get("/bulletins/make?kind=ledger").status_code == 404
    assert signed_in("outsider").get("/bulletins/make?kind=ledger&about=1309").status_code == 404
    assert signed_in("city_office").get("/bulletins/make?kind=none").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"), [("at=2019-01-01", 422), ("at=2017-01-01", 422), ("at=x", 422), ("format=docx", 422)]
)
def test_a_file_that_cannot_be_is_refused_in_a_sentence(raised: Callable[..., Story], query: str, status: int) -> None:
    answer = signed_in("city_office").get(f"/bulletins/make?kind=ledger&{query}")

    assert answer.status_code == status
    assert "请" in answer.content.decode()


def test_the_one_sheet_comes_as_word_and_as_pdf(raised: Callable[..., Story]) -> None:
    raised()
    client = signed_in("city_office")

    word, printed = (taken(client, f"/bulletins/make?kind={PaperKind.OWING}&format={form}") for form in ("docx", "pdf"))

    assert (word[:2], printed[:5]) == (b"PK", b"%PDF-")
