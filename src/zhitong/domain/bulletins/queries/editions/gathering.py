"""Gathering what a circular or a brief is composed from: a territory's facts of the time up to a cut-off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import connection

from zhitong.domain.analysis.queries.overseeing import overseen
from zhitong.domain.bulletins.queries.editions.counting import counts_by_region, counts_by_unit
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.composing.brief import brief
from zhitong.domain.bulletins.rules.composing.circular import circular
from zhitong.domain.bulletins.rules.composing.material import Adopted, Group, Material, Solved
from zhitong.domain.bulletins.rules.drawn import Drawn
from zhitong.domain.bulletins.rules.measures import Contender, Counts, standings
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind, UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.queries.briefing import adopted_between
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.queries.overview import Slice, movement, overview
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import Outcome, Rating
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.domain.tallies.rules import TREE
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.official.wording import moment_on_paper
from zhitong.kit.refusals import NotFound, Refused

DRAWN_BY = {PaperKind.CIRCULAR: circular, PaperKind.BRIEF: brief}
"""The kinds of editions that are drawn from facts, each with what composes it."""
CATEGORIES_NAMED = 3
_GROUPED = {
    (Rank.CITY, RegionKind.DIVISION): "市", (Rank.COUNTY, RegionKind.DIVISION): "县（市、区）",
    (Rank.TOWNSHIP, RegionKind.DIVISION): "乡镇（街道）", (Rank.CITY, RegionKind.ZONE): "市级功能区",
    (Rank.COUNTY, RegionKind.ZONE): "功能区", (Rank.TOWNSHIP, RegionKind.ZONE): "园区",
}
"""Like with like: regions of one rank, functional zones apart."""
_DEPARTMENTS = {Rank.PROVINCE: "省直部门", Rank.CITY: "市直部门", Rank.COUNTY: "县（区）直部门", Rank.TOWNSHIP: "乡镇部门"}
_TYPICAL = f"""
SELECT problem.id, answer.unit_id, answer.text
FROM problems_problem problem
JOIN problems_stay stay ON stay.problem_id = problem.id AND stay.since <= %(until)s AND (stay.until IS NULL OR stay.until > %(until)s)
    AND stay.state = 'closed' AND stay.since > %(since)s AND NOT stay.confidential
JOIN ({TREE}) AS tree ON tree.node = stay.region_id AND tree.ancestor = %(region)s
    AND (tree.since IS NULL OR tree.since <= %(today)s) AND (tree.until IS NULL OR tree.until > %(today)s)
JOIN LATERAL (SELECT id, unit_id, text, outcome FROM problems_answer
              WHERE problem_id = problem.id AND answered_at <= %(until)s ORDER BY answered_at DESC, id DESC LIMIT 1) AS answer ON true
JOIN problems_verdict verdict ON verdict.answer_id = answer.id AND verdict.at <= %(until)s
WHERE answer.outcome = %(solved)s AND verdict.rating = %(good)s AND NOT problem.unnamed AND NOT problem.recorded
ORDER BY (SELECT count(*) FROM problems_escalation up WHERE up.problem_id = problem.id AND up.sent_at <= %(until)s) DESC,
         stay.since DESC, problem.id
