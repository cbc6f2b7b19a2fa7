"""What a comparison is made of; `comparison_json` gives what the command prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhitong.policy.shapes import Finding, Span


@dataclass(frozen=True)
class Difference:
    """One thing the two papers say differently; the verdict `ask` hands it to a person."""

    what: str
    """target, title, units, scope, deadline, text, or coverage (how a task without counterpart may be covered)."""
    upper: str | None
    lower: str | None
    verdict: str
    why: str
    upper_span: Span | None = None
    lower_span: Span | None = None


@dataclass(frozen=True)
class Pairing:
    """A task or mechanism of the upper paper with those of the lower one that carry it out."""

    upper: str | None
    lower: tuple[str, ...]
    relation: str
    """same, adapted, split, merged, missing or local_only."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """How many duties of the upper paper the lower one carries; `by_formula` are covered in a sentence, not by a task."""

    covered: int
    total: int
    missing: tuple[tuple[str, str], ...] = ()
    """Id and title."""
    by_formula: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """0 … 1 to three places; None where there is nothing to cover."""
        return round(self.covered / self.total, 3) if self.total else None


@dataclass(frozen=True)
class Comparison:
    """Two plans side by side: tasks in the upper paper's order, then those only the lower one has, then mechanisms."""

    tasks: tuple[Pairing, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    mechanisms: Coverage

    def lower_of(self, upper: str) -> tuple[str, ...]:
        """The ids of what carries out this task of the upper paper."""
        return next((pair.lower for pair in self.tasks if pair.upper == upper), ())


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain lists, words and numbers; spans of findings count in the lower text."""
    return {
        "tasks": [_pairing(pair) for pair in comparison.tasks],
        "findings": [
            {"kind": one.kind, "severity": one.severity, "message": one.message,
             "spans": [list(span) for span in one.spans], "holds": one.holds}
            for one in comparison.findings
        ],
        "coverage": {**_coverage(comparison.coverage), "mechanisms": _coverage(comparison.mechanisms)},
    }  # fmt: skip


def _pairing(pair: Pairing) -> dict[str, Any]:
    told = [
        {"what": one.what, "upper": one.upper, "lower": one.lower, "verdict": one.verdict, "why": one.why} for one in pair.differences
    ]  # fmt: skip
    return {"upper": pair.upper, "lower": list(pair.lower), "relation": pair.relation, "differences": told}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    missing = [{"id": known, "title": title} for known, title in coverage.missing]
    told = {"covered": coverage.covered, "total": coverage.total, "share": coverage.share, "missing": missing}
    return {**told, "by_formula": list(coverage.by_formula)}
