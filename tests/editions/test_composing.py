"""R-H7: the circular and the brief as drawn: every number a bound figure, like ranked with like, and their print."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from zhitong.domain.bulletins.queries.editions.frozen import digest_of_figures
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.composing.brief import brief
from zhitong.domain.bulletins.rules.composing.circular import circular
from zhitong.domain.bulletins.rules.composing.material import Figures, Group, Material, Solved
from zhitong.domain.bulletins.rules.drawn import Bound, Drawn
from zhitong.domain.bulletins.rules.marks import marks_in, unbound
from zhitong.domain.bulletins.rules.measures import Contender, Counts, standings
from zhitong.domain.bulletins.rules.numbering import number_of
from zhitong.domain.bulletins.rules.printing import Printed, document_of
from zhitong.domain.organisations.rules.directory import RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind, Subordination, UnitKind
from zhitong.domain.problems.rules.phases import Numbers, Phase
from zhitong.kit.official.shapes import Heading, Masthead, Paragraph, Style, Table
from zhitong.kit.official.wording import cut_off_words

SINCE, CUT_OFF = datetime(2018, 7, 31, 15, 59, 59, tzinfo=UTC), datetime(2018, 8, 31, 15, 59, 59, tzinfo=UTC)
OFFICES = {code: uuid4() for code in "abcde"}
TYPICAL = Solved("演-演示-2018-000007", "演示甲公司", "用电", "演示县", "演示局", "夜间限电" * 60, "已架设专线", )


def material(**changes: object) -> Material:
    rows = [
        Contender(code, f"演示{code}县", uuid4(), office, Counts(10 - place, 9 - place, 5, 8, 4, 3))
        for place, (code, office) in enumerate(OFFICES.items())
    ]
    given: dict[str, object] = {
        "region_id": uuid4(), "region_code": "99", "region_name": "演示市", "office": "演示办公室", "below": "各县（市、区）",
        "since": SINCE, "cut_off": CUT_OFF, "words": "2018年8月", "before": Numbers({Phase.CLOSED: 10, Phase.HANDLING: 5}),
        "after": Numbers({Phase.CLOSED: 25, Phase.HANDLING: 7, Phase.PARKED: 2}, overdue=3), "counts": Counts(40, 35, 20, 30, 12, 9),
        "groups": (Group("县（市、区）", "region", standings(rows)),), "waiting": (("industry.energy", "用电", 4),), **changes,
    }
    return Material(**given)  # type: ignore[arg-type]


DRAWN = [circular(material()), brief(material(typical=TYPICAL)), circular(material(groups=())), brief(material())]


@pytest.mark.parametrize("paper", DRAWN)
def test_every_number_of_a_draft_is_a_figure_of_its_own(paper: Drawn) -> None:
    labels = {one.label for one in paper.figures}
    texts = [*(one.text for one in paper.sections), *(cell for annex in paper.annexes for row in annex.rows for cell in row.cells)]

    assert len(labels) == len(paper.figures)
    assert {name for text in texts for name in marks_in(text)} <= labels
    assert [number for one in paper.sections for number in unbound(one.text)] == []


def test_figures_say_which_rows_they_count() -> None:
    found = {one.key: one for one in circular(material()).figures}

    assert (found["reported"].text, found["open"].text, found["on_time_share"].text) == ("19", "9", "87.5%")
    assert found["reported"].behind == {
        "list": "problems", "region": "99", "reported_after": SINCE.isoformat(), "reported_until": CUT_OFF.isoformat(),
    }
    assert found["region.a.due"].behind["list"] == "due"
    assert found["region.a.rated_share"].behind["list"] == "asked"
    assert found["region.a.place"].unit_id == OFFICES["a"]


def test_the_ranking_names_each_with_its_denominator_and_leaves_small_ones_unranked() -> None:
    [annex] = circular(material()).annexes

    assert len(annex.rows) == len(OFFICES) + 1
    assert annex.rows[-1].unit_id is None
    assert annex.heads[2] == "到期（件）"
    assert "样本少" in annex.note


def test_two_figures_of_one_name_are_told_apart() -> None:
    figures = Figures()

    assert [figures.say("a", "用地", 1), figures.say("b", "用地", 2), figures.say("a", "用地", 9)] == [
        "【数:用地】", "【数:用地（2）】", "【数:用地】"
    ]


def test_a_long_text_of_a_typical_problem_is_cut() -> None:
    [section] = [one for one in brief(material(typical=TYPICAL)).sections if one.heading == "典型问题解决"]

    assert "……" in section.text
    assert len(section.text) < 250


def printed(paper: Drawn, **more: object) -> Printed:
    return Printed(
        kind=paper.kind, office="演示办公室", title=paper.title, recipients=paper.recipients, sections=paper.sections,
        figures=paper.figures, annexes=paper.annexes, cut_off=paper.cut_off, **more,  # type: ignore[arg-type]
    )


def test_a_circular_is_printed_with_numbered_heads_bound_figures_and_its_ranking_as_annex() -> None:
    paper = document_of(printed(DRAWN[0]))
    [first, *_rest] = [one for one in paper.blocks if isinstance(one, Paragraph)]

    assert (paper.style, paper.is_draft, paper.head.number) == (Style.PAPER, True, "")  # type: ignore[union-attr]
    assert [one.text for one in paper.blocks if isinstance(one, Heading)][:2] == ["一、总体情况", "二、办理质效"]
    assert "19" in [piece.text for piece in first.pieces if not isinstance(piece, str)]
    assert cut_off_words(paper.cut_off) == "（统计截止时间：2018年8月31日24时）"
    assert [one.title for one in paper.appended] == list(paper.attachments)
    assert isinstance(paper.appended[0].blocks[0], Table)


def test_a_brief_has_a_masthead_with_its_issue() -> None:
    paper = document_of(printed(DRAWN[1], number="〔2018〕第5期", signed_on=date(2018, 9, 3), is_draft=False))

    assert paper.head == Masthead("工作简报", "第5期", "演示办公室", date(2018, 9, 3))
    assert not paper.is_draft


def test_only_a_draft_marks_what_differs_from_the_last_issue() -> None:
    changed = (Bound("reported", "本期反映", "19", "件", before="7"),)
    paper = Drawn(PaperKind.CIRCULAR, "演示", "", SINCE, CUT_OFF, DRAWN[0].sections[:1], changed)
    marked = [
        [piece.is_changed for block in document_of(printed(paper, is_draft=draft)).blocks if isinstance(block, Paragraph)
         for piece in block.pieces if not isinstance(piece, str)]
        for draft in (True, False)
    ]

    assert marked == [[True], [False]]


def test_figures_have_one_digest_whatever_their_order() -> None:
    figures = DRAWN[0].figures

    assert digest_of_figures(figures) == digest_of_figures(figures[::-1])
    assert digest_of_figures(figures) != digest_of_figures(figures[1:])


def test_numbers_name_the_office_the_year_and_the_place_in_the_series() -> None:
    region = RegionEntry(UUID(int=1), "99", "演示市", "演示", Rank.CITY, RegionKind.DIVISION, 1, UUID(int=2))
    unit = UnitEntry(UUID(int=3), "99-office", "演示市办公室", "双办", UnitKind.CAMPAIGN_OFFICE, region.id,
                     Subordination.TERRITORIAL, None, None, frozenset())

    assert [number_of(kind, unit, region, 2018, 5) for kind in (PaperKind.CIRCULAR, PaperKind.CORRECTION, PaperKind.BRIEF)] == [
        "演示双办通〔2018〕5号", "演示双办函〔2018〕5号", "〔2018〕第5期"
    ]
