"""The problems' part of a campaign package: `categories.yaml`, `routing.yaml` and `limits.yaml`. Pure.

A rule is found dead when its line is kept by nobody who could be charged, or when an earlier rule takes all it asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhitong.domain.calendars.rules import LimitUnit
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import UNDECIDED, UNDECIDED_WORDS, CheckKind, Stage, Urgency
from zhitong.domain.problems.rules.sampling import WHOLE, Share
from zhitong.kit.source import Finding, Row, Source, fields, known, unique

CATEGORIES, ROUTING, LIMITS = "categories.yaml", "routing.yaml", "limits.yaml"
TRAITS = ("kind", "sub_kind", "category", "stage", "tier", "rank", "region")
_RULE = {"code": str, "when": Row, "lead": object, "because": str}
_RULE_MORE = {"support": list[str], "direct": Rank}
_LIMIT_MORE = {"workdays": int, "hours": int, "category": object, "rank": object, "urgency": object, "region": object}
MINUTES = 60


@dataclass(frozen=True, slots=True)
class CategoryRecord:
    """A category of one kind of subject."""

    kind: str
    code: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """A routing rule: what it asks for, the leading, joint and supporting lines, the words that explain it.

    `direct` is the rank whose keeper gets the matter at once; empty where it begins at the lowest level.
    """

    code: str
    asks: Mapping[str, tuple[str, ...]]
    lead: str
    support: tuple[str, ...]
    words: str
    row: Row
    joint: tuple[str, ...] = ()
    direct: str = ""


@dataclass(frozen=True, slots=True)
class LimitRecord:
    """A limit of the preset in force."""

    stage: Stage
    amount: int
    unit: LimitUnit
    asks: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ProblemsPackage:
    """What a campaign lays down for problems, in the package's order."""

    categories: tuple[CategoryRecord, ...] = ()
    rules: tuple[RuleRecord, ...] = ()
    limits: tuple[LimitRecord, ...] = ()
    samples: tuple[Share, ...] = ()


def parse(source: Source) -> tuple[ProblemsPackage, list[Finding]]:
    """The rulebook of a package folder, and every finding about its form."""
    categories, of_categories = _categories(source)
    rules, of_rules = _rules(source, {one.code for one in categories})
    limits, of_limits = _limits(source)
    samples, of_samples = _samples(source)
    package = ProblemsPackage(tuple(categories), tuple(rules), tuple(limits), tuple(samples))
    return package, [*of_categories, *of_rules, *of_limits, *of_samples]


def check(package: ProblemsPackage, *, lines: Collection[str], charged_lines: Collection[str]) -> list[Finding]:
    """What only the whole package can tell: dead routes.

    `lines` are all lines of the organisations, `charged_lines` those that some unit keeps which can be charged.
    """
    findings: list[Finding] = []
    for rule in package.rules:
        findings += known(rule.row, "lead", lines, "lines.yaml") + known(rule.row, "support", lines, "lines.yaml")
        findings += [
            rule.row.finding(f"死路：“{line}”条线没有可以交办的单位承担，请换一条线。", "lead")
            for line in (rule.lead, *rule.joint) if line in lines and line not in charged_lines
        ]
    return findings


def _categories(source: Source) -> tuple[list[CategoryRecord], list[Finding]]:
    records: list[CategoryRecord] = []
    kinds = source.rows(CATEGORIES)
    findings = unique(kinds, "kind")
    for kind in kinds:
        findings += fields(kind, {"kind": str, "categories": list[Row]}, {"clause": Row})
        rows = kind.rows("categories")
        findings += unique(rows)
        for row in rows:
            wrong = fields(row, {"code": str, "label": str}, {"help": str})
            if row.text("code") == UNDECIDED:
                wrong = [*wrong, row.finding(f"“{UNDECIDED}”是“{UNDECIDED_WORDS}”，由系统使用，请换一个代码。", "code")]
            findings += wrong
            if not wrong:
                records.append(CategoryRecord(kind.text("kind"), row.text("code"), row.text("label"), row.text("help")))
    return records, findings


def _rules(source: Source, categories: Collection[str]) -> tuple[list[RuleRecord], list[Finding]]:
    head = source.row(ROUTING)
    rows = head.rows("rules")
    findings = [*(fields(head, {"rules": list[Row]}) if head else []), *unique(rows)]
    records: list[RuleRecord] = []
    for row in rows:
        wrong = list(_faults_of_rule(row, categories))
        findings += wrong
        if not wrong:
            rule = _rule(row)
            findings += _shadowed(rule, records)
            records.append(rule)
    return records, findings


