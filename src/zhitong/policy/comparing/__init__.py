"""Two plans side by side: what the lower one takes over, adapts, splits, merges, leaves out or adds, and how its targets differ (R-C6).

A lower paper speaks for a smaller place: a smaller quantity is `scaled`, a smaller share is `lowered`. What the two texts do
not decide carries the verdict `ask` and goes to a person as a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhitong.policy.comparing.aligning import Links, joined, links_between
from zhitong.policy.comparing.clauses import text_differences
from zhitong.policy.comparing.formulas import formula_for
from zhitong.policy.comparing.mechanisms import mechanism_pairings, mechanisms_of
from zhitong.policy.comparing.shapes import Comparison, Coverage, Difference, Pairing, comparison_json
from zhitong.policy.comparing.targets import target_differences
from zhitong.policy.comparing.telling import findings_of
from zhitong.policy.comparing.units import unit_differences
from zhitong.policy.ground.likeness import leaves_out, quoted
from zhitong.policy.ground.lists import core
from zhitong.policy.ground.standing import Ground, span_of
from zhitong.policy.shapes import Plan, Task

__all__ = ["Comparison", "Coverage", "Difference", "Pairing", "compare", "comparison_json"]


def compare(upper: Plan, lower: Plan) -> Comparison:
    """The lower plan held against the upper one; the same two plans give the same comparison."""
    ours, theirs = Ground(upper), Ground(lower)
    links = links_between(ours, theirs)
    held = joined(links, ours.works, theirs.works)
    tasks = [_pairing(ours, one, theirs, held[one.id], links) for one in ours.works]
    local = [_local(other, links) for other in theirs.works if not any(other.id == linked for _, linked in links.pairs)]
    mechanisms = mechanism_pairings(ours, theirs)
    every = (*tasks, *local, *mechanisms)
    coverage = _coverage(tasks, {one.id: one.title for one in ours.works})
    of_mechanisms = _coverage(
        [pair for pair in mechanisms if pair.upper], {one.id: one.title for one in mechanisms_of(ours)}
    )
    return Comparison(every, tuple(findings_of(ours, theirs, every, coverage)), coverage, of_mechanisms)


def _pairing(upper: Ground, one: Task, lower: Ground, others: tuple[Task, ...], links: Links) -> Pairing:
    """A task of the upper paper with what carries it, and what that says differently."""
    if not others:
        return _uncarried(upper, one, lower, links)
    is_same_place = _is_same_issuer(upper.plan, lower.plan)
    changed = [*_titles(one, others), *target_differences(upper, one, lower, others, is_same_place=is_same_place)]
    if not changed and len(others) == 1:
        changed = list(text_differences(upper, upper.body_span(one), lower, lower.body_span(others[0])))
    merged = [task for task, linked in links.pairs if linked == others[0].id]
    relation = "split" if len(others) > 1 else "merged" if len(merged) > 1 else "adapted" if changed else "same"
    return Pairing(one.id, tuple(other.id for other in others), relation, (*changed, *unit_differences(one, others)))


def _uncarried(upper: Ground, one: Task, lower: Ground, links: Links) -> Pairing:
    """No task carries it: covered in a sentence, or missing, with a question where the lower paper speaks of it."""
    formula = formula_for(one, upper.works, lower)
    if formula:
        start, end = formula.span
        said = f"{lower.place(start)}{quoted(lower.text[start:end])}"
        verdict = "formula" if formula.is_enough else "ask"
        told = Difference(
            "coverage", one.title, said, verdict, f"{formula.reason}：{said}。", span_of(one), formula.span
        )
        return Pairing(one.id, (), "adapted" if formula.is_enough else "missing", (told,))
    near = [bond for bond in links.faint if bond.upper.id == one.id][:1]
    return Pairing(one.id, (), "missing", tuple(_asking(bond.upper, bond.lower) for bond in near))


def _local(other: Task, links: Links) -> Pairing:
    near = [bond for bond in links.faint if bond.lower.id == other.id][:1]
    return Pairing(None, (other.id,), "local_only", tuple(_asking(bond.upper, bond.lower) for bond in near))


def _asking(one: Task, other: Task) -> Difference:
    why = f"上级{quoted(one.title)}与下级{quoted(other.title)}有相近内容，是否对应请确认。"
    return Difference("coverage", one.title, other.title, "ask", why, span_of(one), span_of(other))


def _titles(one: Task, others: Sequence[Task]) -> Iterator[Difference]:
    for other in others:
        before, after = core(one.title), core(other.title)
        if before == after:
            continue
        spans = (one.start, one.body_start or one.end), (other.start, other.body_start or other.end)
        is_torn = len(before) - len(after) == 1 and leaves_out(after, before)
        why = "疑似缺字，请对照原件。" if is_torn else f"标题由{quoted(one.title)}改为{quoted(other.title)}。"
        yield Difference("title", one.title, other.title, "ask" if is_torn else "changed", why, *spans)


def _coverage(pairs: Sequence[Pairing], titles: dict[str, str]) -> Coverage:
    missing = tuple((pair.upper, titles[pair.upper]) for pair in pairs if pair.upper and pair.relation == "missing")
    by_formula = tuple(pair.upper for pair in pairs if pair.upper and pair.relation == "adapted" and not pair.lower)
    return Coverage(len(pairs) - len(missing), len(pairs), missing, by_formula)


def _is_same_issuer(upper: Plan, lower: Plan) -> bool:
    """Two papers of one issuer, as of two years: then a smaller quantity is a lower target."""
    return bool(set(upper.document.issuer) & set(lower.document.issuer))
