"""What had been done about a problem, in the words of a ledger's cells: measures, progress, outcome, rating."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.bulletins.queries.ledgers.then import Stood, day_said
from zhitong.domain.history.queries import Mention
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import Outcome, State

_MEASURES: Mapping[str, tuple[str, str]] = {
    ProblemFact.DISPATCHED.value: ("note", "交办要求"), ProblemFact.DESIGNATED.value: ("note", "指定承办"),
    ProblemFact.ACKNOWLEDGED.value: ("contact", "联系企业"), ProblemFact.CONTACTED.value: ("contact", "联系企业"),
    ProblemFact.COORDINATED.value: ("decided", "协调议定"), ProblemFact.ADVISED.value: ("text", "上级意见"),
}
"""Which words of which act are a measure, and what they are called."""
_STOPPED: Mapping[str, str] = {ProblemFact.PAUSED.value: "reason", ProblemFact.PARKED.value: "reason"}


def measures_of(one: Stood) -> str:
    """What was laid down and set about, oldest first, each with its day."""
    return "\n".join(said for fact in one.told if (said := _measure(fact)))


def progress_of(one: Stood) -> str:
    """How the problem stood, and what was last told of it."""
    last = next((fact for fact in reversed(one.told) if fact.kind == ProblemFact.REPLIED.value), None)
    told = f"{day_said(last.at)}：{last.words.get('text') or ''}" if last else ""
    stopped = next((fact for fact in reversed(one.told) if fact.kind in _STOPPED), None)
    if one.state in (State.PAUSED, State.PARKED) and stopped is not None:
        told = f"{day_said(stopped.at)}：{stopped.words.get(_STOPPED[stopped.kind]) or ''}\n{told}".strip()
    return f"{one.state.label}\n{told}".strip()


def outcome_of(one: Stood) -> str:
    """The answer that stood, with its honest outcome; empty while there was none."""
    if one.answer is None:
        return ""
    planned = f"（计划{one.answer.planned_on}完成）" if one.answer.outcome is Outcome.PLANNED and one.answer.planned_on else ""
    return f"{one.answer.outcome.label}{planned}：{one.answer.text}"


def rating_of(one: Stood) -> str:
    """What the reporter said of it; silence is no satisfaction."""
    if one.answer is None:
        return ""
    return one.answer.rating.label if one.answer.rating else "未评价"


def _measure(fact: Mention) -> str:
    key, called = _MEASURES.get(fact.kind, ("", ""))
    words = fact.words.get(key) or ""
    return f"{day_said(fact.at)}{called}：{words}" if words else ""
