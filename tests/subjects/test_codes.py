"""Unified social credit codes (GB 32100-2015): doubts are questions, because real firms carry codes that fail."""

from __future__ import annotations

import pytest

from zhitong.domain.subjects.rules.codes import check_character, doubt_about, written_right

SOUND = [
    "91350100M000100Y43", "91512081MA62K0260E", "9131000063159284XQ", "12440600MB2C07549J", "92141127MA0KD1Y64A",
]
OF_REAL_FIRMS_BEFORE_2016 = ["91350203M0001QKT19", "91350211M0000XUF46", "91350100M0001TGQXM"]


@pytest.mark.parametrize("code", SOUND)
def test_a_sound_code_raises_no_doubt(code: str) -> None:
    assert doubt_about(code) == ""
    assert check_character(code[:-1]) == code[-1]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91350100M000100Y4Z", "“Z”"),
        ("911300001043207328", "校验位不对"),
        ("91350100M000100Y4", "现在是17位"),
        ("", "现在是0位"),
        ("9135O100M000I00Y43", "“O、I”"),
        *((code, "校验位不对") for code in OF_REAL_FIRMS_BEFORE_2016),
    ],
)
def test_an_odd_code_is_asked_about_with_the_next_step(code: str, said: str) -> None:
    doubt = doubt_about(code)

    assert said in doubt
    assert "写明原因后继续" in doubt


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_character_is_always_noticed(place: int) -> None:
    code = SOUND[0]
    other = "1" if code[place] != "1" else "2"

    assert doubt_about(code[:place] + other + code[place + 1 :])


def test_full_width_small_and_spaced_writing_is_the_same_code() -> None:
    assert written_right(" ９１350100m000100y43 ") == "91350100M000100Y43"
    assert written_right("91350100-M000 100Y43") == "91350100M000100Y43"
