"""The forms of a proposal: put forward, weighed, listed, turned down, sent up, done with a photo, its residents' word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.extras.actions.carrying import complete_item, rate_item
from zhitong.domain.extras.actions.deciding import publish_list, put_on_the_list, turn_down, weigh
from zhitong.domain.extras.actions.proposing import NewProposal, propose, send_up, withdraw
from zhitong.domain.extras.queries.criteria import criteria_of
from zhitong.domain.extras.queries.proposals import ProposalView, proposal_seen
from zhitong.domain.extras.rules.kinds import ExtraAct, ExtraKind, WishSource
from zhitong.domain.extras.rules.weighing import Points
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.figures import NoDay, day_in, whole_day
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import DayField, ProseField, UnitField, WordField
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import FigureField, PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.shell.words import WAN, figure_in_words
from zhitong.web.visits.asking import officials_only, tried


class ProposalForm(PlainForm):
    """A proposal: what, where, for whom, with what money, by when, and why."""

    kind = WordField(ExtraKind, gettext_lazy("类别"), initial=ExtraKind.MICRO_ITEM.value)
    title = ProseField(gettext_lazy("做什么"), gettext_lazy("例如：小区门口修一条人行道"), rows=1, max_length=120)
    place = ProseField(gettext_lazy("在哪里"), rows=1, max_length=120)
    what = ProseField(gettext_lazy("具体内容"), gettext_lazy("数量、规格、做到什么程度"), rows=4)
    reasons = ProseField(gettext_lazy("为什么要做"), gettext_lazy("群众怎么说，提了多久"), rows=3)
    source = WordField(WishSource, gettext_lazy("建议来源"), initial=WishSource.RESIDENTS.value)
    cost_cny = FigureField(label=gettext_lazy("所需资金"), unit=gettext_lazy("万元"), scale=int(WAN), least=0)
    funding = ProseField(gettext_lazy("资金从哪里来"), rows=1, max_length=200)
    beneficiaries = FigureField(label=gettext_lazy("受益人数"), unit=gettext_lazy("人"), places=0, least=1)
    by_when = DayField(label=gettext_lazy("什么时候办成"))


class WeighForm(PlainForm):
    """Points and a sentence for each criterion of the campaign."""

    def __init__(self, *args: Any, found: ProposalView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria_of(found.campaign)
        given = {one.code: one for one in found.scores}
        for one in self.criteria:
            said = given.get(one.code)
            label = _("%(name)s（0–%(most)d分，占%(weight)s）") % {
                "name": one.name, "most": one.most, "weight": figure_in_words(one.weight),
            }
            self.add(one.code, FigureField(
                label=label, help_text=one.words, least=0, most=one.most, initial=figure_in_words(said.points) if said else None
            ))
            self.add(f"{one.code}_words", ProseField(
                _("“%s”打分的理由") % one.name, rows=1, max_length=200, initial=said.words if said else ""
            ))

    def points(self) -> list[Points]:
        """What the act takes."""
        said = self.cleaned_data
        return [Points(one.code, said[one.code], said[f"{one.code}_words"]) for one in self.criteria]


class ListForm(PlainForm):
    """The lead and the timetable."""

    lead_unit = UnitField(label=gettext_lazy("牵头单位"))
    steps = ProseField(
        gettext_lazy("时间表"), gettext_lazy("一行一个节点，名称后写日期，例如：完成施工 2018年10月31日"), rows=4
    )
    words = ProseField(gettext_lazy("说明"), rows=2, required=False, max_length=400)

    def __init__(self, *args: Any, found: ProposalView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = directory()
        within = set(here.within(found.row.region_id))
        own = found.row.region_id
        units = sorted(
            (one for one in here.units.values() if one.region_id in within), key=lambda one: (one.region_id != own, one.code)
        )
        self.fields["lead_unit"].choices = [("", _("请选择")), *((str(one.id), one.name) for one in units)]  # type: ignore[attr-defined]
        self.fields["steps"].initial = _("办成 %s") % whole_day(found.row.by_when)

    def clean_steps(self) -> list[tuple[str, date]]:
        """Each line as a name and a day.

        Raises ValidationError: a line without its day.
        """
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["steps"].splitlines())):
            name, _blank, said = line.rpartition(" ")
            try:
                day = day_in(said)
            except NoDay:
                day = None
            if not name or day is None:
                raise forms.ValidationError(_("“%s”后面要写日期，例如：完成施工 2018年10月31日") % line)
            found.append((name.strip(), day))
        return found


class ReasonForm(PlainForm):
    reason = ProseField(gettext_lazy("理由"), rows=3, max_length=400)


class DoneForm(PlainForm):
    done_on = DayField(label=gettext_lazy("办成日期"))
    words = ProseField(gettext_lazy("办成了什么"), rows=3, max_length=400)
    files = FilesField(label=gettext_lazy("现场照片"))

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]


class RateForm(PlainForm):
    asked = FigureField(label=gettext_lazy("问到多少人"), unit=gettext_lazy("人"), places=0, least=1)
    satisfied = FigureField(label=gettext_lazy("满意的"), unit=gettext_lazy("人"), places=0, least=0)


@dataclass(frozen=True)
class Doing:
    """An act on a proposal as its page offers it; `does` takes viewer, id, what the form says, actor and now."""

    act: ExtraAct
    button: Text
    consequence: Text
    done: Text
    form: type[PlainForm]
    does: Callable[..., Any]


def _put_on_list(viewer: Any, proposal_id: UUID, form: ListForm, **more: Any) -> str:
    said = form.cleaned_data
    return str(put_on_the_list(
        viewer, proposal_id, lead_unit_id=said["lead_unit"], steps=said["steps"], words=said["words"], **more
    ))


def _with_reason(act: Callable[..., Any]) -> Callable[..., str]:
    return lambda viewer, proposal_id, form, **more: str(act(viewer, proposal_id, form.cleaned_data["reason"], **more))


def _rate(viewer: Any, proposal_id: UUID, form: RateForm, **more: Any) -> None:
    said = form.cleaned_data
    rate_item(viewer, proposal_id, asked=int(said["asked"]), satisfied=int(said["satisfied"]), **more)


def _complete(viewer: Any, proposal_id: UUID, form: DoneForm, **more: Any) -> None:
    said = form.cleaned_data
    complete_item(viewer, proposal_id, done_on=said["done_on"], words=said["words"], file_ids=said["files"], **more)


_ALL = (
    Doing(
        ExtraAct.WEIGH, gettext_lazy("保存评分"), gettext_lazy("得分按各项占比折成百分制，排名申报单位也能看到；确定前可以重评。"),
        gettext_lazy("已评分。"), WeighForm, lambda viewer, at, form, **more: weigh(viewer, at, form.points(), **more),
    ),
    Doing(
        ExtraAct.LIST, gettext_lazy("列入清单"), gettext_lazy("列入后成为牵头单位的任务，按时间表推进，申报单位会收到消息。"),
        gettext_lazy("已列入清单。"), ListForm, _put_on_list,
    ),
    Doing(
        ExtraAct.TURN_DOWN, gettext_lazy("不列入"), gettext_lazy("申报单位会收到消息，看到理由。"), gettext_lazy("已登记不列入。"),
        ReasonForm, _with_reason(turn_down),
    ),
    Doing(
        ExtraAct.SEND_UP, gettext_lazy("推荐上级"), gettext_lazy("以本办公室名义报上级清单重新评议，本级的办理不受影响。"),
        gettext_lazy("已推荐给上级。"), ReasonForm, _with_reason(send_up),
    ),
    Doing(
        ExtraAct.WITHDRAW, gettext_lazy("撤回"), gettext_lazy("撤回后不再评议，仍可查看。"), gettext_lazy("已撤回。"), ReasonForm,
        _with_reason(withdraw),
    ),
    Doing(
        ExtraAct.COMPLETE, gettext_lazy("登记办成"), gettext_lazy("时间表上的节点都完成后才能登记；照片上级和同级都能看到。"),
        gettext_lazy("已登记办成。"), DoneForm, _complete,
    ),
    Doing(
        ExtraAct.RATE, gettext_lazy("登记"), gettext_lazy("由活动办公室问群众，办理单位不经手。"), gettext_lazy("已登记群众评价。"),
        RateForm, _rate,
    ),
)
DOINGS = {one.act.value: one for one in _ALL}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a thing forward.

    Raises NotYours: the post does no such work. Raises NotFound: one of the served, or no campaign is in force.
    """
    officials_only(request)
    require(request.viewer, Permission.HANDLE)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    form = ProposalForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        said = {**form.cleaned_data, "beneficiaries": int(form.cleaned_data["beneficiaries"])}
        is_done, made, refusal, status = tried(request, form, lambda: str(propose(
            request.viewer, NewProposal(campaign=campaign.code, **said), actor=request.viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已申报，等活动办公室评议。"))
            return redirect("extras:page", made)
    office = directory().office(request.viewer.region_id)
    consequence = _("由%s评议打分，列入清单或说明理由；结果会告诉本单位。") % (office.name if office else "")
    return _form(request, form, _("申报民生微实事"), _("申报"), consequence, reverse("extras:list"), refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, proposal_id: UUID, what: str) -> HttpResponse:
    """One act on a proposal: the form, and what it does.

    Raises NotFound: there is no such act, or no such proposal for the viewer.
    """
    officials_only(request)
    doing = DOINGS.get(what)
    if doing is None:
        raise NotFound
    found = proposal_seen(request.viewer, proposal_id, now=clock.now())
    form = _form_of(request, doing, found)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_bound and is_adding(request):
        form, status = judged_for_files_alone(form), 200
    elif form.is_valid():
        is_done, _answer, refusal, status = tried(request, form, lambda: doing.does(
            request.viewer, proposal_id, form, actor=request.viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, str(doing.done))
            return redirect("extras:page", proposal_id)
    title = f"{doing.act.label}：{found.row.title}"
    return _form(request, form, title, doing.button, doing.consequence, reverse("extras:page", args=[proposal_id]), refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Publish what is on the list of the viewer's region.

    Raises NotFound: one of the served, or no campaign is in force. Raises NotYoursToDecide.
    """
    officials_only(request)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    form = PlainForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        is_done, count, refusal, status = tried(request, form, lambda: publish_list(
            request.viewer, campaign.code, request.viewer.region_id, actor=request.viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已公布 %s 项。") % count)
            return redirect("extras:ledger")
    consequence = _("公布后，本地区所有单位都能看到清单上的项目、牵头单位和进度。")
    return _form(request, form, _("公布清单"), _("公布"), consequence, reverse("extras:ledger"), refusal, status)


def _form_of(request: HttpRequest, doing: Doing, found: ProposalView) -> Any:
    sent = request.POST if request.method == "POST" else None
    if doing.form in (WeighForm, ListForm):
        return doing.form(sent, found=found)  # type: ignore[call-arg]
    if doing.form is DoneForm:
        return DoneForm(sent, initial={"done_on": clock.today()}, gathered=gather(request) if sent is not None else NOTHING)
    return doing.form(sent)


def _form(
    request: HttpRequest, form: PlainForm, title: str, button: Text, consequence: Text, back: str, refusal: str, status: int
) -> HttpResponse:
    return render(request, "roadmap/form.html", {
        "form": form, "title": title, "button": button, "consequence": consequence, "back_url": back, "refusal": refusal,
        "crumbs": [Crumb(_("民生微实事"), reverse("extras:list")), Crumb(title)],
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip
