"""Judging a whole batch by a standard: each subject's tier with its reason, what is odd, and the quotas by name. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.tiers import HELPED, Facts, Tiering, tier_of, yuan_in_words
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace
from zhitong.domain.tiering.rules.standards import QuotaLine, Standard, line_key, threshold_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject as a run finds it: its facts, the tier it has, the reason of a hand, the tiers of its lists.

    `size_cny` orders those of one tier: the revenue of a firm, the investment of a project, in yuan.
    """

    id: UUID
    facts: Facts
    stage: str = ""
    tier: Rank | None = None
    hand_reason: str = ""
    listed: frozenset[Rank] = frozenset()
    size_cny: int | None = None

    @property
    def is_by_hand(self) -> bool:
        """Whether a person has set the tier."""
        return bool(self.hand_reason)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a run says of one: the rule's tier, the tier it gets and why, what is odd, where it stands to which quota."""

    candidate: Candidate
    by_rule: Rank | None
    tier: Rank | None
    words: str
    conflicts: tuple[Conflict, ...] = ()
    place: QuotaPlace | None = None
    line: str = ""

    @property
    def is_move(self) -> bool:
        """Whether the tier would be another than now."""
        return self.tier is not self.candidate.tier


@dataclass(frozen=True, slots=True)
class Line:
    """One tier or stage against its quota: how many get it, how many have it now."""

    quota: QuotaLine
    given: int
    standing: int

    @property
    def difference(self) -> int | None:
        """How many too many (positive) or too few (negative); None without a quota."""
        return None if self.quota.number is None else self.given - self.quota.number


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole run: everybody judged, in the order in which quotas are filled, and every line counted."""

    standard: Standard
    judged: tuple[Judged, ...]
    lines: tuple[Line, ...]
    conflicts: Counter[Conflict] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many stand on some tier."""
        return sum(1 for one in self.judged if one.tier)


def judge(candidates: Iterable[Candidate], standard: Standard, *, trims: bool = False) -> Outcome:
    """Judge everybody by the rules, then hold each tier against its quota.

    Who fills a quota first: who was set by hand, who bears a qualification, then by size from large to small.
    With `trims` those beyond the quota go to the next lower tier, else they are only named.
    """
    judged = sorted((_by_rule(one, standard) for one in candidates), key=lambda one: _order(one, standard))
    for line in sorted(standard.quotas, key=_from_above):
        judged = _held_against(line, judged, standard, trims)
    return Outcome(standard, tuple(judged), tuple(_counted(judged, standard)), _odd(judged))


def decided_at(before: Rank | None, after: Rank | None) -> Rank | None:
    """The level that decides a move: the higher of the two, for its list changes first. None when nothing moves."""
    if before is after:
        return None
    return min((one for one in (before, after) if one), key=HELPED.index, default=None)


def _by_rule(one: Candidate, standard: Standard) -> Judged:
    said = tier_of(one.facts, standard.rules)
    tier, words = (one.tier, by_hand(said, one.tier, one.hand_reason)) if one.is_by_hand else (said.rank, said.words)
    return Judged(one, said.rank, tier, words, tuple(_conflicts(one, said, standard)))


def by_hand(by_rule: Tiering, tier: Rank | None, reason: str) -> str:
    """What is said of a tier set by hand, the rule's own words beside it."""
    decided = f"人工确定为{tier.label}重点帮扶" if tier else "人工确定不列入分级帮扶"
    return f"{decided}：{reason}。按规则：{by_rule.words}"


def _conflicts(one: Candidate, said: Tiering, standard: Standard) -> Iterable[Conflict]:
    if one.is_by_hand and one.tier is not said.rank:
        yield Conflict.HAND_DIFFERS
    if len(one.listed) > 1:
        yield Conflict.TWO_LISTS
    elif one.listed and not one.is_by_hand and said.rank not in one.listed:
        yield Conflict.LIST_DIFFERS
    if said.rank is None and not one.is_by_hand:
        yield Conflict.NO_FIGURE if _lacks_figure(one.facts, standard) else Conflict.BELOW


def _lacks_figure(facts: Facts, standard: Standard) -> bool:
    """Whether nothing can be said because a figure or the sub-kind is missing."""
    is_divided = any(rule.sub_kind for rule in standard.rules)
    asks_figure = any(threshold_of(rule) is not None for rule in standard.rules)
    return (is_divided and not facts.sub_kind) or (asks_figure and facts.revenue_cny is None)


