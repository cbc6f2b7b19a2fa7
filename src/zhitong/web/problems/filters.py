"""What a list of problems can be narrowed to: the bar above it, and what it asks of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.campaigns.queries import rulebook_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.ledger import month_of
from zhitong.domain.problems.queries.lists import Filters
from zhitong.domain.problems.rules.kinds import UNDECIDED, UNDECIDED_WORDS, Nature, Rating, Source, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.moments import Moments
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.forms import PlainForm

BY_REGION = (Lens.TERRITORY, Lens.LINE, Lens.ALL)
LEVELS_SHOWN = 2

MOMENTS = ("reported_after", "reported_until", "closed_after", "closed_until", "as_of")
"""Hidden fields by which a figure of the overview opens its rows: the names of the rules' moments."""

INDENT = "　"
"""One step of depth in a choice of regions: a full-width blank."""


def _one_of(label: Any, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", gettext_lazy("全部")), *choices])


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=False, widget=forms.HiddenInput)


class ProblemFilters(PlainForm):
    """The bar above a list of problems; regions are those inside the viewer's own."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("编号、企业、内容"), "type": "search"}),
    )
    state = forms.MultipleChoiceField(
        label=gettext_lazy("状态"), required=False, choices=choices_of(State), widget=forms.CheckboxSelectMultiple
    )
    light = _one_of(
        gettext_lazy("时限"), [(light.value, light.label) for light in (Light.OVERDUE, Light.SOON, Light.NORMAL)]
    )
    kind = _one_of(gettext_lazy("服务对象"), choices_of(SubjectKind))
    category = _one_of(gettext_lazy("问题类别"), [])
    region = _one_of(gettext_lazy("区划"), [])
    rank = _one_of(gettext_lazy("所在层级"), choices_of(Rank))

    confidential = forms.ChoiceField(
        label=gettext_lazy("企业要求保密的"), required=False, widget=forms.HiddenInput,
        choices=[("no", gettext_lazy("不含")), ("only", gettext_lazy("只看"))],
    )
    recorded = forms.ChoiceField(
        label=gettext_lazy("补录的"), required=False, widget=forms.HiddenInput,
        choices=[("no", gettext_lazy("不含")), ("only", gettext_lazy("只看"))],
    )
    reported_after, reported_until = _moment(gettext_lazy("提交晚于")), _moment(gettext_lazy("提交不晚于"))
    closed_after, closed_until = _moment(gettext_lazy("销号晚于")), _moment(gettext_lazy("销号不晚于"))
    as_of = _moment(gettext_lazy("截至"))
    line = forms.CharField(label=gettext_lazy("条线"), required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, viewer: Viewer, lens: Lens) -> None:
        super().__init__(query)
        self._offer("category", _categories(query.get("kind", "")))
        self.regions = regions_inside(viewer, query.get("region", "")) if lens in BY_REGION else {}
        if self.regions:
            self._offer("region", [(code, name) for code, (_id, name) in self.regions.items()])
        else:
            del self.fields["region"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "only choices are offered"
        field.choices = [("", _("全部")), *choices]

    def asked_of(self, asked: Mapping[str, Any]) -> Filters:
        """The house's filters for what is asked."""
        region = self.regions.get(asked.get("region", ""))
        return Filters(
            states=tuple(State(word) for word in asked.get("state", ())),
            kinds=(asked["kind"],) if "kind" in asked else (),
            categories=(asked["category"],) if "category" in asked else (),
            ranks=(Rank(asked["rank"]),) if "rank" in asked else (),
            region_id=region[0] if region else None,
            line_id=_line_coded(asked["line"]) if "line" in asked else None,
            light=Light(asked["light"]) if "light" in asked else None,
            confidential=asked["confidential"] == "only" if "confidential" in asked else None,
            recorded=asked["recorded"] == "only" if "recorded" in asked else None,
            sources=(Source(asked["source"]),) if "source" in asked else (),
            natures=(Nature(asked["nature"]),) if "nature" in asked else (),
            ratings=(Rating(asked["rating"]),) if "rating" in asked else (),
            pending=asked["pending"] == "only" if "pending" in asked else None,
            closed_since=month_of(clock.now()) if "closed" in asked else None,
            moments=Moments(**{name: asked[name] for name in MOMENTS if name in asked}),
            words=asked.get("q", ""),
        )


class LedgerFilters(ProblemFilters):
    """The bar above the ledger, which asks more: whence a matter came, what the firm said, what waits for an office."""

    source = _one_of(gettext_lazy("来源"), choices_of(Source))
    nature = _one_of(gettext_lazy("性质"), choices_of(Nature))
    rating = _one_of(gettext_lazy("企业评价"), choices_of(Rating))
    recorded = _one_of(gettext_lazy("补录"), [("no", gettext_lazy("不含补录的")), ("only", gettext_lazy("只看补录的"))])
    pending = _one_of(gettext_lazy("申请"), [("only", gettext_lazy("有申请待审批的")), ("no", gettext_lazy("没有的"))])

    closed = forms.ChoiceField(
        label=gettext_lazy("本月销号的"), required=False, widget=forms.HiddenInput, choices=[("month", gettext_lazy("只看"))],
    )


def _line_coded(code: str) -> UUID:
    """The line with a code.

    Raises NotFound: there is none, which must not be taken for every line.
    """
    found = next((line.id for line in directory().lines.values() if line.code == code), None)
    if found is None:
        raise NotFound
    return found


def _categories(kind: str) -> list[tuple[str, str]]:
    """The categories of a kind, or of all kinds with each code named once."""
    book = rulebook_in_force()
    if book is None:
        return []
    named: dict[str, str] = {}
    for entry in book.categories.values():
        if kind in ("", entry.kind):
            named.setdefault(entry.code, entry.label)
    other = named.pop("other", None)
    return [*named.items(), *([("other", other)] if other else []), (UNDECIDED, UNDECIDED_WORDS)]


def regions_inside(viewer: Viewer, asked: str) -> dict[str, tuple[UUID, str]]:
    """By code: the regions to two levels below the viewer's, and the one asked for when it lies deeper."""
    here = directory()
    found: dict[str, tuple[UUID, str]] = {}

    def add(region_id: UUID, depth: int) -> None:
        for region in here.children(region_id):
            found[region.code] = (region.id, INDENT * depth + region.name)
            if depth + 1 < LEVELS_SHOWN:
                add(region.id, depth + 1)

    add(viewer.region_id, 0)
    if asked and asked not in found:
        deep = next((region for region in here.regions.values() if region.code == asked), None)
        if deep is not None and viewer.region_id in {one.id for one in here.path(deep.id)}:
            found[asked] = (deep.id, deep.name)
    return found
