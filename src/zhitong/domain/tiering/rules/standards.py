"""A standard of tiers as a run holds it: rules, and how many each tier or stage holds; kept as plain JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.package import Quota, TierList
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.domain.subjects.rules.tiers import Condition, TierRule

Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A tier (perhaps of one sub-kind) or a project stage with the number it holds; None where none is laid down."""

    rank: Rank | None
    sub_kind: str = ""
    stage: ProjectStage | None = None
    number: int | None = None

    @property
    def key(self) -> str:
        """A name for forms and summaries: `province`, `city.retail`, `preparation`."""
        return ".".join(str(part) for part in (self.rank, self.stage, self.sub_kind) if part)


@dataclass(frozen=True, slots=True)
class Standard:
    """The rules of one kind from top to bottom, its quotas, and how many it helps in all."""

    kind: SubjectKind
    rules: tuple[TierRule, ...]
    quotas: tuple[QuotaLine, ...]
    total: int | None = None

    @property
    def figure(self) -> str:
        """What the figure is called by which subjects are ordered."""
        return self.rules[0].figure if self.rules else "营业收入"

    def without_numbers(self) -> Standard:
        """The same rules for a region to which no quota was given."""
        return replace(self, quotas=tuple(replace(one, number=None) for one in self.quotas), total=None)

    def changed(self, thresholds: Mapping[str, int], numbers: Mapping[str, int | None]) -> Standard:
        """Another standard for a what-if: thresholds in yuan and quotas by the key of their line; the rest stays.

        A threshold is only changed where the rule has one. The total follows the quotas.
        """
        rules = tuple(_with_threshold(rule, thresholds.get(line_key(rule))) for rule in self.rules)
        quotas = tuple(replace(one, number=numbers.get(one.key, one.number)) for one in self.quotas)
        return replace(self, rules=rules, quotas=quotas, total=_total(quotas) if numbers else self.total)


def line_key(rule: TierRule) -> str:
    """The key of the line a rule fills."""
    return QuotaLine(rule.rank, rule.sub_kind).key


def threshold_of(rule: TierRule) -> int | None:
    """The figure in yuan that a rule asks to be exceeded; None when it asks for marks alone."""
    return next((one.over for one in rule.conditions if one.over is not None), None)


def standard_of(tiers: TierList) -> Standard:
    """The standard that a package writes down; tiers without a number get a line of their own all the same."""
    given = [_line(one) for one in tiers.quotas]
    named = {one.key for one in given}
    open_lines = [line for rule in tiers.rules if (line := QuotaLine(rule.rank, rule.sub_kind)).key not in named]
    return Standard(tiers.kind, tiers.rules, (*open_lines, *given), tiers.total.number)


def kept_form(standard: Standard) -> dict[str, Any]:
    """The standard as JSON."""
    return {
        "kind": str(standard.kind), "total": standard.total,
        "rules": [
            {
                "rank": str(rule.rank), "sub_kind": rule.sub_kind, "figure": rule.figure,
                "any": [{"over": one.over, "mark": one.mark, "label": one.label} for one in rule.conditions],
            }
            for rule in standard.rules
        ],
        "quotas": [
            {"rank": str(one.rank or ""), "sub_kind": one.sub_kind, "stage": str(one.stage or ""), "number": one.number}
            for one in standard.quotas
        ],
    }


def read_standard(kept: Kept) -> Standard:
    """The standard that was kept."""
    kind = SubjectKind(kept["kind"])
    rules = tuple(
        TierRule(
            kind, Rank(rule["rank"]), tuple(Condition(**one) for one in rule["any"]), rule["sub_kind"], rule["figure"]
        )
        for rule in kept["rules"]
    )
    quotas = tuple(
        QuotaLine(
            Rank(one["rank"]) if one["rank"] else None, one["sub_kind"],
            ProjectStage(one["stage"]) if one["stage"] else None, one["number"],
        )
        for one in kept["quotas"]
    )
    return Standard(kind, rules, quotas, kept["total"])


def trouble_with(standard: Standard) -> dict[str, str]:
    """What is wrong with a changed standard, by the key of the line: a lower level asking more than the one above."""
    found: dict[str, str] = {}
    above: dict[str, tuple[TierRule, int]] = {}
    for rule in standard.rules:
        threshold = threshold_of(rule)
        if threshold is None:
            continue
        upper = above.get(rule.sub_kind)
        if upper and threshold >= upper[1]:
            found[line_key(rule)] = f"{rule.rank.label}的标准要低于{upper[0].rank.label}的标准，请改正。"
        above[rule.sub_kind] = (rule, threshold)
    return found


def _line(quota: Quota) -> QuotaLine:
    return QuotaLine(quota.rank, quota.sub_kind, quota.stage, quota.number)


def _with_threshold(rule: TierRule, threshold: int | None) -> TierRule:
    if threshold is None:
        return rule
    parts = (replace(one, over=threshold) if one.over is not None else one for one in rule.conditions)
    return replace(rule, conditions=tuple(parts))


def _total(quotas: tuple[QuotaLine, ...]) -> int | None:
    """The total of the tiers' quotas, else of the stages'."""
    for lines in ([one for one in quotas if one.rank], [one for one in quotas if one.stage]):
        numbers = [one.number for one in lines if one.number is not None]
        if numbers:
            return sum(numbers)
    return None
