"""The other acts at the desk: taking a document in, judging a doubt, linking names, publishing, withdrawing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.actions import publish_paper
from zhitong.domain.files.rules.kinds import MOST_BYTES
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.papers.actions.judging import judge, link
from zhitong.domain.papers.actions.publishing import Publishing
from zhitong.domain.papers.actions.taking_in import NewPaper, take_in, withdraw
from zhitong.domain.papers.queries.choosing import plans_to_renew
from zhitong.domain.papers.queries.naming import NameView, names_of
from zhitong.domain.papers.queries.papers import PaperView, doubts_of, paper_seen
from zhitong.domain.papers.queries.sight import is_office
from zhitong.domain.papers.rules.kinds import PaperAct, PaperKind
from zhitong.domain.papers.rules.recording import is_counted, troubles_of
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.reader.forms import DoubtForm, PublishForm, UploadForm
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import officials_only, tried

LEFT = "left"
"""The choice that leaves a name as it is printed."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take a document in. Raises NotFound: the viewer is not the campaign office of its region."""
    officials_only(request)
    if not is_office(request.viewer):
        raise NotFound
    is_sent = request.method == "POST"
    form = UploadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, plans=plans_to_renew(request.viewer)
    )
    refusal, status = "", 422 if is_sent else 200
    if form.is_valid():
        is_done, made, refusal, status = tried(request, form, lambda: str(take_in(
            request.viewer, _sent(form), actor=request.viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已收入。请对照原文核对草案。"))
            return redirect("reader:desk", made)
    return render(request, "roadmap/form.html", {
        "form": form, "title": _("收入文件"), "button": _("收入并读取"), "back_url": reverse("reader:list"), "refusal": refusal,
        "consequence": _("系统读出任务、单位、指标和时限，成为草案；只有本办公室看得到，核对后再发布。"),
        "crumbs": [Crumb(_("政策文件"), reverse("reader:list")), Crumb(_("收入文件"))],
        "once_key": new_key() if form.errors or refusal else key_of(request),
    }, status=status)  # fmt: skip


def _sent(form: UploadForm) -> NewPaper:
    said = form.cleaned_data
    file, is_own = said["file"], said["kind"] is PaperKind.OWN
    content = file.read(MOST_BYTES + 1) if file else said["pasted"].replace("\r\n", "\n").encode()
    return NewPaper(kind=said["kind"], name=file.name if file else "", content=content, campaign=said["campaign"] if is_own else "")


@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request: HttpRequest, paper_id: UUID, key: str) -> HttpResponse:
    """Judge a doubt. Raises NotFound: there is no such doubt for the viewer to judge."""
    paper = _own(request, paper_id, PaperAct.CORRECT)
    found = next((one for one in doubts_of(request.viewer, paper) if one.key == key), None)
    if found is None:
        raise NotFound
    form = DoubtForm(
        request.POST if request.method == "POST" else None,
        initial={"judgement": found.judgement.value if found.judgement else "", "reason": found.reason},
    )
    asking = Once(
        found.finding.message, _("保存判定"), _("不成立的疑点不再标在原文上；判定和理由留在文件里。"), _("已判定。"),
        reverse("reader:desk", args=[paper_id]), _crumbs(paper, _("判定疑点")),
    )
    return asking.respond(request, form, lambda: judge(
        request.viewer, paper_id, key, form.cleaned_data["judgement"], form.cleaned_data["reason"],
        actor=request.viewer.actor("web"), now=clock.now(),
    ))


class NamesForm(PlainForm):
    """Whom each printed name means: a unit of the territory, or nobody in particular."""

    def __init__(self, *args: Any, names: list[NameView], region_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        choices = [("", _("请选择")), (LEFT, _("按原文保留，不对应单位")), *_units(region_id)]
        for place, one in enumerate(names):
            now = str(one.unit_id) if one.unit_id else LEFT if one.is_left or one.is_collective else ""
            note = _("印了%d处") % one.times
            self.add(f"name_{place}", forms.ChoiceField(
                label=one.name, choices=choices, required=False, initial=now, help_text=note,
                widget=forms.Select(attrs={"data-choose": ""}),
            ))

    def links(self) -> dict[str, UUID | None]:
        """The names whose choice was changed."""
        said = {one.name: self.cleaned_data[f"name_{place}"] for place, one in enumerate(self.names)}
        changed = {self.names[int(name.removeprefix("name_"))].name for name in self.changed_data}
        return {name: None if word == LEFT else UUID(word) for name, word in said.items() if word and name in changed}


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Say which unit each printed name means. Raises NotFound: the viewer does not correct the paper."""
    paper = _own(request, paper_id, PaperAct.CORRECT)
    assert paper.seen is not None
    found = names_of(paper_id, paper.row.region_id, paper.seen.plan)
    if "all" not in request.GET:
        found = [one for one in found if not one.is_settled or one.by_person]
    form = NamesForm(
        request.POST if request.method == "POST" else None, names=found, region_id=paper.row.region_id,
    )
    said = _("发布后任务归所选单位，由它报送；按原文保留的名称只显示、不归任何单位。") if found else _("每个名称都已对上单位。")
    asking = Once(
        _("对应单位"), _("保存"), said, _("已保存。"),
        reverse("reader:desk", args=[paper_id]), _crumbs(paper, _("对应单位")),
    )
    return asking.respond(request, form, lambda: link(
        request.viewer, paper_id, form.links(), actor=request.viewer.actor("web"), now=clock.now()
    ))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Publish the draft as the plan in force. Raises NotFound: the viewer does not publish the paper."""
    paper = _own(request, paper_id, PaperAct.PUBLISH)
    assert paper.seen is not None
    plan = paper.seen.plan
    form = PublishForm(request.POST if request.method == "POST" else None, initial={
        "title": plan.document.title or paper.row.title, "number": plan.document.number or "",
        "issued_on": plan.document.date_issued or clock.today().isoformat(),
    })
    loose = [one.name for one in names_of(paper_id, paper.row.region_id, plan) if not one.is_settled]
    kept = sum(is_counted(one) for one in plan.indicators)
    said = _("%(tasks)d项任务、%(kept)d个目标成为正在执行的方案，每一项都记着原文位置；有牵头单位的随即按期报送。") % {
        "tasks": len(plan.tasks), "kept": kept,
    }
    troubles = troubles_of(plan, loose)
    asking = Once(
        _("发布方案"), _("发布"), said + ("" if not troubles else _(" 现在还不能发布：%s") % "".join(troubles)), _("已发布。"),
        reverse("reader:desk", args=[paper_id]), _crumbs(paper, _("发布方案")),
    )
    return asking.respond(request, form, lambda: str(publish_paper(
        request.viewer, paper_id, Publishing(**form.cleaned_data), actor=request.viewer.actor("web"), now=clock.now()
    ).version))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Withdraw a paper that was not published. Raises NotFound: the viewer does not withdraw it."""
    paper = _own(request, paper_id, PaperAct.WITHDRAW)
    form = PlainForm(request.POST if request.method == "POST" else None)
    asking = Once(
        _("收回“%s”") % paper.row.title, _("收回"), _("收回后不能再改动、对照或发布，仍在列表里可以查看原文。"), _("已收回。"),
        reverse("reader:desk", args=[paper_id]), _crumbs(paper, _("收回")),
    )
    return asking.respond(request, form, lambda: withdraw(
        request.viewer, paper_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _own(request: HttpRequest, paper_id: UUID, act: PaperAct) -> PaperView:
    officials_only(request)
    paper = paper_seen(request.viewer, paper_id)
    if act not in paper.acts:
        raise NotFound
    return paper


def _units(region_id: UUID) -> list[tuple[str, str]]:
    """The units of the region, then of those above it, then the governments directly below."""
    here = directory()
    near = {one.id: place for place, one in enumerate(reversed(here.path(region_id)))}
    below = {one.id for one in here.children(region_id)}
    found = [
        one for one in here.units.values()
        if one.region_id in near or (one.region_id in below and one.kind is UnitKind.GOVERNMENT)
    ]
    found.sort(key=lambda one: (near.get(one.region_id, len(near)), one.code))
    return [(str(one.id), one.name) for one in found]


def _crumbs(paper: PaperView, last: str) -> list[Crumb]:
    desk = reverse("reader:desk", args=[paper.row.id])
    return [Crumb(_("政策文件"), reverse("reader:list")), Crumb(paper.row.title, desk), Crumb(last)]
