"""我的走访: those my unit looks after and has or has not visited this quarter; and the list of visits made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.intake.rules.quarters import Quarter, quarter_of, quarter_read
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.visits.queries.lists import Filters, VisitRow, count_for, visits_for
from zhitong.domain.visits.queries.one import promises_open
from zhitong.domain.visits.queries.rounds import RoundsRow, count_of_rounds, officials_of, rounds_for
from zhitong.domain.visits.rules.kinds import ConfirmationState, RoundsState, VisitKind
from zhitong.domain.visits.rules.lenses import Lens, lenses_of
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Light, Tab, Tone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.visits.asking import officials_only

_ALL = ("", gettext_lazy("全部"))


class RoundsFilters(PlainForm):
    """By official, and whether visited; the quarter travels along."""

    official = forms.ChoiceField(label=gettext_lazy("分包领导"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("本季度"), required=False, choices=[_ALL, *choices_of(RoundsState)])
    quarter = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].choices = [_ALL, *((one, one) for one in officials_of(viewer))]  # type: ignore[attr-defined]


class VisitFilters(PlainForm):
    """The bar above the list of visits."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("企业或领导"), "type": "search"}),
    )
    confirmation = forms.ChoiceField(label=gettext_lazy("企业确认"), required=False, choices=[_ALL, *choices_of(ConfirmationState)])
    kind = forms.ChoiceField(label=gettext_lazy("方式"), required=False, choices=[_ALL, *choices_of(VisitKind)])
    since = forms.DateField(label=gettext_lazy("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    promised = forms.BooleanField(label=gettext_lazy("有未兑现的承诺"), required=False)
    by_liaison = forms.BooleanField(label=gettext_lazy("联络员代办"), required=False)


_TONES = {
    ConfirmationState.AWAITED: Tone.NONE, ConfirmationState.CONFIRMED: Tone.GOOD, ConfirmationState.DENIED: Tone.BAD,
}


def confirmation_of(row: VisitRow) -> Light:
    """The firm's word on a visit; a firm without an account cannot give it."""
    if row.confirmation is ConfirmationState.AWAITED and not row.has_account:
        return Light(Tone.NONE, _("企业没有账号"))
    return Light(_TONES[row.confirmation], row.confirmation.label)


def official_of(row: VisitRow) -> str:
    """The official, and who went in his name."""
    return _("%(official)s（%(went)s代办）") % {"official": row.lead_official, "went": row.went} if row.by_liaison else row.lead_official


ROUNDS = DeskList(
    "rounds", gettext_lazy("我的走访"),
    (
        Column("subject", gettext_lazy("企业（项目）"), url=lambda row: reverse("visits:paper", args=[row.subject_id])),
        Column("kind", gettext_lazy("类别"), value=lambda row: row.kind.label),
        Column("region", gettext_lazy("所在地")),
        Column("lead_official", gettext_lazy("分包领导")),
        Column("state", gettext_lazy("本季度"), Kind.LIGHT,
               value=lambda row: Light(Tone.GOOD if row.state is RoundsState.DONE else Tone.WARN, row.state.label)),
        Column("last_on", gettext_lazy("上次走访"), Kind.DAY),
        Column("quiet", gettext_lazy("无事不扰"), value=lambda row: gettext_lazy("没有邀请不去") if row.is_quiet else ""),
        Column("plan", gettext_lazy("安排"), Kind.ACT, value=lambda row: gettext_lazy("安排走访"),
               url=lambda row: reverse("visits:plan", args=[row.subject_id])),
        Column("record", gettext_lazy("登记"), Kind.ACT, value=lambda row: gettext_lazy("登记走访"),
               url=lambda row: reverse("visits:record", args=[row.subject_id])),
        Column("tier", gettext_lazy("层级"), value=lambda row: row.tier.label, extra=True),
        Column("liaison", gettext_lazy("联络员"), extra=True),
    ),
    Sort("id"),
    empty=Empty(gettext_lazy("没有要走访的企业"), gettext_lazy("分包给本单位的企业和项目会出现在这里；放宽筛选条件再看。")),
)  # fmt: skip

VISITS = DeskList(
    "visits", gettext_lazy("走访记录"),
    (
        Column("subject", gettext_lazy("企业（项目）"), url=lambda row: reverse("visits:page", args=[row.id])),
        Column("happened_on", gettext_lazy("日期"), Kind.DAY),
        Column("kind", gettext_lazy("方式"), value=lambda row: row.kind.label),
        Column("unit", gettext_lazy("走访单位")),
        Column("official", gettext_lazy("走访领导"), value=official_of),
        Column("confirmation", gettext_lazy("企业确认"), Kind.LIGHT, value=confirmation_of),
        Column("open_promises", gettext_lazy("未兑现承诺"), Kind.NUMBER),
        Column("problems", gettext_lazy("提出问题"), Kind.NUMBER),
        Column("region", gettext_lazy("所在地"), extra=True),
        Column("excerpt", gettext_lazy("走访情况"), Kind.LONG, extra=True),
    ),
    Sort("id", descending=True),
    empty=Empty(gettext_lazy("没有符合条件的走访"), gettext_lazy("走访后用三句话登记，企业点一下确认，就会出现在这里。")),
)  # fmt: skip


@require_GET
def rounds(request: HttpRequest) -> HttpResponse | FileResponse:
    """Those my unit looks after, with whether they were visited in the quarter; open promises above.

    Raises NotFound: one of the served.
    """
    officials_only(request)
    today, viewer = clock.today(), request.viewer
    quarter = quarter_read(request.GET.get("quarter", ""), today)
    done, whole = (count_of_rounds(viewer, quarter, state=state) for state in (RoundsState.DONE, None))
    return ROUNDS.respond(
        request, "visits/rounds.html", fetch=_fetch_rounds(viewer, quarter), count=_count_rounds(viewer, quarter),
        filters=RoundsFilters(request.GET, viewer=viewer), asked_by=request.user.name,
        why=_("%(when)s，应走访%(whole)d户，已走访%(done)d户") % {"when": quarter.label, "whole": whole, "done": done},
        context={"promises": promises_open(viewer, today=today), "quarters": _quarters(request, today, quarter)},
    )


@require_GET
def visits(request: HttpRequest) -> HttpResponse | FileResponse:
    """Visits made, through one of the viewer's lenses; what no firm has confirmed can be seen apart.

    Raises NotFound: one of the served, or a lens that is not the viewer's.
    """
    officials_only(request)
    lenses = lenses_of(request.viewer.unit_kind, request.viewer.reach)
    lens = next((one for one in lenses if one.value == request.GET.get("lens", lenses[0].value)), None)
    if lens is None:
        raise NotFound
    return VISITS.respond(
        request, "visits/list.html", fetch=_fetch(request.viewer, lens), count=_count(request.viewer, lens),
        filters=VisitFilters(request.GET), why=_("%s，最近登记的在前") % lens.label, asked_by=request.user.name,
        context={"tabs": [Tab(one.label, f"{request.path}?lens={one.value}", one is lens) for one in lenses]},
    )


def _quarters(request: HttpRequest, today: Any, quarter: Quarter) -> list[Tab]:
    present = quarter_of(today)
    shown = sorted({present, present.before(), quarter}, reverse=True)
    return [Tab(one.label, f"{request.path}?quarter={one}", one == quarter) for one in shown]


def _fetch_rounds(viewer: Viewer, quarter: Quarter) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[RoundsRow]:
        return rounds_for(viewer, quarter, **_rounds_asked(asked), after=after[1] if after else None, turned=sort.descending, limit=limit)

    return fetch


def _count_rounds(viewer: Viewer, quarter: Quarter) -> Any:
    return lambda asked, most: count_of_rounds(viewer, quarter, **_rounds_asked(asked), most=most)


def _rounds_asked(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"official": asked.get("official", ""), "state": RoundsState(asked["state"]) if "state" in asked else None}


def _fetch(viewer: Viewer, lens: Lens) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[VisitRow]:
        return visits_for(viewer, lens, _asked(asked), after=after[1] if after else None, turned=not sort.descending, limit=limit)

    return fetch


def _count(viewer: Viewer, lens: Lens) -> Any:
    return lambda asked, most: count_for(viewer, lens, _asked(asked), most=most)


def _asked(asked: Mapping[str, Any]) -> Filters:
    return Filters(
        kind=VisitKind(asked["kind"]) if "kind" in asked else None,
        confirmation=ConfirmationState(asked["confirmation"]) if "confirmation" in asked else None,
        since=asked.get("since"), until=asked.get("until"), with_open_promises=bool(asked.get("promised")),
        by_liaison=bool(asked.get("by_liaison")), words=asked.get("q", ""),
    )