def _faults_of_rule(row: Row, categories: Collection[str]) -> Iterator[Finding]:
    yield from fields(row, _RULE, _RULE_MORE)
    leads = row.texts("lead")
    if len(set(leads)) < len(leads):
        yield row.finding("“lead”里有重复的条线：第一条是主办，其余共同牵头，请改正。", "lead")
    when = row.row("when")
    yield from fields(when, {}, dict.fromkeys(TRAITS, list[str]))
    yield from known(when, "category", categories, CATEGORIES)
    yield from known(when, "rank", [str(rank.value) for rank in Rank], "级别")


def _rule(row: Row) -> RuleRecord:
    when, (lead, *joint) = row.row("when"), row.texts("lead")
    return RuleRecord(
        row.text("code"), {trait: tuple(when.texts(trait)) for trait in TRAITS if when.texts(trait)},
        lead, tuple(row.texts("support")), row.text("because"), row, tuple(joint), row.text("direct"),
    )


def _shadowed(rule: RuleRecord, earlier: Iterable[RuleRecord]) -> Iterator[Finding]:
    for above in earlier:
        if all(set(rule.asks.get(trait, ())) and set(rule.asks[trait]) <= set(wanted)
               for trait, wanted in above.asks.items()):
            yield rule.row.finding(f"死路：前面的规则“{above.code}”已经包含这条规则的全部情形，请调整顺序或删去。")
            return


def _limits(source: Source) -> tuple[list[LimitRecord], list[Finding]]:
    head = source.row(LIMITS)
    presets = head.rows("presets")
    findings = [*(fields(head, {"in_force": str, "presets": list[Row]}, {"samples": list[Row]}) if head else []), *unique(presets)]
    findings += known(head, "in_force", [row.text("code") for row in presets], LIMITS) if head else []
    records: list[LimitRecord] = []
    for preset in presets:
        findings += fields(preset, {"code": str, "name": str, "limits": list[Row]}, {"source": str})
        for row in preset.rows("limits"):
            wrong = list(_faults_of_limit(row))
            findings += wrong
            if not wrong and preset.text("code") == head.text("in_force"):
                records.append(_limit(row))
    return records, findings


def _samples(source: Source) -> tuple[list[Share], list[Finding]]:
    head = source.row(LIMITS)
    rows = head.rows("samples") if head else []
    findings = unique(rows, "kind")
    shares: list[Share] = []
    for row in rows:
        wrong = fields(row, {"kind": CheckKind, "per_hundred": int}, {"at_least": int})
        if not wrong and not 1 <= (row.number("per_hundred") or 0) <= WHOLE:
            wrong = [row.finding(f"抽查比例写 1 到 {WHOLE} 之间的整数（每百件抽几件），请改正。", "per_hundred")]
        findings += wrong
        if not wrong:
            shares.append(Share(CheckKind(row.text("kind")), row.number("per_hundred") or 0, row.number("at_least") or 1))
    return shares, findings


def _faults_of_limit(row: Row) -> Iterator[Finding]:
    yield from fields(row, {"stage": Stage}, _LIMIT_MORE)
    given = [key for key in ("workdays", "hours") if row.get(key) not in (None, "")]
    if len(given) != 1:
        yield row.finding("时限写 workdays（工作日）或 hours（工作小时）其中一个，请改正。")
    elif (row.number(given[0]) or 0) < 1:
        yield row.finding("时限至少是 1，请改正。", given[0])
    yield from known(row, "rank", [str(rank.value) for rank in Rank], "级别")
    yield from known(row, "urgency", [str(one.value) for one in Urgency], "紧急程度")


def _limit(row: Row) -> LimitRecord:
    asks = {key: tuple(row.texts(key)) for key in ("category", "rank", "urgency", "region") if row.texts(key)}
    if row.get("hours"):
        return LimitRecord(Stage(row.text("stage")), (row.number("hours") or 0) * MINUTES, LimitUnit.MINUTES, asks)
    return LimitRecord(Stage(row.text("stage")), row.number("workdays") or 0, LimitUnit.WORKDAYS, asks)
