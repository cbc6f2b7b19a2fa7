"""What an address of the overview asks: where, which line, over which time, as of when, divided how, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.analysis.rules.stretches import Stretch, StretchKind, stretch_before, stretch_of
from zhitong.domain.analysis.rules.views import Form, Look, lines_of
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import LineEntry, RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.choices import choices_of
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.paging import Sort
from zhitong.web.problems.fields import DayField
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.navigation import address_of

SECOND = "%Y-%m-%dT%H:%M:%S"


class AskForm(PlainForm):
    """The bar above the overview: line, period, its days where they are one's own, and the cut-off time."""

    line = forms.ChoiceField(label=gettext_lazy("条线"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("期间"), required=False, choices=choices_of(StretchKind))
    first = DayField(label=gettext_lazy("起日"), required=False)
    last = DayField(label=gettext_lazy("止日"), required=False)
    at = forms.DateTimeField(
        label=gettext_lazy("截止时间"), required=False,
        widget=forms.DateTimeInput(format=SECOND, attrs={"type": "datetime-local", "step": "1"}),
    )

    def __init__(self, query: QueryDict, lines: list[LineEntry], year: int | None, now: datetime) -> None:
        super().__init__(query)
        self.now, self.year = now, year
        if len(lines) > 1:
            self._offer("line", [("", _("全部")), *((one.code, one.name) for one in lines)])
        else:
            del self.fields["line"]
        if year is None:
            self._offer("period", [one for one in choices_of(StretchKind) if one[0] != StretchKind.CAMPAIGN.value])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        offered = self.fields[name]
        assert isinstance(offered, forms.ChoiceField), "only choices are offered"
        offered.choices = choices

    def clean_at(self) -> datetime | None:
        """A moment that has been.

        Raises ValidationError: it is still to come.
        """
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at > self.now:
            raise forms.ValidationError(_("截止时间不能晚于现在。"))
        return at

    def clean(self) -> dict[str, Any]:
        """Days of one's own, both of them and in their order; a period that has begun by the cut-off."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("period") == StretchKind.DAYS.value and not self.errors:
            self._judge_days(said.get("first"), said.get("last"))
        if not self.errors and self.kind is not StretchKind.ALL and self._stretch() is None:
            self.add_error("first" if self.kind is StretchKind.DAYS else "period", _("到截止时间，这段期间还没有开始。"))
        return said

    def _judge_days(self, first: date | None, last: date | None) -> None:
        if first is None or last is None:
            self.add_error("first" if first is None else "last", _("自选起止要填起日和止日。"))
        elif last < first:
            self.add_error("last", _("止日不能早于起日。"))

    @property
    def kind(self) -> StretchKind:
        """The kind of period asked for."""
        return StretchKind(self.cleaned_data.get("period") or StretchKind.ALL.value)

    @property
    def tells_times(self) -> bool:
        """Whether days or a cut-off were asked for, or should be."""
        return self.kind is StretchKind.DAYS or any(self.data.get(name) for name in ("first", "last", "at"))

    def stretch(self) -> Stretch | None:
        """The period asked for; none for all there was, and where what was asked could not be read."""
        return None if self.errors else self._stretch()

    def _stretch(self) -> Stretch | None:
        said = self.cleaned_data
        return stretch_of(
            self.kind, said.get("at") or self.now, year=self.year, first=said.get("first"), last=said.get("last")
        )


@dataclass(frozen=True)
class Asked:
    """What a page tells: figures of `region` and `line` (None: all) as of `cut_off`, and what moved within `stretch`.

    `at` is the cut-off that was asked for; `is_past` where the figures are not those of the present.
    """

    region: RegionEntry
    line: LineEntry | None
    kind: StretchKind
    stretch: Stretch | None
    before: Stretch | None
    at: datetime | None
    now: datetime
    by: str
    form: Form
    sort: Sort | None
    days: tuple[date | None, date | None] = (None, None)
    query: tuple[tuple[str, str], ...] = ()

    @property
    def cut_off(self) -> datetime:
        """The moment whose figures are shown."""
        return self.stretch.until if self.stretch else self.at or self.now

    @property
    def is_past(self) -> bool:
        """Whether the figures are those of a moment that was named or is over."""
        return self.at is not None or self.cut_off < self.now

    @property
    def pinned(self) -> str:
        """The present as a cut-off that can be asked again: to the second that has begun."""
        return self.now.astimezone(SHANGHAI).strftime(SECOND)

    def of_the_present(self) -> Asked:
        """The same without what asks for another time."""
        return replace(
            self, kind=StretchKind.ALL, stretch=None, before=None, at=None, days=(None, None),
            query=tuple(one for one in self.query if one[0] not in ("period", "first", "last", "at")),
        )

    def address(self, code: str = "", **changes: str) -> str:
        """This page, of another region where one is given, with some things asked otherwise; empty takes one away."""
        left = [(name, value) for name, value in self.query if name not in changes]
        asked = left + [(name, value) for name, value in changes.items() if value]
        page = f"{address_of('overview:overview')}{code or self.region.code}/"
        return f"{page}?{urlencode(asked)}" if asked else page

    def look(self) -> Look:
        """What of it can be kept as a view."""
        return Look(self.region.id, self.line.id if self.line else None, self.kind, *self.days, self.by, self.form)


_KEPT = ("line", "period", "first", "last", "at", "by", "form", "sort", "every", "view")


def asked_of(viewer: Viewer, region: RegionEntry, query: QueryDict, now: datetime) -> tuple[Asked, AskForm]:
    """What the address asks, and the form that says so; what cannot be read is left out, its trouble beside the field."""
    here = directory()
    mine = set(lines_of(viewer, here))
    lines = [one for one in here.lines.values() if one.id in mine]
    campaign = campaign_in_force()
    form = AskForm(query, lines, campaign.year if campaign else None, now)
    form.is_valid()
    stretch = form.stretch()
    kind = form.kind if stretch else StretchKind.ALL
    line = next((one for one in lines if one.code == form.cleaned_data.get("line")), None)
    return Asked(
        region, line, kind, stretch, stretch_before(kind, stretch) if stretch else None, form.cleaned_data.get("at"), now,
        query.get("by", ""), Form.TABLE if query.get("form") == Form.TABLE.value else Form.CHART,
        Sort.read(query["sort"]) if query.get("sort") else None,
        (form.cleaned_data["first"], form.cleaned_data["last"]) if kind is StretchKind.DAYS else (None, None),
        tuple((name, query[name]) for name in _KEPT if query.get(name) and name not in form.errors),
    ), form


def query_of(look: Look, lines: Mapping[UUID, LineEntry], **more: str) -> dict[str, str]:
    """A kept view as what an address asks."""
    line = lines.get(look.line_id) if look.line_id else None
    asked = {
        "line": line.code if line else "", "period": "" if look.stretch is StretchKind.ALL else look.stretch.value,
        "first": look.first.isoformat() if look.first else "", "last": look.last.isoformat() if look.last else "",
        "by": look.dimension, "form": "" if look.form is Form.CHART else look.form.value, **more,
    }
    return {name: value for name, value in asked.items() if value}
