"""Quantities, deadlines and the campaign's days against the hand-made reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from zhitong.policy.scoring.counting import Part, Row, agreed, overlap

Pairs = list[tuple[Row, Row]]


def figures_parts(plan: Row, gold: Row) -> Iterator[Part]:
    """indicators (value, unit and comparator all right), deadlines, kinds, classes, scopes, restatements, timeline."""
    found, true = plan.get("indicators", ()), gold.get("indicators", ())
    pairs = _matched(found, true)
    certain = [(one, row) for one, row in pairs if not row.get("optional")]
    yield _indicators(found, true, pairs)
    yield _deadlines(certain, [row for row in true if not row.get("optional")])
    yield agreed("kinds", certain, lambda one, row: one["kind"] in (row["kind"], *row.get("kind_alt", ())), _named)
    yield agreed("classes", certain, lambda one, row: one["class"] == row["class"], _named)
    yield agreed("scopes", certain, _is_same_scope, _named)
    yield agreed("tasks of indicators", certain, lambda one, row: one["task_id"] == row["task_id"], _named)
    yield _restated(pairs)
    yield _timeline(plan.get("timeline", ()), gold.get("timeline", ()))


def _matched(found: Sequence[Row], true: Sequence[Row]) -> Pairs:
    """Each quantity of the hand-made reading with the one of the plan that shares most of its text; the value decides first."""
    ranked = sorted(
        (
            (_amount(one) == _amount(row), _agrees(one, row), _shared(one, row), -left, -right)
            for right, row in enumerate(true) for left, one in enumerate(found) if overlap(one, row) > 0
        ),
        reverse=True,
    )
    used: set[tuple[str, int]] = set()
    pairs: Pairs = []
    for is_same, _, _, left, right in ranked:
        both = {("found", left), ("true", right)}
        if is_same and used.isdisjoint(both):
            used |= both
            pairs.append((found[-left], true[-right]))
    return sorted(pairs, key=lambda pair: int(pair[1]["start"]))


def _shared(one: Row, row: Row) -> float:
    longest = max(one["end"] - one["start"], row["end"] - row["start"])
    return overlap(one, row) / longest if longest else 0.0


def _amount(row: Row) -> tuple[Decimal, ...]:
    """The value, or both ends of a range; empty for what is only dated."""
    values = row.get("values") or ([] if row.get("value") is None else [row["value"]])
    return tuple(Decimal(str(value)) for value in values)


def _agrees(one: Row, row: Row) -> bool:
    """Whether unit and comparator are as good."""
    units = {_unit(unit) for unit in (row.get("unit"), *row.get("unit_accept", ()))}
    comparators = {row.get("comparator"), *row.get("comparator_accept", ())}
    return _unit(one.get("unit")) in units and one.get("comparator") in comparators


def _unit(printed: Any) -> str:
    return str(printed or "").replace("％", "%").replace(" ", "")


def _indicators(found: Sequence[Row], true: Sequence[Row], pairs: Pairs) -> Part:
    """What is marked optional on either side counts neither way."""
    partners = {id(one): row for one, row in pairs}
    matched = {id(row) for _, row in pairs}
    certain = [row for row in true if not row.get("optional")]
    loose = [one for one in found if id(one) not in partners and not one.get("optional")]
    right = [row for one, row in pairs if not row.get("optional") and _agrees(one, row)]
    wrong = [(one, row) for one, row in pairs if not row.get("optional") and not _agrees(one, row)]
    return Part(
        "indicators", len(right), len(right) + len(wrong) + len(loose), len(certain),
        tuple(_named(row) for row in certain if id(row) not in matched) + tuple(_named(row) for _, row in wrong),
        tuple(_named(one) for one in loose) + tuple(_named(one) for one, _ in wrong),
    )


def _named(row: Row) -> str:
    amount = "–".join(str(value) for value in _amount(row))
    said = f"{row.get('comparator') or ''}{amount}{row.get('unit') or ''}"
    return " ".join(part for part in (row["id"], said, row.get("scope"), row.get("deadline"), row["text"]) if part)


def _deadlines(pairs: Pairs, true: Sequence[Row]) -> Part:
    """An unstated deadline must stay empty, a stated one be told; one whose quantity was not found is missed too."""
    told = [(one, row) for one, row in pairs if one.get("deadline")]
    right = [(one, row) for one, row in told if row.get("deadline") and _is_due(str(one["deadline"]), row)]
    kept = {id(row) for pair in right for row in pair}
    due = [row for row in true if row.get("deadline")]
    return Part(
        "deadlines", len(right), len(told), len(due),
        tuple(_named(row) for row in due if id(row) not in kept),
        tuple(_named(one) for one, _ in told if id(one) not in kept),
    )


def _is_due(deadline: str, row: Row) -> bool:
    good = [row["deadline"], *row.get("deadline_accept", ())]
    if row.get("deadline_fuzzy") and row.get("deadline_month"):
        good.append(row["deadline_month"])
    return any(deadline == one or (len(one) == len("2018-06") and deadline.startswith(one)) for one in good)


def _is_same_scope(one: Row, row: Row) -> bool:
    return one.get("scope") in (row.get("scope"), *row.get("scope_accept", ()))


def _restated(pairs: Pairs) -> Part:
    """Links between two places that state one target, told by the hand-made reading's ids."""
    names = {one["id"]: row["id"] for one, row in pairs}
    true = {(row["id"], other) for _, row in pairs for other in _links(row)}
    found = {(row["id"], names.get(other, other)) for one, row in pairs for other in _links(one)}
    return Part(
        "restatements", len(true & found), len(found), len(true),
        tuple(sorted(f"{one} → {other}" for one, other in true - found)),
        tuple(sorted(f"{one} → {other}" for one, other in found - true)),
    )


def _links(row: Row) -> tuple[str, ...]:
    linked = row.get("restated_by")
    return (linked,) if isinstance(linked, str) else tuple(linked or ())


def _timeline(found: Sequence[Row], true: Sequence[Row]) -> Part:
    """Days matched by their text; the time said must be as good."""
    free = list(found)
    right, missed = 0, []
    for row in true:
        near = [one for one in free if overlap(one, row) > 0]
        partner = next((one for one in near if _is_when(one.get("when"), row)), None)
        if partner is not None:
            free.remove(partner)
            right += not row.get("optional")
        elif not row.get("optional"):
            missed.append(f"{row.get('when')} {row['text']}")
    expected = sum(not row.get("optional") for row in true)
    return Part(
        "timeline", right, right + len(free), expected, tuple(missed), tuple(f"{one.get('when')} {one['text']}" for one in free)
    )


def _is_when(when: Any, row: Row) -> bool:
    good = [row.get("when"), row.get("latest"), *row.get("when_accept", ())]
    return when in good or any(one and when and str(when).startswith(str(one)) for one in good)