LIMIT 1
"""


def drawn(viewer: Viewer, kind: PaperKind, region_id: UUID, at: datetime) -> Drawn:
    """A paper of a kind on the month that the cut-off lies in, up to it; the same cut-off gives the same figures for ever.

    About twenty statements and two for the groups, whatever the territory.
    Raises NotFound: the kind is drawn by nobody, or the region is not wholly the viewer's. Raises Refused: the cut-off is to
    come, or lies before what is known.
    """
    if kind not in DRAWN_BY:
        raise NotFound
    return DRAWN_BY[kind](gathered(viewer, region_id, at))


def gathered(viewer: Viewer, region_id: UUID, at: datetime) -> Material:
    """The material of a territory for the month up to a cut-off.

    Raises NotFound: the region is not wholly the viewer's to oversee. Raises Refused: no figures are known of the time.
    """
    seen, here = overseen(viewer, region_id), directory()
    if seen.lines is not None:
        raise NotFound
    since = month_before(at)
    office = here.office(region_id)
    moved = movement(viewer, region_id, since, at).whole
    standing = overview(viewer, region_id, at, at=at)
    if not moved.after.reported:
        raise Refused(f"截至{moment_on_paper(at)}，{seen.region.name}还没有问题，没有可以通报的数字。请换一个统计截止时间。")
    groups = tuple(_groups(seen.region, since, at, here))
    return Material(
        seen.region.id, seen.region.code, seen.region.name, office.name if office else "", _below(seen.region, here), since, at,
        words_of(at), moved.before, moved.after, counts_by_region([region_id], since, at)[region_id], groups,
        _waiting(standing.slices.get(Dimension.CATEGORY, ())), _typical(viewer, region_id, since, at, here),
        tuple(Adopted(one.title, one.text, one.unit) for one in adopted_between(region_id, since, at)),
    )


def month_before(at: datetime) -> datetime:
    """The last second before the month in which a moment lies."""
    first = day_of(at).replace(day=1)
    return datetime.combine(first, time(), SHANGHAI) - timedelta(seconds=1)


def words_of(at: datetime) -> str:
    """The month of a cut-off as a paper says it: 2018年8月, or up to its day where the month is not over."""
    day = day_of(at)
    month = f"{day.year}年{day.month}月"
    is_whole = day_of(at + timedelta(seconds=1)).month != day.month
    return month if is_whole else f"{month}1日至{day.day}日"


def _groups(region: RegionEntry, since: datetime, at: datetime, here: Directory) -> Iterator[Group]:
    """The regions below by kind, and the departments of the region's own level."""
    children = here.children(region.id)
    counted = counts_by_region([one.id for one in children], since, at)
    for kind, name in _GROUPED.items():
        like = [one for one in children if (one.rank, one.kind) == kind]
        if len(like) > 1:
            yield Group(name, "region", standings(_region(one, counted[one.id], here) for one in like))
    units = [
        one for one in here.units.values()
        if one.region_id == region.id and one.kind is UnitKind.DEPARTMENT and not one.is_consulted
    ]
    if len(units) > 1:
        counted = counts_by_unit([one.id for one in units], since, at)
        yield Group(_DEPARTMENTS[region.rank], "unit",
                    standings(Contender(one.code, one.name, one.id, one.id, counted[one.id]) for one in units))


def _region(region: RegionEntry, counts: Counts, here: Directory) -> Contender:
    answers = _answers_for(region, here)
    return Contender(region.code, region.name, region.id, answers.id if answers else None, counts)


def _answers_for(region: RegionEntry, here: Directory) -> UnitEntry | None:
    """The unit that answers for a region's figures: its own campaign office, else its government."""
    own = [unit for unit in here.units.values() if unit.region_id == region.id]
    for kind in (UnitKind.CAMPAIGN_OFFICE, UnitKind.GOVERNMENT):
        found = sorted((unit for unit in own if unit.kind is kind), key=lambda unit: unit.code)
        if found:
            return found[0]
    return None


def _below(region: RegionEntry, here: Directory) -> str:
    names = [_GROUPED[one.rank, one.kind] for one in here.children(region.id) if (one.rank, one.kind) in _GROUPED]
    return "、".join(f"各{name}" for name in dict.fromkeys(names)) or "各有关单位"


def _waiting(slices: Iterable[Slice]) -> tuple[tuple[str, str, int], ...]:
    """The categories of which most are not settled, by their names: kinds of subjects share some."""
    named: dict[str, tuple[str, int]] = {}
    for one in sorted(slices, key=lambda one: (one.key, one.kind)):
        key, number = named.get(one.label, (f"{one.kind}.{one.key}", 0))
        named[one.label] = key, number + one.numbers.unsettled
    most = sorted(named.items(), key=lambda item: (-item[1][1], item[0]))[:CATEGORIES_NAMED]
    return tuple((key, label, number) for label, (key, number) in most if number)


def _typical(viewer: Viewer, region_id: UUID, since: datetime, at: datetime, here: Directory) -> Solved | None:
    """The solved problem that climbed most and that its firm was satisfied with; never a confidential or an unnamed one."""
    asked = {
        "region": region_id, "since": since, "until": at, "today": day_of(at), "solved": Outcome.SOLVED.value,
        "good": Rating.SATISFIED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TYPICAL, asked)
        row = cursor.fetchone()
    head = next(iter(heads_for(viewer, ids=[row[0]]).values()), None) if row else None
    if head is None:
        return None
    book = rulebook(head.standing.campaign)
    return Solved(
        head.standing.number, head.subject_name, book.label(head.standing.subject_kind, head.standing.category),
        here.regions[head.standing.region_id].name, here.name_of(row[1]), head.text, row[2],
    )
