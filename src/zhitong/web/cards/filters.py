"""What the list of a round can be narrowed to: the round, a region, how cards stand, a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.queries import AskedRound, Narrowing
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.cards.rules.rounds import COUNTED, EXCUSED, WANTING, MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.web.shell.forms import PlainForm

OWING = "owing"
STATES: Mapping[str, tuple[MeterStanding, ...]] = {
    OWING: tuple(one for one in MeterStanding if one not in (*COUNTED, *EXCUSED)),
    "collected": COUNTED,
    "excused": EXCUSED,
    "asked": tuple(one for one in MeterStanding if one not in EXCUSED),
    "wanting": WANTING,
    "told": (MeterStanding.REFUSED, MeterStanding.UNREACHABLE),
    **{one.value: (one,) for one in MeterStanding},
}
_LABELS = {
    OWING: gettext_lazy("应报未报"), "collected": gettext_lazy("已报"), "excused": gettext_lazy("核减（不计）"),
    "asked": gettext_lazy("应报"), "wanting": gettext_lazy("未报（可再报）"), "told": gettext_lazy("拒报、无法联系"),
}


Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Narrowable:
    """The lists, caring units and lines that a round can be narrowed to in a region; what is empty is not asked."""

    lists: Choices = ()
    units: Choices = ()
    lines: Choices = ()


class RoundFilters(PlainForm):
    """The bar above the list of a round; regions are those below the one looked at."""

    round = forms.ChoiceField(label=gettext_lazy("填报期"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("区划"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    list = forms.ChoiceField(label=gettext_lazy("帮扶名单"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("帮包单位"), required=False)
    line = forms.ChoiceField(label=gettext_lazy("条线"), required=False)
    person = forms.CharField(label=gettext_lazy("责任人"), required=False, max_length=40)
    late = forms.ChoiceField(
        label=gettext_lazy("迟报"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(Lateness)]
    )
    q = forms.CharField(
        label=gettext_lazy("名称"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(
        self, query: QueryDict, rounds: Sequence[AskedRound], regions: Sequence[RegionEntry], narrowed: Narrowable
    ) -> None:
        super().__init__(query)
        for name, choices in (("list", narrowed.lists), ("unit", narrowed.units), ("line", narrowed.lines)):
            if choices:
                self._offer(name, [("", _("全部")), *choices])
            else:
                del self.fields[name]
        self._offer("round", [(str(one.round_id), f"{one.name} {SubjectKind(one.subject_kind).label}") for one in rounds])
        self._offer("region", [("", _("全部")), *((one.code, one.name) for one in regions)])
        states = [(word, str(_LABELS.get(word) or MeterStanding(word).label)) for word in STATES]
        self._offer("state", [("", _("全部")), *states])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def narrowing_of(asked: Mapping[str, Any]) -> Narrowing:
    """What the bar asks for, as the query takes it."""
    def one(name: str) -> UUID | None:
        return UUID(asked[name]) if asked.get(name) else None

    unit_id = one("unit")
    return Narrowing(
        standings=STATES.get(asked.get("state", ""), ()), words=asked.get("q", ""), list_id=one("list"),
        unit_ids=(unit_id,) if unit_id else (), line_id=one("line"), person=asked.get("person", ""),
        late=Lateness(asked["late"]) if asked.get("late") else None,
    )


@dataclass(frozen=True)
class Looking:
    """The round and the region that a page looks at, with the regions below it; `code` is empty for one's own."""

    round: AskedRound
    region: RegionEntry
    code: str
    below: Sequence[RegionEntry]
    offered: Sequence[RegionEntry]


def looking_at(viewer: Viewer, query: Mapping[str, Any], rounds: Sequence[AskedRound]) -> Looking:
    """What the address asks for: the newest round and the viewer's own region unless it names others.

    A region outside the viewer's own is not taken.
    """
    here = directory()
    own = here.regions[viewer.region_id]
    named = next((one for one in here.regions.values() if one.code == query.get("region", "")), own)
    region = named if own.id in {one.id for one in here.path(named.id)} else own
    wanted = next((one for one in rounds if str(one.round_id) == query.get("round", "")), rounds[0])
    deep = [] if region is own or region in here.children(own.id) else [region]
    return Looking(wanted, region, "" if region is own else region.code, here.children(region.id), [*here.children(own.id), *deep])
