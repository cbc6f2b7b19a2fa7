"""What an analysis can be narrowed to: the region, the period, kind and category, and for times the level and the unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.analysis.rules.spans import periods_offered
from zhitong.domain.calendars.rules import Period, period_of
from zhitong.domain.calendars.rules.periods import is_period
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.forms import PlainForm, wanted_of

INDENT = "　"
"""One step of depth in a choice of regions: a full-width blank."""
LEVELS_SHOWN = 2


def _all_or(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _("全部")), *choices]


class SpanFilters(PlainForm):
    """The bar above an analysis; regions are those inside the viewer's own."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("统计期"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("服务对象"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("问题类别"), required=False)

    def __init__(self, query: QueryDict, viewer: Viewer, now: datetime) -> None:
        asked = query.copy()
        self.viewer, self.offered = viewer, periods_offered(now)
        self.regions = regions_of(viewer, asked.get("region", ""))
        asked.setdefault("region", directory().regions[viewer.region_id].code)
        asked.setdefault("period", self.offered[0].code)
        super().__init__(asked)
        self._offer("region", [(region.code, INDENT * depth + region.name) for region, depth in self.regions])
        self._offer("period", self._periods(asked["period"]))
        self._offer("kind", _all_or(list(choices_of(SubjectKind))))
        self._offer("category", _all_or(_categories(asked.get("kind", ""))))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "only choices are offered"
        field.choices = choices

    def _periods(self, asked: str) -> list[tuple[str, str]]:
        """Those offered, and the one asked for when it lies further back."""
        found = {period.code: period.words for period in self.offered}
        return list((found | ({asked: period_of(asked).words} if is_period(asked) else {})).items())

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for and could be read."""
        return wanted_of(self)

    @property
    def period_asked(self) -> Period:
        """The period asked for; the newest month where none can be read."""
        return period_of(self.asked.get("period", self.offered[0].code))

    @property
    def region_asked(self) -> RegionEntry:
        """The region asked for; one's own where none is named.

        Raises NotFound: it is none of those inside the viewer's own.
        """
        code = self.data["region"]
        found = next((region for region, _depth in self.regions if region.code == code), None)
        if found is None:
            raise NotFound
        return found


class TimingFilters(SpanFilters):
    """The bar above times; unit and cut-off go along hidden."""

    rank = forms.ChoiceField(label=gettext_lazy("办理层级"), required=False)
    unit = forms.CharField(label=gettext_lazy("单位"), required=False, max_length=80, widget=forms.HiddenInput)
    cutoff = forms.CharField(label=gettext_lazy("统计截止"), required=False, max_length=25, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, viewer: Viewer, now: datetime) -> None:
        super().__init__(query, viewer, now)
        self._offer("rank", _all_or(list(choices_of(Rank))))

    @property
    def unit_asked(self) -> UUID | None:
        """The unit asked for by its code.

        Raises NotFound: there is none.
        """
        code = self.asked.get("unit", "")
        unit = directory().unit_coded(code) if code else None
        if code and unit is None:
            raise NotFound
        return unit.id if unit else None

    @property
    def cut_off(self) -> datetime | None:
        """The moment asked for, in Shanghai where it names no zone; None for now, and for what is no moment."""
        try:
            moment = datetime.fromisoformat(self.asked.get("cutoff", ""))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def regions_of(viewer: Viewer, asked: str) -> list[tuple[RegionEntry, int]]:
    """The viewer's own region and those to two levels below it, each with its depth; the one asked for where it lies deeper."""
    here = directory()
    found: list[tuple[RegionEntry, int]] = []

    def add(region: RegionEntry, depth: int) -> None:
        found.append((region, depth))
        for below in here.children(region.id) if depth < LEVELS_SHOWN else ():
            add(below, depth + 1)

    add(here.regions[viewer.region_id], 0)
    deep = here.region_coded(asked) if asked else None
    if deep and viewer.region_id in {one.id for one in here.path(deep.id)} and deep not in {one for one, _depth in found}:
        found.append((deep, LEVELS_SHOWN))
    return found


def _categories(kind: str) -> list[tuple[str, str]]:
    """The categories of a kind, or of all kinds with each code named once."""
    campaign = campaign_in_force()
    entries = rulebook(campaign.code).categories.values() if campaign else ()
    named: dict[str, str] = {}
    for entry in entries:
        if kind in ("", entry.kind):
            named.setdefault(entry.code, entry.label)
    return list(named.items())
