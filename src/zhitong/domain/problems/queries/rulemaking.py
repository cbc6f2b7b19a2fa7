"""The routing rules in order with how often each was right, and where others would send problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.models import Problem, RoutingRow, Spell
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.routing import Route, RoutingRule, route, traits_of
from zhitong.domain.problems.rules.rulemaking import Draft, faults_of_rules
from zhitong.domain.subjects.rules.kinds import PlatformKind, ProjectStage, ServiceSubKind, SubjectKind
from zhitong.domain.tallies.queries import counts
from zhitong.kit.choices import Word
from zhitong.kit.clock import day_of

LOOKED_BACK = timedelta(days=92)
"""A quarter, for what-if and for designations that may become a rule."""
MOST = 2000
SAMPLES = 12


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in words, and in the viewer's territory how often it was used this quarter and how often it was right.

    `used` and `right` are None for a viewer whose figures are not a territory's.
    """

    draft: Draft
    asks: tuple[tuple[str, str], ...]
    leads: tuple[str, ...]
    support: tuple[str, ...]
    direct: str
    is_of_office: bool
    used: int | None
    right: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Designations of one category in one region to one unit: what may become a rule."""

    category: str
    region: str
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a campaign in order; `opened` is what a saving has to name."""

    campaign: str
    opened: str
    lines: tuple[RuleLine, ...]
    candidates: tuple[Candidate, ...]
    may_save: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A past problem that other rules would send elsewhere."""

    number: str
    subject: str
    category: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Where other rules would have sent the problems of the last quarter, newest first, at most MOST of them."""

    looked_at: int
    is_whole: bool
    elsewhere: int
    to_desk: int
    samples: tuple[Elsewhere, ...] = field(default_factory=tuple)


def rules_of(viewer: Viewer, campaign: str, *, now: datetime) -> Rules:
    """The routing rules with their use this quarter; four queries whatever the number of rules.

    Raises NotYours: the post neither dispatches nor oversees.
    """
    require(viewer, Permission.DISPATCH)
    here, book = directory(), rulebook(campaign)
    rows = list(RoutingRow.objects.filter(campaign=campaign).order_by("position"))
    used = _used(viewer, day_of(now))
    top = here.office(here.root().id)
    return Rules(
        campaign, max((row.saving for row in rows), default=""),
        tuple(_line(row, here, book, used) for row in rows), _candidates(here, book, now),
        top is not None and viewer.unit_id == top.id,
    )


def drafts_of(campaign: str) -> list[Draft]:
    """The rules of a campaign as they are written, in order."""
    codes = {line.id: line.code for line in directory().lines.values()}
    rows = RoutingRow.objects.filter(campaign=campaign).order_by("position")
    return [_draft(row, codes[row.line_id]) for row in rows]


def faults_of(campaign: str, drafts: Sequence[Draft]) -> list[str]:
    """Everything wrong with a set of rules for a campaign, in sentences."""
    here, book = directory(), rulebook(campaign)
    charged = {line_id for unit in here.units.values() if not unit.is_consulted or unit.contact_unit_id
               for line_id in unit.line_ids}
    return faults_of_rules(
        drafts, lines={line.code for line in here.lines.values()},
        charged_lines={here.lines[line_id].code for line_id in charged},
        categories={code for _kind, code in book.categories},
    )


def what_if(viewer: Viewer, campaign: str, drafts: Sequence[Draft], *, now: datetime) -> WhatIf:
    """Run a set of rules over the problems of the last quarter that the viewer sees; nothing is changed. One query.

    Raises NotYours: the post does not dispatch. The rules must be sound: see `faults_of`.
    """
    require(viewer, Permission.DISPATCH)
    here, book = directory(), rulebook(campaign)
    wanted = rules_from(drafts, here)
    past: list[dict[str, Any]] = list(
        Problem.objects.filter(campaign=campaign, submitted_at__gte=now - LOOKED_BACK).order_by("-id").values(
            "number", "subject_name", "subject_kind", "category", "tier", "region_id", "subject__sub_kind",
            "subject__stage",
        )[:MOST + 1]  # type: ignore[arg-type]
    )
    moved = [
        (row, before, after) for row in past[:MOST]
        for before, after in [(_routed(row, book.routing, here), _routed(row, wanted, here))]
        if (before.unit, before.joint_unit_ids) != (after.unit, after.joint_unit_ids)
    ]
    return WhatIf(
        min(len(past), MOST), len(past) <= MOST, len(moved), sum(after.unit is None for _row, _before, after in moved),
        tuple(_elsewhere(row, before, after, book) for row, before, after in moved[:SAMPLES]),
    )


