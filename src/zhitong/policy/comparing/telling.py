"""What a comparison finds, as sentences: uncovered tasks, lowered targets, questions, and how much is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhitong.policy.comparing.shapes import Coverage, Difference, Pairing
from zhitong.policy.ground.likeness import quoted
from zhitong.policy.ground.standing import Ground
from zhitong.policy.shapes import Finding, Span

SEVERITY = {"lowered": "high", "redefined": "medium"}
SAID = {"lowered": "低于上级目标", "redefined": "与上级目标口径不同"}


def findings_of(upper: Ground, lower: Ground, pairs: Sequence[Pairing], coverage: Coverage) -> Iterator[Finding]:
    """Missing tasks, then targets, then questions; spans count in the lower text and are empty where it says nothing."""
    if coverage.total:
        message = f"上级{coverage.total}项任务，下级承接{coverage.covered}项，未见对应任务的{len(coverage.missing)}项。"
        yield Finding("coverage", "low", message, holds=True)
    titles = {task.id: task.title for task in upper.works}
    for pair in pairs:
        if pair.relation == "missing" and pair.upper in titles:
            yield _missing(upper, pair, titles[pair.upper])
    for pair in pairs:
        for each in pair.differences:
            if each.what == "target" and each.verdict in SEVERITY:
                yield Finding(each.verdict, SEVERITY[each.verdict], _target(upper, pair, each), _spans(each))
            elif each.verdict == "ask":
                yield Finding("question", "low", f"{_where(upper, pair)}{each.why}", _spans(each))
        dropped = [each for each in pair.differences if each.what == "target" and each.verdict == "dropped"]
        if dropped:
            named = "、".join(quoted(each.upper or "") for each in dropped)
            yield Finding("dropped", "low", f"{_where(upper, pair)}上级的{len(dropped)}个目标没有承接：{named}。")


def _missing(upper: Ground, pair: Pairing, title: str) -> Finding:
    task = next(task for task in upper.works if task.id == pair.upper)
    asked = "（下级有相关表述，见问题）" if pair.differences else ""
    severity = "high" if upper.measured(task) else "medium"
    message = f"上级{upper.place(task.start)}{quoted(title)}，下级没有对应任务{asked}，请确认不适用或补充。"
    return Finding("missing_task", severity, message, tuple(span for each in pair.differences for span in _spans(each)))


def _target(upper: Ground, pair: Pairing, each: Difference) -> str:
    lower = f"，下级{quoted(each.lower)}" if each.lower else ""
    return f"{_where(upper, pair)}上级{quoted(each.upper or '')}{lower}，{SAID[each.verdict]}。"


def _where(upper: Ground, pair: Pairing) -> str:
    """The upper task a difference belongs to."""
    titles = {task.id: task.title for task in upper.works}
    return f"{quoted(titles[pair.upper])}：" if pair.upper in titles else ""


def _spans(each: Difference) -> tuple[Span, ...]:
    return (each.lower_span,) if each.lower_span else ()
