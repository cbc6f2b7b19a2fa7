"""The campaign's rulebook as acts use it: categories, routing, limits; read anew only when a loading or an
office's saving changed it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from zhitong.domain.calendars.rules import LimitUnit
from zhitong.domain.organisations.models import Line
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import read_once
from zhitong.domain.problems.models import Category, LimitRow, RoutingRow, SampleRow
from zhitong.domain.problems.rules.kinds import UNDECIDED, UNDECIDED_WORDS, CheckKind, Stage
from zhitong.domain.problems.rules.limits import Limit
from zhitong.domain.problems.rules.routing import RoutingRule
from zhitong.domain.problems.rules.sampling import Share


@dataclass(frozen=True, slots=True)
class CategoryEntry:
    """A category as reporters and lists show it."""

    kind: str
    code: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What one campaign lays down for problems."""

    campaign: str
    categories: dict[tuple[str, str], CategoryEntry]
    routing: tuple[RoutingRule, ...]
    limits: tuple[Limit, ...]
    samples: dict[CheckKind, Share]

    def label(self, kind: str, code: str) -> str:
        """A category's label; its bare code when the package no longer has it."""
        if code == UNDECIDED:
            return UNDECIDED_WORDS
        entry = self.categories.get((kind, code)) or (None if kind else self._of_any_kind(code))
        return entry.label if entry else code

    def has(self, kind: str, code: str) -> bool:
        """Whether a matter of this kind of subject may have the category; without a known subject that of any kind."""
        return (kind, code) in self.categories or code == UNDECIDED or (not kind and self._of_any_kind(code) is not None)

    def _of_any_kind(self, code: str) -> CategoryEntry | None:
        return next((entry for entry in self.categories.values() if entry.code == code), None)

    def of_kind(self, kind: str) -> list[CategoryEntry]:
        """The categories of one kind of subject, in the package's order; of an unknown subject those of any kind, each once."""
        if not kind:
            return list({entry.code: entry for entry in reversed(self.categories.values())}.values())[::-1]
        return [entry for entry in self.categories.values() if entry.kind == kind]


_kept: dict[str, tuple[tuple[str, int, str], Rulebook]] = {}


MARK = """
SELECT %(campaign)s, last_value, (SELECT coalesce(max(saving), '') FROM problems_routing WHERE campaign = %(campaign)s)
FROM problems_rulebook_version
"""


def rulebook(campaign: str) -> Rulebook:
    """The rulebook in force; one small query to know whether it changed."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"campaign": campaign})
        return rulebook_as_marked(*cursor.fetchone())


def rulebook_as_marked(campaign: str, loaded: int, saved: str) -> Rulebook:
    """The rulebook of a campaign when its mark is already known; no query while it is the one that is kept."""
    mark = (str(connection.settings_dict["NAME"]), int(loaded), str(saved))
    kept = _kept.get(campaign)
    if kept is None or kept[0] != mark:
        kept = _kept[campaign] = (mark, _read(campaign))
    known = read_once()
    if known is not None:
        known[f"rulebook:{campaign}"] = kept[1]
    return kept[1]


def rulebook_at_hand(campaign: str) -> Rulebook:
    """The rulebook for words that are only shown: as it was last read in this request, else as it is in force."""
    found: Rulebook | None = (read_once() or {}).get(f"rulebook:{campaign}")
    return found or rulebook(campaign)


def _read(campaign: str) -> Rulebook:
    rows = Category.objects.filter(campaign=campaign).order_by("position")
    categories = {(row.kind, row.code): CategoryEntry(row.kind, row.code, row.label, row.help) for row in rows}
    lines: dict[str, UUID] = dict(Line.objects.values_list("code", "id"))
    routing = tuple(
        RoutingRule(
            row.code, row.line_id, tuple(lines[code] for code in row.support),
            {name: frozenset(values) for name, values in row.asks.items()}, row.words,
            tuple(lines[code] for code in row.joint), Rank(row.direct) if row.direct else None,
        )
        for row in RoutingRow.objects.filter(campaign=campaign, in_force=True).order_by("position")
    )
    limits = tuple(
        Limit(Stage(row.stage), row.amount, LimitUnit(row.unit),
              {name: frozenset(values) for name, values in row.asks.items()})
        for row in LimitRow.objects.filter(campaign=campaign).order_by("position")
    )
    samples = {
        CheckKind(row.kind): Share(CheckKind(row.kind), row.per_hundred, row.at_least)
        for row in SampleRow.objects.filter(campaign=campaign)
    }
    return Rulebook(campaign, categories, routing, limits, samples)
