"""The rounds' part of a campaign package: `rounds.yaml`, when the rounds of a template open by themselves, who accepts,
who is reminded when. Parsed and checked with file and line. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhitong.domain.cards.rules.lateness import LONGEST_REVIEW, USUAL_REVIEW
from zhitong.domain.cards.rules.reminding import USUAL_GRACE, grace_trouble
from zhitong.domain.cards.rules.rounds import USUAL_PROOF, ExcuseReason
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.kit.source import Finding, Row, Source, fields, known, unique

FILE = "rounds.yaml"
_ROUND = {"template": str, "opens": int, "due": int, "locked": int}
_ROUND_MORE = {"accepted_by": list[str], "grace": Row, "review": int, "proof": list[str]}
_GRACE = dict.fromkeys(USUAL_GRACE, int)
LAST_DAY = 28
"""Days are days of the month after the period; every month has this one."""


@dataclass(frozen=True, slots=True)
class TimetableRecord:
    """When the rounds of a template open, are due and locked; the levels above the collecting office that accept too,
    how
    many working days a level may keep a card, and which excuses need a paper or a photo."""

    template_code: str
    opens_day: int
    due_day: int
    locked_day: int
    review_ranks: tuple[str, ...]
    grace: dict[str, int]
    review_workdays: int = USUAL_REVIEW
    proof_reasons: tuple[str, ...] = tuple(map(str, USUAL_PROOF))


def parse(source: Source, templates: Sequence[str]) -> tuple[list[TimetableRecord], list[Finding]]:
    """Every timetable of a package and everything wrong with them; one with an error is left out."""
    rows = source.rows(FILE) if source.has(FILE) else []
    findings = unique(rows, "template")
    records = []
    for row in rows:
        faults = list(_faults(row, templates))
        findings += faults
        if not faults:
            records.append(_record(row))
    return records, findings


def _faults(row: Row, templates: Sequence[str]) -> Iterator[Finding]:
    yield from fields(row, _ROUND, _ROUND_MORE)
    yield from known(row, "template", templates, "这个活动包的卡片式样")
    if "grace" in row:
        yield from fields(row.row("grace"), {}, _GRACE)
        trouble = grace_trouble({**USUAL_GRACE, **_days(row)})
        if trouble:
            yield row.finding(trouble, "grace")
    if "review" in row and not 0 <= row.number("review") <= LONGEST_REVIEW:
        yield row.finding(f"一级审核可用的时间须在0到{LONGEST_REVIEW}个工作日之间。", "review")
    ranks = [str(rank) for rank in Rank]
    for rank in row.texts("accepted_by"):
        if rank not in ranks:
            yield row.finding(f"层级“{rank}”不认识，可用的是{'、'.join(ranks)}。", "accepted_by")
    reasons = [str(reason) for reason in ExcuseReason]
    for reason in row.texts("proof"):
        if reason not in reasons:
            yield row.finding(f"未报原因“{reason}”不认识，可用的是{'、'.join(reasons)}。", "proof")
    days = [row.number(name) for name in ("opens", "due", "locked")]
    if days != sorted(days) or not all(1 <= day <= LAST_DAY for day in days):
        yield row.finding(f"开始、截止和锁定须依次在后，都是1到{LAST_DAY}日。", "opens")


def _days(row: Row) -> dict[str, int]:
    given = row.row("grace")
    return {level: given.number(level) for level in USUAL_GRACE if level in given}


def _record(row: Row) -> TimetableRecord:
    return TimetableRecord(
        row.text("template"), row.number("opens"), row.number("due"), row.number("locked"),
        tuple(row.texts("accepted_by")), {**USUAL_GRACE, **_days(row)},
        row.number("review") if "review" in row else USUAL_REVIEW,
        tuple(row.texts("proof")) if "proof" in row else tuple(map(str, USUAL_PROOF)),
    )
