"""How far a region has divided its targets, and the form that divides many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.dividing.issuing import divide_at_once
from zhitong.domain.plans.queries.dividing.heads import may_decide
from zhitong.domain.plans.queries.dividing.overview import DividedLine, Progress, divided_lines, dividing_regions
from zhitong.domain.plans.queries.dividing.weights import weight_sets
from zhitong.domain.plans.rules import DivisionMethod
from zhitong.domain.plans.rules.dividing import Standing
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cascade.forms import AtOnceForm, DividedFilterForm
from zhitong.web.cascade.looking import campaign_asked, difference_in_words, page_of, region_asked, tabs, turn_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Figure, Light, Tone
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once

MOST = 1000
"""A plan has some hundred targets: all of them stand on one page."""
TONES = {
    Progress.WHOLE: Tone.NONE, Progress.NOT_YET: Tone.WARN, Progress.DRAFT: Tone.WARN, Progress.ISSUED: Tone.GOOD,
    Progress.STALE: Tone.BAD,
}


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    id: UUID
    place: int
    line: DividedLine

    @property
    def given(self) -> Decimal | None:
        """What the parts come to."""
        return self.line.balance.given if self.line.balance else None

    @property
    def difference(self) -> str:
        """What is lacking or beyond."""
        return difference_in_words(self.line.head, self.line.balance) if self.line.balance else ""

    @property
    def accepted(self) -> str:
        """How many regions have accepted: 12/14."""
        balance = self.line.balance
        return f"{self.line.accepted}/{balance.places}" if self.line.division_id and balance else ""


COLUMNS = (
    Column("name", gettext_lazy("指标"), value=lambda row: row.line.head.name, url=lambda row: page_of(row.id)),
    Column("goal", gettext_lazy("目标"), value=lambda row: row.line.head.goal),
    Column("progress", gettext_lazy("进度"), Kind.LIGHT,
           value=lambda row: Light(TONES[row.line.progress], row.line.progress.label)),
    Column("given", gettext_lazy("各地合计"), Kind.NUMBER),
    Column("difference", gettext_lazy("与目标比较")),
    Column("accepted", gettext_lazy("已接收")),
    Column("asked", gettext_lazy("请求调整"), Kind.NUMBER, value=lambda row: row.line.asked or None),
    Column("task", gettext_lazy("任务"), value=lambda row: f"{row.line.head.task_number} {row.line.head.task_title}".strip()),
    Column("weighed_by", gettext_lazy("权数"), value=lambda row: row.line.weighed_by, extra=True),
)


def _list(may_divide: bool) -> DeskList:
    return DeskList(
        "divided", gettext_lazy("目标分解"), COLUMNS, Sort("place"), limit=MOST, choose="at-once" if may_divide else "",
        empty=Empty(
            gettext_lazy("没有符合条件的目标"), gettext_lazy("上级下达或方案里定了目标后，会出现在这里，由本级分解到下级。"),
            icon="target-arrow",
        ),
    )


@require_GET
def page(request: HttpRequest) -> HttpResponse | FileResponse:
    """The targets of a region and how each is divided. Raises NotFound: not the viewer's to look at."""
    return _show(request)


@require_POST
def divide(request: HttpRequest) -> HttpResponse:
    """Divide and issue the ticked targets; refused, the page comes back with what was typed. Raises NotFound, NotYours."""
    sets = weight_sets(request.viewer, campaign_asked(request).code)
    form = AtOnceForm(request.POST, methods=_METHODS, sets=sets)
    chosen = _chosen(request)
    if not chosen:
        form.add_error(None, _("请先在名单里勾选要分解的目标。"))
    if not form.is_valid():
        return _show(request, form, status=422)
    said = form.cleaned_data

    def act() -> int:
        return len(divide_at_once(
            chosen, turn_of(request), method=DivisionMethod(said["method"]), since=said["since"],
            weights_id=UUID(said["weights"]) if said["weights"] else None, reason=said["reason"],
        ))

    try:
        divided, _is_new = send_once(request, act)
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _show(request, form, status=409)
    messages.success(request, _("已分解下达%s个目标，等各地接收。") % divided)
    return redirect(_here(request))


