"""How far collection is: the figures of a round, and its tables by region, by list and by caring unit, from the tallies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.queries import (
    collection_by_care,
    collection_by_list,
    collection_meter,
    count_of_flags,
)
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.cards.rules.rounds import WANTING, MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.lists import names_of_lists
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.cards.filters import OWING, Looking, Narrowable
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Figure
from zhitong.web.shell.words import day_in_words, figure_in_words

NAMES, REGION, LIST, CARE, OURS = "names", "region", "list", "care", "ours"
WAYS = (NAMES, REGION, LIST, CARE, OURS)


@dataclass(frozen=True)
class MeterLine:
    """Collection as a line of a table; numbers lead to the names behind them."""

    name: str
    url: str
    collection: Collection
    counts: Sequence[int]
    cells: Sequence[tuple[str, str]]
    share: int
    rate: str
    timeliness: str


COLUMNS = (
    Column("name", gettext_lazy("名称"), value=lambda line: line.name),
    *(
        Column(name, label, Kind.NUMBER, gettext_lazy("户"), value=lambda line, place=place: line.counts[place])
        for place, (name, label) in enumerate((
            ("owed", gettext_lazy("应报")), ("own", gettext_lazy("自报")), ("confirmed", gettext_lazy("代填已确认")),
            ("for_firm", gettext_lazy("代填待确认")), ("wanting", gettext_lazy("未报")), ("refused", gettext_lazy("拒报、无法联系")),
            ("excused", gettext_lazy("核减")), ("late", gettext_lazy("本户迟报")), ("late_above", gettext_lazy("上级原因迟报")),
        ))
    ),
    Column("rate", gettext_lazy("采集率"), Kind.PERCENT, value=lambda line: line.collection.rate),
    Column("timeliness", gettext_lazy("及时率"), Kind.PERCENT, value=lambda line: line.collection.timeliness),
)
"""The table as a workbook has it."""


@dataclass(frozen=True)
class Here:
    """Collection of the region looked at: all together, by kind, by list."""

    collection: Collection
    by_kind: dict[str, Collection]
    lists: dict[UUID, Collection]


@dataclass(frozen=True)
class Way:
    """One way of looking at a round."""

    label: str
    url: str
    current: bool


def meter_here(viewer: Viewer, looking: Looking, by: str) -> Here:
    """The meter of the region looked at, and that of its lists."""
    asked = [looking.round.round_id]
    meter = collection_meter(viewer, [looking.region.id], asked)[looking.region.id]
    return Here(meter.total, dict(meter.by_kind), collection_by_list(
        viewer, looking.region.id, asked, [], late=by == LIST
    ))


def narrowable(viewer: Viewer, looking: Looking, lists: dict[UUID, Collection]) -> Narrowable:
    """What the names can be narrowed to: the lists of the round here, its caring units, their lines."""
    here = directory()
    caring = collection_by_care(viewer, looking.region.id, [looking.round.round_id], [], late=False)
    units = [here.units[one] for one in caring if one in here.units]
    lines = {line for unit in units for line in unit.line_ids}
    return Narrowable(
        lists=[(str(one), name) for one, name in names_of_lists(lists).items()],
        units=[(str(unit.id), unit.name) for unit in sorted(units, key=lambda unit: (len(here.path(unit.region_id)), unit.name))],
        lines=[(str(line.id), line.name) for line in here.lines.values() if line.id in lines],
    )


def ways(looking: Looking, by: str, viewer: Viewer) -> list[Way]:
    """The ways of looking that this post has."""
    labels = {NAMES: _("名单"), REGION: _("各地"), LIST: _("各名单"), CARE: _("各帮包单位"), OURS: _("本单位帮包的")}
    return [Way(labels[one], url_of(looking, by=one if one != NAMES else ""), one == by) for one in ways_of(viewer)]


def ways_of(viewer: Viewer) -> tuple[str, ...]:
    """The ways of looking of a post, its usual one first: names are for who looks after the whole territory."""
    return WAYS if viewer.reach is Reach.SUBTREE else (REGION, CARE, OURS)


def beside_links(viewer: Viewer, looking: Looking) -> list[Figure]:
    """What stands beside the round: questions, reminders, excuses."""
    _every, waiting = count_of_flags(viewer, looking.region.id, looking.round.round_id)
    query = f"?region={looking.code}&round={looking.round.round_id}"
    return [
        Figure(_("数据疑问"), figure_in_words(waiting), url=reverse("cards:flags") + query),
        Figure(_("未报原因"), "", url=reverse("cards:excuses") + query),
        Figure(_("提醒记录"), "", url=reverse("cards:reminders") + query),
        Figure(_("更正申请"), "", url=reverse("cards:corrections")),
    ]


def figures(looking: Looking, found: Collection, may_list: bool) -> list[Figure]:
    """The figures above a round: what is owed, what came from whom, what is wanting and why (R-E7)."""
    def figure(label: str, count: int, state: str, note: str = "") -> Figure:
        return Figure(label, figure_in_words(count), _("户"), note, url_of(looking, state=state) if may_list else "")

    asked = looking.round
    waiting, above = found.in_state(ObligationState.SUBMITTED), found.in_state(ObligationState.PASSED)
    told = MeterStanding.REFUSED, MeterStanding.UNREACHABLE
    return [
        figure(_("应报"), found.owed, "", _("%(due)s截止，%(locked)s后锁定") % {
            "due": day_in_words(asked.due_on), "locked": day_in_words(asked.locked_on),
        }),
        figure(_("企业自报"), found.count(MeterStanding.OWN), "own", _("待审核%(here)s，待上级审核%(above)s") % {
            "here": figure_in_words(waiting), "above": figure_in_words(above),
        }),
        figure(_("代填已确认"), found.count(MeterStanding.CONFIRMED), "confirmed", _("待企业确认%s，不计入") % figure_in_words(
            found.count(MeterStanding.FOR_FIRM))),
        figure(_("应报未报"), found.owed - found.collected, OWING, _("含拒报、无法联系%s") % figure_in_words(found.count(*told))),
        figure(_("核减"), found.excused, "excused", _("停产、迁出、注销，经审批不计入应报")),
    ]


def table(viewer: Viewer, looking: Looking, by: str, total: Here) -> dict[str, Any]:
    """The lines of a table and its total, one way of looking."""
    may_list = viewer.reach is Reach.SUBTREE
    last = _line(looking, looking.region.name, "", total.collection, may_list)
    if by == LIST:
        lines = [
            _line(looking, name, "", total.lists[one], may_list, list=str(one))
            for one, name in names_of_lists(total.lists).items()
        ]
        return {"meters": lines, "total": last, "head": _("帮扶名单"), "note": _("一户在几份名单上，各份都计，合计只计一次。")}
    if by == CARE:
        return {"meters": _by_care(viewer, looking, may_list), "total": last, "head": _("帮包单位"),
                "note": _("按填报期开放时的帮包单位统计；没有帮包单位的只在合计中。")}
    below = [one.id for one in looking.below]
    found = collection_meter(viewer, below, [looking.round.round_id]) if below else {}
    lines = [
        _line(looking, one.name, url_of(looking, region=one.code, by=REGION), found[one.id].total, may_list, region=one.code)
        for one in looking.below if found[one.id].total.by_standing
    ]
    kinds = [
        _line(looking, SubjectKind(kind).label, "", one, may_list=False) for kind, one in total.by_kind.items()
    ] if len(total.by_kind) > 1 else []
    return {"meters": [*lines, *kinds], "total": last, "head": _("地区"), "note": ""}


def _by_care(viewer: Viewer, looking: Looking, may_list: bool) -> list[MeterLine]:
    here = directory()
    found = collection_by_care(viewer, looking.region.id, [looking.round.round_id], [])
    return [
        _line(looking, here.name_of(unit_id), "", one, may_list, unit=str(unit_id))
        for unit_id, one in sorted(found.items(), key=lambda pair: (pair[1].rate or 0, here.name_of(pair[0])))
    ]


def _line(looking: Looking, name: str, url: str, found: Collection, may_list: bool, **narrowed: str) -> MeterLine:
    numbers = [
        (found.owed, {"state": "asked"}), (found.count(MeterStanding.OWN), {"state": "own"}),
        (found.count(MeterStanding.CONFIRMED), {"state": "confirmed"}),
        (found.count(MeterStanding.FOR_FIRM), {"state": "for_firm"}), (found.count(*WANTING), {"state": "wanting"}),
        (found.count(MeterStanding.REFUSED, MeterStanding.UNREACHABLE), {"state": "told"}),
        (found.excused, {"state": "excused"}),
        (found.collected_late, {"state": "collected", "late": Lateness.OWN.value}),
        (found.collected_late_above, {"state": "collected", "late": Lateness.ABOVE.value}),
    ]
    cells = [
        (figure_in_words(count), url_of(looking, **narrowed, **asked) if may_list and count else "")
        for count, asked in numbers
    ]
    counts = [count for count, _asked in numbers]
    return MeterLine(name, url, found, counts, cells, round(100 * (found.rate or 0)), _share(found.rate), _share(found.timeliness))


def _share(rate: Any) -> str:
    return f"{rate:.1%}" if rate is not None else "—"


def url_of(looking: Looking, **asked: str) -> str:
    """The page of the same round and region, asked another way."""
    query = {"round": str(looking.round.round_id), "region": looking.code, **asked}
    query = {name: value for name, value in query.items() if value}
    return f"{reverse('cards:list')}?{urlencode(query)}"
