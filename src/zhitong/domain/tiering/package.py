"""The tiering's part of a campaign package: `diagnosis.yaml` and `ladders.yaml`, parsed and checked. Pure.

The tiers themselves are in `tiers.yaml`, which the room of the served reads, for it tiers whom it registers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from zhitong.domain.subjects.rules.kinds import ENTERPRISES, Diagnosis, SubjectKind
from zhitong.domain.subjects.rules.known import Known
from zhitong.domain.tiering.rules.diagnosing import DiagnosisRule, Measure, Sign
from zhitong.domain.tiering.rules.ladders import Ask, Ladder, Rung
from zhitong.kit.source import Finding, Row, Source, fields, known, unique

DIAGNOSIS, LADDERS = "diagnosis.yaml", "ladders.yaml"

_HEAD = {"source": str, "rules": list[Row]}
_RULE = {"diagnosis": Diagnosis, "any": list[Row]}
_SIGN_MORE = {"below": float, "at_least": float, "periods": int}
_LADDER = {"code": str, "name": str, "kinds": list[SubjectKind], "task": str, "line": str, "source": str, "rungs": list[Row]}
_RUNG = {"code": str, "name": str, "all": list[Row]}
_ASK_MORE = {
    "mark": str, "lacks": str, "fact": Known, "at_least": float, "percent_of": Known, "growth_years": int,
}


@dataclass(frozen=True, slots=True)
class TieringPackage:
    """What a campaign lays down beside its tiers; empty where a package leaves it to its parent.

    `rows` are those of the ladders, for findings that need the other parts.
    """

    diagnosis_source: str = ""
    diagnosis: tuple[DiagnosisRule, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    rows: tuple[Row, ...] = ()


def parse(source: Source) -> tuple[TieringPackage, list[Finding]]:
    """The rules of diagnosis and the ladders, and every finding; what has a fault is left out."""
    told, rules, findings = _diagnosis(source)
    ladders, of_ladders = _ladders(source)
    rows = tuple(source.rows(LADDERS)) if ladders else ()
    return TieringPackage(told, rules, ladders, rows), [*findings, *of_ladders]


def check(package: TieringPackage, *, lines: Collection[str]) -> Iterator[Finding]:
    """What only the whole package can tell: whether the lines that lead the ladders are there."""
    for row in package.rows:
        yield from known(row, "line", lines, "lines.yaml")


def _diagnosis(source: Source) -> tuple[str, tuple[DiagnosisRule, ...], list[Finding]]:
    if not source.has(DIAGNOSIS):
        return "", (), []
    head = source.row(DIAGNOSIS)
    findings = fields(head, _HEAD)
    for rule in head.rows("rules"):
        findings += [*fields(rule, _RULE), *(one for sign in rule.rows("any") for one in _faults_of_sign(sign))]
    rules = () if findings else tuple(_rule(rule) for rule in head.rows("rules"))
    return head.text("source"), rules, findings


def _faults_of_sign(sign: Row) -> Iterator[Finding]:
    yield from fields(sign, {"measure": Measure}, _SIGN_MORE)
    if ("below" in sign) == ("at_least" in sign):
        yield sign.finding("每个条件写 below（低于）或 at_least（不低于），只能写一个，请改正。", "measure")
    if "periods" in sign and sign.number("periods") < 1:
        yield sign.finding("“periods”至少是 1，请改正。", "periods")


def _rule(rule: Row) -> DiagnosisRule:
    return DiagnosisRule(Diagnosis(rule.text("diagnosis")), tuple(_sign(one) for one in rule.rows("any")))


def _sign(row: Row) -> Sign:
    return Sign(
        Measure(row.text("measure")), row.decimal("below"), row.decimal("at_least"),
        row.number("periods") if "periods" in row else 1,
    )


def _ladders(source: Source) -> tuple[tuple[Ladder, ...], list[Finding]]:
    if not source.has(LADDERS):
        return (), []
    rows = source.rows(LADDERS)
    findings, ladders = unique(rows), []
    for row in rows:
        faults = list(_faults_of_ladder(row))
        findings += faults
        if not faults:
            ladders.append(_ladder(row))
    return tuple(ladders), findings


def _faults_of_ladder(row: Row) -> Iterator[Finding]:
    yield from fields(row, _LADDER)
    yield from unique(row.rows("rungs"))
    for kind in row.texts("kinds"):
        if kind not in {str(one) for one in ENTERPRISES}:
            yield row.finding(f"“{kind}”不是企业，不能列入梯度培育，请删去。", "kinds")
    for rung in row.rows("rungs"):
        yield from fields(rung, _RUNG)
        for ask in rung.rows("all"):
            yield from _faults_of_ask(ask)


def _faults_of_ask(ask: Row) -> Iterator[Finding]:
    yield from fields(ask, {"label": str}, _ASK_MORE)
    if sum(key in ask for key in ("mark", "lacks", "fact")) != 1:
        yield ask.finding("每个条件写 mark（具备什么）、lacks（不具备什么）或 fact（哪项数据），只能写一个，请改正。")
    if ("fact" in ask) != ("at_least" in ask):
        yield ask.finding("fact 和 at_least（不低于多少）要一起写，请补上。")


def _ladder(row: Row) -> Ladder:
    rungs = tuple(
        Rung(rung.text("code"), rung.text("name"), tuple(_ask(one) for one in rung.rows("all")))
        for rung in row.rows("rungs")
    )
    kinds = tuple(SubjectKind(one) for one in row.texts("kinds"))
    return Ladder(row.text("code"), row.text("name"), kinds, row.text("task"), row.text("line"), row.text("source"), rungs)


def _ask(row: Row) -> Ask:
    return Ask(
        row.text("label"), row.text("mark"), row.text("lacks"), row.text("fact"), row.decimal("at_least"),
        row.text("percent_of"), row.number("growth_years") if "growth_years" in row else 0,
    )
