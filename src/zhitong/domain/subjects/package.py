"""The subjects' part of a campaign package: `tiers.yaml`, parsed and checked. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import PlatformKind, ProjectStage, ServiceSubKind, SubjectKind
from zhitong.domain.subjects.rules.tiers import HELPED, Condition, TierRule
from zhitong.kit.choices import Word
from zhitong.kit.source import Finding, Row, Source, fields, unique

TIERS = "tiers.yaml"

_KIND = {"kind": SubjectKind, "task": str, "total": Row, "rules": list[Row]}
_KIND_MORE = {"line": str, "fact": str, "fact_label": str, "stages": list[Row]}
_TOTAL = {"quota": int, "reading": str}
_RULE = {"rank": Rank, "any": list[Row]}
_RULE_MORE = {"sub_kind": str, "quota": int, "reading": str, "clause": Row}
_STAGE = {"stage": ProjectStage, "quota": int, "reading": str}
_CONDITION_MORE = {"over": int, "mark": str, "label": str}
_CLAUSE = {"document": str, "start": int, "end": int}
_SUB_KINDS: dict[str, type[Word]] = {"services": ServiceSubKind, "platform": PlatformKind}
_FACTS = ("revenue_cny",)


@dataclass(frozen=True, slots=True)
class Quota:
    """How many subjects a tier, a sub-kind in it or a project stage holds; `reading` names the coverage of the plan."""

    rank: Rank | None
    sub_kind: str
    stage: ProjectStage | None
    number: int
    reading: str
    row: Row


@dataclass(frozen=True, slots=True)
class TierList:
    """One kind of subject: its rules in order, how many of it the campaign helps, and the line that leads its service."""

    kind: SubjectKind
    task: str
    total: Quota
    rules: tuple[TierRule, ...]
    quotas: tuple[Quota, ...]
    line: str = ""

    def quota_of(self, rank: Rank) -> int | None:
        """How many a tier holds, its sub-kinds together; None where the plan gives no number."""
        numbers = [quota.number for quota in self.quotas if quota.rank is rank]
        return sum(numbers) if numbers else None


def parse(source: Source) -> tuple[list[TierList], list[Finding]]:
    """The tier lists of a package and every finding; a kind with a fault is left out."""
    rows = source.rows(TIERS)
    findings = unique(rows, "kind")
    lists = []
    for row in rows:
        faults = list(_faults(row))
        findings += faults
        if not faults:
            lists.append(_list(row))
    return lists, findings


def rules_of(lists: Iterable[TierList]) -> list[TierRule]:
    """All rules in their order, as `tier_of` asks for them."""
    return [rule for one in lists for rule in one.rules]


def check(lists: Iterable[TierList], *, lines: Collection[str]) -> Iterator[Finding]:
    """What only the standing order can tell: a kind must be led by a line there is."""
    for one in lists:
        if one.line and one.line not in lines:
            yield one.total.row.finding(f"{one.kind.label}的牵头条线“{one.line}”不在 lines.yaml 里，请改正。")


def _faults(row: Row) -> Iterator[Finding]:
    yield from fields(row, _KIND, _KIND_MORE)
    yield from fields(row.row("total"), _TOTAL)
    for rule in row.rows("rules"):
        yield from _faults_of_rule(row, rule)
    for stage in row.rows("stages"):
        yield from fields(stage, _STAGE, {"clause": Row})
    fact = row.text("fact")
    if fact and fact not in _FACTS:
        yield row.finding(f"不认识指标“{fact}”，只能是 {'、'.join(_FACTS)}，请改正。", "fact")
    yield from _faults_of_quotas(row)
    yield from _faults_of_order(row)


def _faults_of_rule(row: Row, rule: Row) -> Iterator[Finding]:
    yield from fields(rule, _RULE, _RULE_MORE)
    if rule.row("clause"):
        yield from fields(rule.row("clause"), _CLAUSE)
    if rule.text("rank") == str(Rank.TOWNSHIP):
        yield rule.finding("乡级不设帮扶名单，请写 province、city 或 county。", "rank")
    sub_kind, words = rule.text("sub_kind"), _SUB_KINDS.get(row.text("kind"))
    allowed = [str(word) for word in words] if words else []
    if sub_kind and sub_kind not in allowed:
        said = f"只能是 {'、'.join(allowed)}" if allowed else "这类服务对象不分小类，请删去"
        yield rule.finding(f"“sub_kind”写的是“{sub_kind}”，{said}，请改正。", "sub_kind")
    for condition in rule.rows("any"):
        yield from fields(condition, {}, _CONDITION_MORE)
        if ("over" in condition) == ("mark" in condition):
            yield condition.finding("每个条件写 over（超过多少元）或 mark（具备什么），只能写一个，请改正。")
        if "mark" in condition and not condition.text("label"):
            yield condition.finding("缺少“label”，请补上这个条件的中文说法。", "mark")
        if "over" in condition and not row.text("fact"):
            yield condition.finding("用 over 分级要在上面写明 fact 和 fact_label，请补上。", "over")


def _faults_of_quotas(row: Row) -> Iterator[Finding]:
    """Quotas of tiers, and quotas of stages, each add up to the total."""
    total = row.row("total").number("quota")
    for part in ("rules", "stages"):
        numbers = [one.number("quota") for one in row.rows(part) if "quota" in one]
        if numbers and sum(numbers) != total:
            yield row.row("total").finding(f"总数是 {total}，各级相加是 {sum(numbers)}，请核对。", "quota")


def _faults_of_order(row: Row) -> Iterator[Finding]:
    """Higher levels come first with higher thresholds, else a rule is never reached; no level twice for a sub-kind."""
    seen = Counter((rule.text("rank"), rule.text("sub_kind")) for rule in row.rows("rules"))
    ranks = [str(rank) for rank in HELPED]
    last: dict[str, tuple[int, int]] = {}
    for rule in row.rows("rules"):
        rank, sub_kind = rule.text("rank"), rule.text("sub_kind")
        if seen[(rank, sub_kind)] > 1:
            seen[(rank, sub_kind)] = 1
            yield rule.finding(f"{rank} 对同一小类写了两条规则，请合并成一条。", "rank")
        place = ranks.index(rank) if rank in ranks else 0
        over = min((one.number("over") for one in rule.rows("any") if "over" in one), default=0)
        before = last.get(sub_kind)
        if before and (place < before[0] or (over and before[1] and over >= before[1])):
            yield rule.finding("上一条规则已经把它包括在内，这一条永远轮不到，请把高一级、高门槛的写在前面。", "rank")
        last[sub_kind] = (place, over)


def _list(row: Row) -> TierList:
    kind = SubjectKind(row.text("kind"))
    total = row.row("total")
    quotas = [_quota(rule) for rule in (*row.rows("rules"), *row.rows("stages")) if "quota" in rule]
    return TierList(
        kind, row.text("task"), Quota(None, "", None, total.number("quota"), total.text("reading"), total),
        tuple(_rule(kind, row, rule) for rule in row.rows("rules")), tuple(quotas), row.text("line"),
    )


def _quota(row: Row) -> Quota:
    rank, stage = row.text("rank"), row.text("stage")
    return Quota(
        Rank(rank) if rank else None, row.text("sub_kind"), ProjectStage(stage) if stage else None,
        row.number("quota"), row.text("reading"), row,
    )


def _rule(kind: SubjectKind, row: Row, rule: Row) -> TierRule:
    conditions = tuple(
        Condition(one.number("over") if "over" in one else None, one.text("mark"), one.text("label"))
        for one in rule.rows("any")
    )
    return TierRule(
        kind, Rank(rule.text("rank")), conditions, rule.text("sub_kind"), row.text("fact_label") or "营业收入"
    )