def rules_from(drafts: Iterable[Draft], here: Directory) -> list[RoutingRule]:
    """Rules as routing reads them, of those in force."""
    lines = {line.code: line.id for line in here.lines.values()}
    return [
        RoutingRule(
            one.code, lines[one.lead], tuple(lines[code] for code in one.support),
            {name: frozenset(values) for name, values in one.asks.items() if values}, one.words,
            tuple(lines[code] for code in one.joint), Rank(one.direct) if one.direct else None,
        )
        for one in drafts if one.in_force
    ]


def _routed(row: dict[str, Any], rules: Sequence[RoutingRule], here: Directory) -> Route:
    traits = traits_of(
        kind=row["subject_kind"], sub_kind=row["subject__sub_kind"] or "", stage=row["subject__stage"] or "",
        category=row["category"], tier=row["tier"], path=here.path(row["region_id"]),
    )
    return route(traits=traits, region_id=row["region_id"], rules=rules, directory=here)


def _elsewhere(row: dict[str, Any], before: Route, after: Route, book: Rulebook) -> Elsewhere:
    desk = "属地活动办公室人工交办"
    return Elsewhere(
        row["number"], row["subject_name"], book.label(row["subject_kind"], row["category"]),
        before.unit.name if before.unit else desk, after.unit.name if after.unit else desk,
    )


def _used(viewer: Viewer, today: date) -> dict[str, tuple[int, int]] | None:
    """How often each rule was used in the viewer's territory this quarter, and how often it was right."""
    if viewer.reach is not Reach.SUBTREE:
        return None
    where: dict[str, Sequence[str]] = {"quarter": [cuts.quarter_of(today)]}
    found: dict[str, tuple[int, int]] = {}
    for (_node, rule, right), number in counts(cuts.RULES, [viewer.region_id], by=("rule", "right"), where=where).items():
        used, was_right = found.get(str(rule), (0, 0))
        found[str(rule)] = (used + number, was_right + (number if str(right) == "yes" else 0))
    return found


def _draft(row: RoutingRow, lead: str) -> Draft:
    return Draft(
        row.code, lead, row.words, tuple(row.joint), tuple(row.support), row.direct,
        {name: tuple(values) for name, values in row.asks.items()}, row.in_force,
    )


def _line(row: RoutingRow, here: Directory, book: Rulebook, used: dict[str, tuple[int, int]] | None) -> RuleLine:
    names = {line.code: line.name for line in here.lines.values()}
    draft = _draft(row, here.lines[row.line_id].code)
    number, right = (None, None) if used is None else used.get(cuts.rule_key(row.campaign, row.code), (0, 0))
    return RuleLine(
        draft, tuple((trait, "、".join(_word(trait, value, here, book) for value in values))
                     for trait, values in draft.asks.items()),
        tuple(names[code] for code in (draft.lead, *draft.joint)), tuple(names[code] for code in draft.support),
        Rank(draft.direct).label if draft.direct else "", bool(row.saving), number, right,
    )


_WORDS_OF: dict[str, Sequence[Word]] = {
    "kind": list(SubjectKind), "sub_kind": [*PlatformKind, *ServiceSubKind], "stage": list(ProjectStage),
    "rank": list(Rank), "tier": list(Rank),
}
"""The words behind the values of traits."""


def _word(trait: str, value: str, here: Directory, book: Rulebook) -> str:
    """A value that a rule asks for, as people call it."""
    if trait == "category":
        labels = dict.fromkeys(one.label for (_kind, code), one in book.categories.items() if code == value)
        return "或".join(labels) or value
    if trait in _WORDS_OF:
        return next((word.label for word in _WORDS_OF[trait] if word.value == value), value)
    if trait == "region":
        region = here.region_coded(value)
        return region.name if region else value
    return value


def _candidates(here: Directory, book: Rulebook, now: datetime) -> tuple[Candidate, ...]:
    """Designations of the last quarter that the viewer sees, the most frequent first; read from their own index."""
    rows = Spell.objects.filter(designated=True, started_at__gte=now - LOOKED_BACK, problem__campaign=book.campaign)
    found = Counter(
        rows.order_by("-started_at").values_list(
            "problem__subject_kind", "problem__category", "problem__region_id", "unit_id"
        )[:MOST]
    )
    return tuple(
        Candidate(book.label(kind, category), here.regions[region_id].name, here.units[unit_id].name, count)
        for (kind, category, region_id, unit_id), count in sorted(
            found.items(), key=lambda one: (-one[1], str(one[0]))
        )
    )
