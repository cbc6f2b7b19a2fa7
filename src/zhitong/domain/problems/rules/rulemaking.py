"""Routing rules as an office writes them: what it may say, and what is wrong with a set of them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhitong.domain.organisations.rules.kinds import Rank

OFFICE, PACKAGE = "office", "package"
"""Where a rule comes from: written by the campaign's top office, or shipped with the package."""

LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A routing rule as it is written, lines by their codes; the first line leads, the joint ones lead with it."""

    code: str
    lead: str
    words: str
    joint: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    direct: str = ""
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_force: bool = True


def faults_of_rules(
    rules: Sequence[Draft], *, lines: Collection[str], charged_lines: Collection[str], categories: Collection[str]
) -> list[str]:
    """Everything wrong with a set of rules, in sentences that name the rule."""
    found = [fault for rule in rules for fault in _of_one(rule, lines, charged_lines, categories)]
    codes = [rule.code for rule in rules]
    found += [f"规则“{code}”写了不止一次，请改用不同的代码。" for code in dict.fromkeys(codes) if codes.count(code) > 1]
    in_force = [rule for rule in rules if rule.in_force]
    return [*found, *(
        f"死路：前面的规则“{above.words}”已经包含“{rule.words}”的全部情形，请调整顺序或停用。"
        for place, rule in enumerate(in_force) if (above := shadow_of(rule, in_force[:place])) is not None
    )]


def shadow_of(rule: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The earlier rule that takes all that a rule asks for, so that it would never be reached."""
    for above in earlier:
        if all(rule.asks.get(trait) and set(rule.asks[trait]) <= set(wanted) for trait, wanted in above.asks.items()):
            return above
    return None


def _of_one(
    rule: Draft, lines: Collection[str], charged_lines: Collection[str], categories: Collection[str]
) -> Iterator[str]:
    if not rule.words or len(rule.words) > LONGEST_WORDS:
        yield f"规则“{rule.code}”须写明依据，最多{LONGEST_WORDS}个字。"
    named = (rule.lead, *rule.joint, *rule.support)
    yield from (f"规则“{rule.words}”里没有“{line}”这条线，请从条线中选择。" for line in named if line not in lines)
    if len(set(named)) < len(named):
        yield f"规则“{rule.words}”的主办、共同牵头、配合条线有重复，请改正。"
    yield from (
        f"死路：规则“{rule.words}”的“{line}”条线没有可以交办的单位承担，请换一条线。"
        for line in (rule.lead, *rule.joint) if line in lines and line not in charged_lines
    )
    yield from (
        f"规则“{rule.words}”里没有“{one}”这个类别，请从类别中选择。"
        for one in rule.asks.get("category", ()) if one not in categories
    )
    if rule.direct and rule.direct not in {rank.value for rank in Rank}:
        yield f"规则“{rule.words}”的直办级别不对，请从省、市、县、乡中选择。"
