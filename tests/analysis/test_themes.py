"""Themes: words that more firms use than before, without names of places and firms (R-H3)."""

from __future__ import annotations

from uuid import UUID

from zhitong.domain.analysis.rules.hurting.themes import EXAMPLES, LEAST_FIRMS, Told, themes

QUOTA = ("错峰生产名单仍按去年执行", "错峰生产名单没有更新", "希望调整错峰生产名单", "错峰生产名单里有我们")
LOANS = ("银行要抽贷，资金链紧张", "担心银行抽贷", "银行抽贷两千万元", "贷款到期被银行抽贷")


def told(texts: tuple[str, ...], *, start: int = 0, firm: int | None = None, name: str = "") -> list[Told]:
    return [Told(UUID(int=start + n), n if firm is None else firm, name, text) for n, text in enumerate(texts, 1)]


def words(found: list[object]) -> list[str]:
    return [one.word for one in found]  # type: ignore[attr-defined]


def test_a_word_that_nobody_used_before_rises() -> None:
    found = themes(told(QUOTA), told(LOANS, start=100), [])

    assert words(found) == ["错峰生产名单"]
    assert (found[0].came, found[0].firms, found[0].last, found[0].is_new) == (4, 4, 0, True)


def test_a_word_used_as_often_as_before_does_not_rise() -> None:
    assert themes(told(LOANS), told(LOANS, start=100), []) == []


def test_growth_is_held_against_how_many_texts_there_are() -> None:
    now = told(LOANS * 3)

    assert themes(now, told(LOANS, start=100), []) == []


def test_one_firm_that_writes_often_makes_no_theme() -> None:
    assert themes(told(QUOTA, firm=7), told(LOANS, start=100), []) == []


def test_places_and_the_firms_own_names_are_no_themes() -> None:
    texts = tuple(f"演示石化公司在临海新区的厂房漏水{end}" for end in ("严重", "了", "很久", "多次"))

    found = themes(told(texts, name="演示石化公司"), [], ["临海新区"])

    assert words(found) == ["厂房漏水"]


def test_figures_and_what_every_report_says_are_no_themes() -> None:
    texts = tuple(f"我公司目前有{n}人，希望有关部门尽快协调解决" for n in (12, 30, 7, 9))

    assert themes(told(texts), [], []) == []


def test_the_examples_are_the_newest_of_different_firms() -> None:
    now = [Told(UUID(int=n), n % 2 if n < 5 else n, "", "天然气调压站选址没有定") for n in range(1, 9)]

    found = themes(now, [], [])

    assert len(found) == 1
    assert found[0].examples == tuple(UUID(int=n) for n in (1, 2, 5))
    assert len(found[0].examples) == EXAMPLES


def test_words_of_the_same_texts_are_one_theme() -> None:
    texts = tuple(f"蒸汽压力不稳，产品报废率上升{n}成" for n in "一二三四")

    assert len(themes(told(texts), [], [])) == 1


def test_the_order_of_firms_makes_no_difference() -> None:
    now = told(QUOTA) + told(LOANS, start=50)

    assert words(themes(now, [], [])) == words(themes(now[::-1], [], []))
    assert len(QUOTA) >= LEAST_FIRMS
