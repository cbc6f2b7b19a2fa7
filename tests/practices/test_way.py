"""A piece's way (R-H5): submitted, given back, edited with the original kept, adopted or not, used, sent up, published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import acting, viewer
from tests.live.conftest import raise_one
from tests.practices.writing import TEXT, TITLE, adopted, closed_problem, confidential, does, seen, submitted, wanted
from tests.practices.writing import afternoon as afternoon
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.practices.actions.joining import join_problems, part_problem
from zhitong.domain.practices.actions.judging import WordedMeanwhile, adopt, edit, give_back, pass_over
from zhitong.domain.practices.actions.keeping import NotNow
from zhitong.domain.practices.actions.publishing import NamesWhatIsClosed, Publishing, publish, take_down
from zhitong.domain.practices.actions.submitting import revise, submit_piece, withdraw_piece
from zhitong.domain.practices.actions.using import Used, register_use, send_up
from zhitong.domain.practices.queries.library import LibraryFilters, beside_problem, published_for
from zhitong.domain.practices.queries.pieces import pieces_for, pieces_waiting_for
from zhitong.domain.practices.rules.kinds import PassingOver, PieceKind, PieceState, UsePlace
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
BRIEF = Used(place=UsePlace.LOCAL_BRIEF, on=date(2018, 4, 27), words="第12期")


def test_a_piece_is_given_back_written_anew_edited_and_adopted_with_every_wording_kept() -> None:
    made = submitted(kind=PieceKind.WORK_NEWS)
    does("park_office", give_back, made, "请补充成效数字")
    with acting("park"):
        waiting = [one.id for one in pieces_waiting_for(viewer("park"))]
    does("park", revise, made, TITLE, f"{TEXT}节省时间五天。")
    does("park_office", edit, made, 2, "供电问题当周解决", f"{TEXT}平均节省五天。")
    does("park_office", adopt, made, "")

    found = seen("park", made)
    assert waiting == [made]
    assert (found.row.state, found.row.title, found.version) == (PieceState.ADOPTED, "供电问题当周解决", 3)
    units = [directory().name_of(viewer(login).unit_id) for login in ("park", "park", "park_office")]
    assert [(one.version, one.title, one.unit) for one in found.wordings] == [
        (1, TITLE, units[0]), (2, TITLE, units[1]), (3, "供电问题当周解决", units[2]),
    ]
    assert found.wordings[0].text == TEXT
    with acting("park"):
        kinds = [one.kind for one in facts_about(made)]
    assert kinds == [f"piece.{one}" for one in ("submitted", "returned", "revised", "edited", "adopted")]


@pytest.mark.parametrize(("said", "field", "sentence"), [
    ({"title": " "}, "title", "标题"),
    ({"text": ""}, "text", "做了什么"),
    ({"text": "机密内容"}, "text", "非涉密"),
    ({"category": "nothing"}, "category", "没有这个问题类别"),
    ({"subject_kind": ""}, "category", "没有这个问题类别"),
    ({"valid_until": date(2019, 1, 1)}, "valid_until", "印发日期"),
    ({"problems": ("冀-沧州-2018-999999",)}, "problems", "没有找到"),
])
def test_a_piece_that_cannot_be_kept_is_refused_beside_its_field(said: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        does("park", submit_piece, wanted(**said))

    assert field in refused.value.fields
    with acting("park"):
        assert pieces_for(viewer("park")) == []


def test_a_unit_is_told_of_its_own_double_and_the_office_of_everybodys() -> None:
    first = submitted()

    with pytest.raises(BadInput, match="不是重复报送") as refused:
        submitted(text=TEXT.replace("三家", "四家"))
    again = submitted(text=TEXT.replace("三家", "四家"), knowingly=True)
    other = submitted("park_office", title="供电会商见成效")

    assert set(refused.value.fields) == {"knowingly"}
    assert {one.id for one in seen("park_office", again).doubles} == {first, other}
    assert seen("park", again).doubles == ()
    with pytest.raises(BadInput, match="与哪一篇重复"):
        does("park_office", pass_over, again, PassingOver.DOUBLE, "")
    with pytest.raises(NotFound):
        does("park_office", pass_over, again, PassingOver.DOUBLE, "", again)
    does("park_office", pass_over, again, PassingOver.DOUBLE, "", first)
    assert (seen("park", again).passed_over, seen("park", again).double_of) == (PassingOver.DOUBLE, first)


def test_each_does_what_is_its_own_and_refused_acts_change_nothing() -> None:
    made = submitted()

    for who, act, *said in (("park", adopt, ""), ("park_office", revise, TITLE, TEXT), ("park_office", withdraw_piece, "x")):
        with pytest.raises(NotNow):
            does(who, act, made, *said)
    for who in ("outsider", "zone", "neighbour"):
        with pytest.raises(NotFound):
            does(who, adopt, made, "")
    with pytest.raises(NotYours):
        does("firm", submit_piece, wanted())
    with pytest.raises(NotNow, match="由本级活动办公室"):
        does("zone_office", adopt, made, "")
    with pytest.raises(WordedMeanwhile, match="第1稿"):
        does("park_office", edit, made, 7, "新标题", TEXT)
    assert (seen("park", made).row.state, seen("park", made).version) == (PieceState.SUBMITTED, 1)
    does("park", withdraw_piece, made, "写错了")
    assert seen("park", made).acts == {}


def test_a_use_needs_its_proof_and_its_day_and_is_registered_once() -> None:
    made = adopted(kind=PieceKind.WORK_NEWS)

    for wrong, field in (
        (replace(BRIEF, words=""), "words"), (replace(BRIEF, on=date(2018, 4, 28)), "on"), (replace(BRIEF, on=date(2018, 4, 1)), "on"),
    ):
        with pytest.raises(BadInput) as refused:
            does("park_office", register_use, made, wrong)
        assert set(refused.value.fields) == {field}
    does("park_office", register_use, made, BRIEF)
    with pytest.raises(BadInput, match="已经登记过"):
        does("park_office", register_use, made, BRIEF)
    with pytest.raises(NotNow):
        does("park", register_use, made, BRIEF)

    [use] = seen("park", made).uses
    assert (use.place, use.on, use.words) == (UsePlace.LOCAL_BRIEF, date(2018, 4, 27), "第12期")
    with acting("park"):
        assert pieces_for(viewer("park"))[0].used == (UsePlace.LOCAL_BRIEF,)


def test_what_a_level_above_adopts_is_noted_all_the_way_down() -> None:
    made = adopted()
    above = does("park_office", send_up, made)
    with pytest.raises(NotNow, match="已经报上级"):
        does("park_office", send_up, made)
    does("zone_office", adopt, above, "")
    highest = does("zone_office", send_up, above)
    does("city_office", adopt, highest, "")

    assert seen("city_office", above).origin == made
    offices = [directory().name_of(viewer(login).unit_id) for login in ("zone_office", "city_office")]
    assert [one.words for one in seen("park", made).uses] == offices
    assert {one.place for one in seen("park", made).uses} == {UsePlace.ABOVE}
    assert [one.place for one in seen("zone_office", above).uses] == [UsePlace.ABOVE]
    assert PieceAct.SEND_UP not in seen("park_office", made).acts
    with pytest.raises(NotFound):
        seen("park", above)


def test_a_good_practice_stands_beside_the_problem_it_solved_and_those_like_it() -> None:
    story, number = closed_problem()
    like = raise_one()
    made = submitted(problems=(number,))
    does("park_office", adopt, made, "")
    does("park_office", publish, made, Publishing())

    with acting("park"):
        own = beside_problem(viewer("park"), story.standing, today=date(2018, 4, 27))
        other = beside_problem(viewer("park"), like.standing, today=date(2018, 4, 27))
    assert ([one.id for one in own.telling], own.alike) == ([made], ())
    assert (other.telling, [one.id for one in other.alike]) == ((), [made])
    assert seen("park", made).problems == (number,)
    with pytest.raises(BadInput, match="答复后才能关联"):
        submitted(title="另一件事", text="另写一段完全不同的内容。", problems=(like.standing.number,))


def test_what_names_a_confidential_problem_is_never_published() -> None:
    story, number = closed_problem()
    confidential(story)
    made = adopted(problems=(number,), kind=PieceKind.GOOD_PRACTICE)

    with pytest.raises(NamesWhatIsClosed, match=number):
        does("park_office", publish, made, Publishing())
    does("park_office", part_problem, made, number)
    does("park_office", edit, made, 1, TITLE, f"{TEXT}见{number}。")
    with pytest.raises(NamesWhatIsClosed, match=number):
        does("park_office", publish, made, Publishing())
    assert seen("park_office", made).names_closed
    does("park_office", edit, made, 2, TITLE, TEXT)
    does("park_office", publish, made, Publishing())

    assert seen("park", made).row.state is PieceState.PUBLISHED


def test_a_policy_result_is_published_with_its_number_and_day_and_falls_out_of_force() -> None:
    made = adopted(kind=PieceKind.POLICY_RESULT, title="供电直通会商办法")
    whole = Publishing(document_number="南管字〔2018〕12号", issued_on=date(2018, 4, 20), valid_until=date(2018, 12, 31))

    for wrong, field in (
        (replace(whole, document_number=""), "document_number"), (replace(whole, issued_on=None, valid_until=None), "issued_on"),
        (replace(whole, issued_on=date(2018, 5, 1)), "issued_on"), (replace(whole, valid_until=date(2018, 4, 1)), "valid_until"),
    ):
        with pytest.raises(BadInput) as refused:
            does("park_office", publish, made, wrong)
        assert field in refused.value.fields
    does("park_office", publish, made, whole)

    in_force = LibraryFilters(kind=PieceKind.POLICY_RESULT, in_force=True)
    with acting("park"):
        there = published_for(viewer("park"), in_force, today=date(2018, 12, 31))
        gone = published_for(viewer("park"), in_force, today=date(2019, 1, 1))
    assert ([one.document_number for one in there], gone) == (["南管字〔2018〕12号"], [])
    does("park_office", take_down, made, "有新办法", at=NOW + timedelta(days=1))
    assert seen("park_office", made).acts.keys() >= {PieceAct.PUBLISH, PieceAct.EDIT}


def test_problems_are_joined_by_number_and_parted() -> None:
    _story, number = closed_problem()
    made = submitted()

    assert does("park", join_problems, made, [number, f" {number} "]) == 1
    assert does("park_office", join_problems, made, [number]) == 0
    with pytest.raises(BadInput, match="一行一个"):
        does("park", join_problems, made, [" "])
    does("park", part_problem, made, number)
    with pytest.raises(BadInput, match="没有关联"):
        does("park", part_problem, made, number)
    assert seen("park", made).problems == ()
