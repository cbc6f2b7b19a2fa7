"""Doubles, names and the table of acts (R-H5): plain rules on plain values."""

from __future__ import annotations

import pytest

from zhitong.domain.practices.rules.doubles import LEAST_OF_DOUBLES, SHOWN, doubles_of
from zhitong.domain.practices.rules.kinds import PieceKind, PieceState
from zhitong.domain.practices.rules.naming import numbers_in
from zhitong.domain.practices.rules.way import MOVES, PieceAct, PieceHand, why_not

TITLE, TEXT = "园区建立供电会商机制", "园区会同供电公司每周会商，一次告知增容资料，三家企业的用电问题当周解决。"


def test_a_piece_told_before_with_a_few_words_changed_is_a_double_and_another_matter_is_none() -> None:
    told = [
        ("same text", "供电有新办法", TEXT.replace("三家", "五家")), ("same title", f"{TITLE}成效好", "另有一事。"),
        ("other", "银企对接会促成贷款两亿元", "金融办组织六家银行进园区，现场签约十一户。"),
    ]

    found = doubles_of(TITLE, TEXT, told)

    assert [one.thing for one in found] == ["same text", "same title"]
    assert all(LEAST_OF_DOUBLES <= one.share <= 1 for one in found)


def test_of_many_doubles_the_likest_come_first_and_few_are_shown() -> None:
    told = [(place, TITLE, TEXT[place:]) for place in range(SHOWN + 3)]

    found = doubles_of(TITLE, TEXT, [*told, ("whole", TITLE, TEXT)])

    assert len(found) == SHOWN
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert doubles_of("", "", [("empty", "", "")]) == []


@pytest.mark.parametrize(("text", "numbers"), [
    ("见冀-沧州-2018-000123，另见冀-本级-2018-000007。", ["冀-沧州-2018-000123", "冀-本级-2018-000007"]),
    ("冀-沧州-2018-000123与冀-沧州-2018-000123", ["冀-沧州-2018-000123"]),
    ("冀发〔2018〕7号，电话0317-1234567", []),
    ("冀-沧州-2018-0001234", []),
])
def test_problems_named_in_a_text_are_found_by_their_numbers(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(("act", "kind", "state", "hand", "sentence"), [
    (PieceAct.ADOPT, PieceKind.WORK_NEWS, PieceState.SUBMITTED, PieceHand.EDITOR, ""),
    (PieceAct.ADOPT, PieceKind.WORK_NEWS, PieceState.SUBMITTED, PieceHand.WRITER, "由本级活动办公室办理"),
    (PieceAct.ADOPT, PieceKind.WORK_NEWS, PieceState.ADOPTED, PieceHand.EDITOR, "已采用"),
    (PieceAct.REVISE, PieceKind.WORK_NEWS, PieceState.RETURNED, PieceHand.WRITER, ""),
    (PieceAct.REVISE, PieceKind.WORK_NEWS, PieceState.RETURNED, PieceHand.EDITOR, "由报送单位办理"),
    (PieceAct.PUBLISH, PieceKind.WORK_NEWS, PieceState.ADOPTED, PieceHand.EDITOR, "不发布"),
    (PieceAct.PUBLISH, PieceKind.POLICY_RESULT, PieceState.ADOPTED, PieceHand.EDITOR, ""),
    (PieceAct.EDIT, PieceKind.GOOD_PRACTICE, PieceState.PUBLISHED, PieceHand.EDITOR, "不能修改文稿"),
    (PieceAct.JOIN, PieceKind.GOOD_PRACTICE, PieceState.ADOPTED, PieceHand.WRITER, "由本级活动办公室办理"),
])
def test_who_may_do_what_with_a_piece(act: PieceAct, kind: PieceKind, state: PieceState, hand: PieceHand, sentence: str) -> None:
    reason = why_not(act, kind, state, frozenset({hand}))

    assert sentence in reason
    assert bool(reason) == bool(sentence)


def test_nobody_without_a_hand_may_do_anything_and_what_is_over_lets_nothing_happen() -> None:
    over = (PieceState.PASSED_OVER, PieceState.WITHDRAWN)

    assert all(why_not(act, PieceKind.GOOD_PRACTICE, state, frozenset()) for act in PieceAct for state in PieceState)
    assert all(why_not(act, PieceKind.GOOD_PRACTICE, state, frozenset(PieceHand)) for act in PieceAct for state in over)
    assert set(MOVES) == set(PieceAct)
