"""The one-sheet list and the papers of a scheduling meeting: what they say, and that they say it for ever (R-H7, R-H9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.bulletins.ledgers.reading import document_of
from tests.cast import Story
from tests.problems.ways import acknowledged
from tests.world import NOW
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.problems.actions.handling import Complete, complete
from zhitong.domain.problems.rules.kinds import Outcome
from zhitong.kit.official.shapes import Break, Document, Figure, Grid, Paragraph, Table
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

Raise = Callable[..., Story]
LATER = NOW + timedelta(days=20)


def words_of(paper: Document) -> str:
    pieces = [piece for block in paper.blocks if isinstance(block, Paragraph) for piece in block.pieces]
    return "".join(piece.text if isinstance(piece, Figure) else piece for piece in pieces)


def tables_of(paper: Document) -> list[list[tuple[str, ...]]]:
    return [
        [tuple(one.text if isinstance(one, Figure) else one for one in row) for row in block.rows]
        for block in paper.blocks if isinstance(block, Table)
    ]


def forms_of(paper: Document) -> list[dict[str, str]]:
    return [
        {box.label: "".join(map(str, box.pieces)) for row in block.rows for box in row}
        for block in paper.blocks if isinstance(block, Grid)
    ]


def test_one_sheet_says_how_many_and_whose(raised: Raise) -> None:
    late, done = raised(), acknowledged(raised())
    done.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决")

    paper = document_of(PaperKind.OWING, "park_office", LATER)

    assert "未办结2件，其中超期1件，涉及1个单位" in words_of(paper)
    [units, matters] = tables_of(paper)
    assert units[0][1:5] == ("演示丙", "", "2", "1")
    assert int(units[0][5]) > 0
    assert [row[1] for row in matters] == [late.standing.number]


def test_one_sheet_without_anything_open_says_so(raised: Raise) -> None:
    assert "没有未办结的问题" in words_of(document_of(PaperKind.OWING, "park_office", NOW))


def test_a_meeting_has_one_sheet_for_each_red_matter(raised: Raise) -> None:
    story = acknowledged(raised())
    raised(now=LATER, text="还没有超期")

    paper = document_of(PaperKind.MEETING, "park_office", LATER)

    [form] = forms_of(paper)
    assert sum(isinstance(block, Break) for block in paper.blocks) == 1
    assert story.standing.number in form["事项"]
    assert "夜间限电" in form["事项"]
    assert form["承诺"].startswith("4月27日反映；4月27日交")
    assert "4月27日联系企业：已电话联系企业负责人" in form["已做工作"]
    assert "个工作日" in form["卡在哪里"]
    assert "哪一天办结" in form["需要谁做什么"]
    assert "演示丙" in form["责任单位"]
    assert "累计反映问题2件" in words_of(paper)
    assert "逐件调度超期问题1件" in words_of(paper)


def test_a_meeting_without_red_matters_still_has_its_front_page(raised: Raise) -> None:
    paper = document_of(PaperKind.MEETING, "park_office", NOW)

    assert "没有超过时限的问题" in words_of(paper)
    assert forms_of(paper) == []


@pytest.mark.parametrize("kind", [PaperKind.OWING, PaperKind.MEETING])
def test_the_same_cut_off_gives_the_same_paper_later(raised: Raise, kind: PaperKind) -> None:
    story = acknowledged(raised())
    before = [document_of(kind, login, LATER) for login in ("park_office", "city_office", "park")]

    story.now = LATER + timedelta(days=30)
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决")
    raised(now=story.now)

    assert [document_of(kind, login, LATER) for login in ("park_office", "city_office", "park")] == before


@pytest.mark.parametrize("kind", [PaperKind.OWING, PaperKind.MEETING])
def test_a_territory_of_others_is_not_there(raised: Raise, kind: PaperKind) -> None:
    for login, about in (("firm", ""), ("outsider", "1309")):
        with pytest.raises(NotFound):
            document_of(kind, login, NOW, about)