def _order(one: Judged, standard: Standard) -> tuple[bool, bool, int, UUID]:
    facts = one.candidate.facts
    by_figure = any(
        facts.revenue_cny is not None and (over := threshold_of(rule)) is not None and facts.revenue_cny > over
        for rule in standard.rules if rule.rank is one.by_rule and rule.sub_kind in ("", facts.sub_kind)
    )
    bears_mark = one.by_rule is not None and not by_figure
    return (not one.candidate.is_by_hand, not bears_mark, -(one.candidate.size_cny or 0), one.candidate.id)


def _from_above(line: QuotaLine) -> int:
    return HELPED.index(line.rank) if line.rank else len(HELPED)


def _held_against(line: QuotaLine, judged: list[Judged], standard: Standard, trims: bool) -> list[Judged]:
    """Name who stands beyond a quota, or who comes next where it is not filled."""
    if line.number is None:
        return judged
    within = [place for place, one in enumerate(judged) if _fills(one, line)]
    found = list(judged)
    for turn, place in enumerate(within[line.number:], line.number + 1):
        found[place] = _beyond(judged[place], line, turn, standard, trims)
    missing = line.number - len(within)
    for place in _next_places(line, judged)[:max(missing, 0)]:
        words = f"{judged[place].words}{_called(line)}还缺{missing}户，{_distance(judged[place], line, standard)}可以递补。"
        found[place] = replace(judged[place], place=QuotaPlace.NEXT, line=line.key, words=words)
    return found


def _fills(one: Judged, line: QuotaLine) -> bool:
    if line.stage:
        return one.candidate.stage == str(line.stage)
    return one.tier is line.rank and _is_of(one, line)


def _is_of(one: Judged, line: QuotaLine) -> bool:
    return line.sub_kind in ("", one.candidate.facts.sub_kind)


def _called(line: QuotaLine) -> str:
    rank, stage = line.rank.label if line.rank else "", line.stage.label if line.stage else ""
    return f"{rank or stage}数额{line.number}户"


def _beyond(one: Judged, line: QuotaLine, turn: int, standard: Standard, trims: bool) -> Judged:
    """Somebody whose turn comes after the quota is full: named, or with `trims` moved to the next lower tier."""
    said = f"{one.words}{_called(line)}，排在第{turn}位，超出数额"
    if not trims or one.candidate.is_by_hand or line.rank is None:
        return replace(one, place=QuotaPlace.OVER, line=line.key, words=f"{said}。")
    ranks = [rule.rank for rule in standard.rules if rule.sub_kind in ("", one.candidate.facts.sub_kind)]
    lower = next((rank for rank in HELPED[HELPED.index(line.rank) + 1:] if rank in ranks), None)
    given = f"调为{lower.label}" if lower else "不再列入"
    return replace(one, tier=lower, words=f"{said}，{given}。", place=QuotaPlace.OVER, line=line.key)


def _next_places(line: QuotaLine, judged: Sequence[Judged]) -> list[int]:
    """Who would come next: of a lower tier or of none, by size, who is not set by hand. Nobody for a stage."""
    if line.rank is None:
        return []
    lower = (*HELPED[HELPED.index(line.rank) + 1:], None)
    places = [
        place for place, one in enumerate(judged)
        if one.tier in lower and _is_of(one, line) and not one.candidate.is_by_hand and one.place is None
        and one.candidate.size_cny is not None
    ]
    return sorted(places, key=lambda place: -(judged[place].candidate.size_cny or 0))


def _distance(one: Judged, line: QuotaLine, standard: Standard) -> str:
    """How far a subject stands below the threshold of a line; empty where no figure decides."""
    revenue = one.candidate.facts.revenue_cny
    over = next((threshold_of(rule) for rule in standard.rules if line_key(rule) == line.key), None)
    if over is None or revenue is None or revenue > over:
        return ""
    return f"距标准{yuan_in_words(over)}差{yuan_in_words(over - revenue)}，"


def _counted(judged: Sequence[Judged], standard: Standard) -> Iterable[Line]:
    given = Counter(key for one in judged for key in _keys(one.tier, one.candidate))
    standing = Counter(key for one in judged for key in _keys(one.candidate.tier, one.candidate))
    for line in standard.quotas:
        yield Line(line, given[line.key], standing[line.key])


def _keys(tier: Rank | None, one: Candidate) -> set[str]:
    """The lines in which a subject counts: its tier with and without the sub-kind, and its stage."""
    keys = {one.stage} if one.stage else set()
    if tier:
        keys |= {QuotaLine(tier).key, QuotaLine(tier, one.facts.sub_kind).key}
    return keys


def _odd(judged: Iterable[Judged]) -> Counter[Conflict]:
    return Counter(conflict for one in judged for conflict in one.conflicts)