_METHODS = (DivisionMethod.WEIGHT, DivisionMethod.EQUAL)


def _show(request: HttpRequest, form: AtOnceForm | None = None, *, status: int = 200) -> HttpResponse | FileResponse:
    viewer, campaign, region = request.viewer, campaign_asked(request), region_asked(request)
    lines = divided_lines(viewer, campaign.code, region.id)
    rows = [Row(line.head.id, place, line) for place, line in enumerate(lines)]
    may_divide = may_decide(viewer, region.id) and bool(directory().children(region.id))

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[Row]:
        start = int(after[0]) if after else -1
        return [row for row in _narrowed(rows, asked) if row.place > start][:limit]

    def count(asked: Mapping[str, Any], most: int) -> int:
        return min(len(_narrowed(rows, asked)), most)

    sets = weight_sets(viewer, campaign.code)
    blank = AtOnceForm(methods=_METHODS, sets=sets, initial={"since": clock.today()})
    here = directory()
    answer = _list(may_divide).respond(
        request, "cascade/overview.html", fetch=fetch, count=count, filters=_filters(request, region),
        why=_("%(region)s的目标，按方案先后") % {"region": region.name}, asked_by=request.user.name,
        context={
            "region": region, "campaign": campaign, "tabs": tabs(request, campaign, region, "overview"),
            "figures": _figures(lines), "may_divide": may_divide, "form": form or blank, "once_key": new_key(),
            "shown": [here.regions[one].name for one in here.shown.get(region.id, ())],
        },
    )
    answer.status_code = status if status != 200 else answer.status_code
    return answer


def _filters(request: HttpRequest, region: RegionEntry) -> DividedFilterForm:
    """The region itself, where one came from, and those below that divide further."""
    here, above = directory(), directory().path(region.id)
    own = here.regions[request.viewer.region_id]
    upwards = [one for one in above if one.id in {*here.within(own.id)}]
    below = [here.regions[region_id] for region_id, _name in dividing_regions(request.viewer, region.id)]
    choices = [(one.code, one.name) for one in (*upwards, *below)]
    query = request.GET.copy()
    query["region"] = region.code
    return DividedFilterForm(query, choices)


def _narrowed(rows: Sequence[Row], asked: Mapping[str, Any]) -> list[Row]:
    words, progress = asked.get("q", ""), asked.get("progress", "")
    return [
        row for row in rows
        if (not words or words in f"{row.line.head.name} {row.line.head.task_number} {row.line.head.task_title}")
        and (not progress or row.line.progress.value == progress)
        and (not asked.get("uneven") or _is_uneven(row.line))
    ]


def _is_uneven(line: DividedLine) -> bool:
    return line.balance is not None and line.balance.standing is not Standing.EXACT


def _figures(lines: Sequence[DividedLine]) -> list[Figure]:
    divisible = [line for line in lines if line.progress is not Progress.WHOLE]
    issued = [line for line in divisible if line.division_id]
    places = sum(line.balance.places for line in issued if line.balance)
    accepted = sum(line.accepted for line in issued)
    return [
        Figure(_("已下达"), f"{len(issued)} / {len(divisible)}", _("个目标")),
        Figure(_("与目标不符"), str(sum(_is_uneven(line) for line in issued)), _("个目标"), url="?uneven=on" if issued else ""),
        Figure(_("各地已接收"), f"{accepted} / {places}", _("份")),
        Figure(_("请求调整"), str(sum(line.asked for line in issued)), _("份"), _("等本级答复")),
    ]


def _chosen(request: HttpRequest) -> list[UUID]:
    """The targets that were ticked. Raises NotFound: something else was sent."""
    try:
        return [UUID(text) for text in request.POST.getlist("chosen")]
    except ValueError:
        raise NotFound from None


def _here(request: HttpRequest) -> str:
    return f"{reverse('cascade:overview')}?campaign={campaign_asked(request).code}&region={region_asked(request).code}"
