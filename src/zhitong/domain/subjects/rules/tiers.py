"""Which level helps whom (分级帮扶): rules as data, read from top to bottom, and an answer that explains itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import ServiceSubKind, SubjectKind

HELPED = (Rank.PROVINCE, Rank.CITY, Rank.COUNTY)
"""The levels that help, the highest first."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Either a revenue in yuan to be exceeded (`over`) or a mark to be borne (`mark`, with its Chinese `label`)."""

    over: int | None = None
    mark: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class TierRule:
    """A tier for a kind, perhaps a sub-kind: one of the conditions is enough. `figure` is what the revenue is called."""

    kind: SubjectKind
    rank: Rank
    conditions: tuple[Condition, ...]
    sub_kind: str = ""
    figure: str = "营业收入"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a subject when its tier is asked for; no revenue means it is not known."""

    kind: SubjectKind
    sub_kind: str = ""
    revenue_cny: int | None = None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tiering:
    """The answer: a tier or none, and why in words that are kept."""

    rank: Rank | None
    words: str


def tier_of(facts: Facts, rules: Sequence[TierRule]) -> Tiering:
    """The tier of the first rule that fits, or none, with the reason."""
    mine = [rule for rule in rules if rule.kind is facts.kind and rule.sub_kind in ("", facts.sub_kind)]
    for rule in mine:
        for condition in rule.conditions:
            if reason := _reason(condition, facts, rule.figure):
                return Tiering(rule.rank, f"{reason}，列为{rule.rank.label}重点帮扶。")
    is_divided = any(rule.kind is facts.kind and rule.sub_kind for rule in rules)
    return Tiering(None, _WHICH if is_divided and not facts.sub_kind else _why_none(facts, mine))


_WHICH = "还没有注明小类（如服务业、批发业、零售业），不能按标准分级，请补上后重新分级。"


def _reason(condition: Condition, facts: Facts, figure: str) -> str:
    """Why a condition holds; empty when it does not."""
    if condition.over is not None:
        exceeds = facts.revenue_cny is not None and facts.revenue_cny > condition.over
        return f"{figure}{yuan_in_words(facts.revenue_cny)}，超过{yuan_in_words(condition.over)}" if exceeds else ""
    return f"属于{condition.label}" if condition.mark in facts.marks else ""


def _why_none(facts: Facts, rules: Sequence[TierRule]) -> str:
    if not rules:
        return f"活动没有为{_kind_in_words(facts)}规定分级标准，不列入分级帮扶。"
    thresholds = [(condition.over, rule) for rule in rules for condition in rule.conditions if condition.over is not None]
    if not thresholds:
        labels = "".join(f"“{label}”" for label in _labels(rules))
        return f"{labels}都不具备，不列入分级帮扶。"
    lowest, rule = min(thresholds, key=lambda one: one[0])
    if facts.revenue_cny is None:
        return f"还没有{rule.figure}，不能按标准分级，请补报后重新分级。"
    return (
        f"{rule.figure}{yuan_in_words(facts.revenue_cny)}，没有超过{rule.rank.label}标准{yuan_in_words(lowest)}，"
        "不列入分级帮扶。"
    )


def _labels(rules: Sequence[TierRule]) -> Iterator[str]:
    yield from (condition.label for rule in rules for condition in rule.conditions if condition.mark)


def _kind_in_words(facts: Facts) -> str:
    words = {word.value: word.label for word in ServiceSubKind}
    return f"{facts.kind.label}（{words[facts.sub_kind]}）" if facts.sub_kind in words else facts.kind.label


def yuan_in_words(amount: int | None) -> str:
    """An amount as officials say it (52.3亿元, 8000万元); one that four decimals cannot hold is said in full."""
    if amount is None:
        return ""
    size, word = (100_000_000, "亿元") if abs(amount) >= 100_000_000 else (10_000, "万元")
    if amount % (size // 10_000):
        return f"{amount}元"
    short = format((Decimal(amount) / size).normalize(), "f")
    return f"{short}{word}"
