"""The search at the screen: groups, marks, the list of problems, its sheet, and what is said when nothing is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Story
from zhitong.web.search.marking import marked

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Raised = Callable[..., Story]
TEXT = "<b>夜间限电</b>，热处理炉限电停产。"


def told(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_is_found_is_marked_and_no_text_is_markup(at_desk: Desk, raised: Raised) -> None:
    raised(text=TEXT)

    page = told(at_desk("park_office").get("/search/?q=限电"))

    assert "&lt;b&gt;夜间<mark>限电</mark>&lt;/b&gt;，热处理炉<mark>限电</mark>停产。" in page
    assert "问题 <span class=\"zt-muted\">1</span>" in page
    assert "<b>夜间" not in page


@pytest.mark.parametrize("text", ["<mark>限电", "限电&amp;限电", "\u202e限电", "限" * 5 + "电</mark>", "ﬁ限电ﬁ", "{{限电}}{% 限电 %}"])
def test_marking_never_lets_markup_through(text: str) -> None:
    said = marked(text, ("限电",))

    bare = said.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    assert said.count("<mark>") == said.count("</mark>") == text.count("限电")


@pytest.mark.parametrize("login", ["outsider", "neighbour"])
def test_elsewhere_nothing_is_found(at_desk: Desk, raised: Raised, login: str) -> None:
    raised(text="夜间限电停炉")

    assert "没有找到“限电停炉”" in told(at_desk(login).get("/search/?q=限电停炉"))


def test_the_served_have_no_such_page(at_desk: Desk) -> None:
    assert at_desk("firm").get("/search/?q=限电").status_code == 404


def test_problems_alone_are_a_list_with_order_filters_and_a_sheet(at_desk: Desk, raised: Raised) -> None:
    raised(text="夜间限电一")
    raised(text="夜间限电二")
    client = at_desk("zone_office")

    answer = client.get("/search/?q=限电&kind=problem")
    oldest = client.get("/search/?q=限电&kind=problem&sort=id")
    sheet = client.get("/search/?q=限电&kind=problem&export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(sheet.streaming_content))).get_sheet_by_index(0).to_python()

    assert [row[2].text for row in answer.context["list"].rows] == ["夜间<mark>限电</mark>二", "夜间<mark>限电</mark>一"]
    assert [row[2].text for row in oldest.context["list"].rows] == ["夜间<mark>限电</mark>一", "夜间<mark>限电</mark>二"]
    assert [row[2] for row in rows[-2:]] == ["夜间限电二", "夜间限电一"]
    assert len(client.get("/search/?q=限电&kind=problem&state=closed").context["list"].rows) == 0


@pytest.mark.parametrize(("words", "said"), [("%", "请输入两个以上的字"), ("字" * 300, "最多输入 60 个字"), ("", "可以这样找")])
def test_words_that_cannot_be_looked_for_stay_with_the_reason_beside_them(at_desk: Desk, words: str, said: str) -> None:
    answer = at_desk("park").get("/search/", {"q": words})

    assert answer.status_code == 200
    assert said in told(answer)
    assert f'value="{words}"' in told(answer) or not words


def test_the_top_of_every_page_leads_here(at_desk: Desk) -> None:
    page = told(at_desk("park").get("/problems/"))

    assert 'action="/search/"' in page
    assert 'class="zt-search-link" href="/search/"' in page


def test_more_that_is_found_costs_no_more_queries(at_desk: Desk, raised: Raised, queries_of: Callable[[Client, str], int]) -> None:
    client = at_desk("zone_office")
    raised(text="夜间限电")
    few = queries_of(client, "/search/?q=限电&kind=problem")
    for _ in range(4):
        raised(text="夜间限电")

    assert queries_of(client, "/search/?q=限电&kind=problem") == few <= 24
