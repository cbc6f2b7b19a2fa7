"""What is printed: A4 in black and white, no navigation, heads on every sheet, nothing cut off."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.gallery import Gallery, gallery
from tests.cast import Story, acting
from tests.problems import ways
from tests.problems.conftest import raised as raised
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import open_april
from tests.web.stories import signed_in
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.models import Problem

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

NEVER_ON_PAPER = ("跳到正文", "退出登录", "我的账号", "大字版", "筛选", "导出", "上一页", "更多办理方式")
A4 = (595, 842)
A4_ACROSS = (842, 595)
A3 = (1191, 842)


def printed(hall: Gallery, html: str) -> PdfReader:
    """The page as the browser prints it."""
    hall.hang(html)
    return PdfReader(io.BytesIO(hall.page.pdf(prefer_css_page_size=True)))


def sides(sheets: PdfReader) -> set[tuple[int, int]]:
    return {(round(page.mediabox.width), round(page.mediabox.height)) for page in sheets.pages}


def told(sheets: PdfReader) -> str:
    return normalize("NFKC", re.sub(r"\s", "", "".join(page.extract_text() for page in sheets.pages)))  # ⽤ and 用 are one sign


def viewer_name(login: str) -> str:
    return Person.objects.get(login=login).name


@pytest.fixture
def number(db: None, raised: Callable[..., Story]) -> str:
    """A problem under way, by its number."""
    open_april()
    story = ways.acknowledged(raised(category="energy"))
    with acting("firm"):
        return str(Problem.objects.values_list("number", flat=True).get(id=story.problem_id))


@pytest.mark.prove
def test_lists_problems_and_sheets_print_without_the_frame_around_them(number: str, browser: Browser) -> None:
    kept = {
        ("park", "/problems/"): "石化设备", ("park_office", "/problems/ledger/"): "石化设备",
        ("park", f"/problems/{number}/"): number, ("park_office", "/bulletins/owing/"): "未办结",
        ("firm", f"/problems/{number}/"): number, ("province_office", "/cards/"): "2018年4月",
    }  # fmt: skip
    found = {}
    with gallery(browser) as hall:
        for (login, address), word in kept.items():
            answer = signed_in(login).get(address)
            assert answer.status_code == 200, address
            sheets = printed(hall, answer.content.decode())
            text = told(sheets)
            wrong = [one for one in NEVER_ON_PAPER if one in text]
            wrong += [] if word in text else [f"lost: {word}"]
            wrong += [] if sides(sheets) <= {A4, A4_ACROSS, A3} else [f"sides {sides(sheets)}"]
            wrong += [] if len(sheets.pages) <= 3 else [f"{len(sheets.pages)} sheets"]
            found[f"{login} {address}"] = wrong

    assert found == {one: [] for one in found}


@pytest.mark.prove
def test_a_long_table_has_its_head_on_every_sheet_and_on_its_edge_who_printed_it(browser: Browser) -> None:
    rows = "".join(f"<tr><th scope='row'>冀-{number:06}</th><td>演示企业</td></tr>" for number in range(120))
    page = signed_in("park").get("/account/").content.decode()
    table = f'<div class="zt-table"><table><thead><tr><th>编号</th><th>反映单位</th></tr></thead><tbody>{rows}</tbody></table></div>'
    with gallery(browser) as hall:
        sheets = printed(hall, page.replace('<div id="notices"', table + '<div id="notices"', 1))

    assert len(sheets.pages) > 2
    assert sum("反映单位" in re.sub(r"\s", "", one.extract_text()) for one in sheets.pages) >= len(sheets.pages) - 1
    edges = [normalize("NFKC", re.sub(r"\s", "", one.extract_text())) for one in sheets.pages]
    assert all("内部使用" in one and viewer_name("park") in one for one in edges), "another hand must not carry off a sheet unmarked"
