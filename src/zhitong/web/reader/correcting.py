"""A person corrects the draft: a task or an indicator added, changed, struck; a correction taken back; the cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.papers.actions.correcting import NewCorrection, correct, restore
from zhitong.domain.papers.queries.cases import cases_of, corrections_of
from zhitong.domain.papers.queries.papers import PaperView, paper_seen
from zhitong.domain.papers.rules.kinds import CorrectionKind, PaperAct
from zhitong.domain.papers.rules.places import place_of
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.policy.shapes import Indicator, Plan, Responsible, Task
from zhitong.web.reader.forms import IndicatorForm, PlacedForm, ReasonForm, TaskForm, of_indicator, of_task
from zhitong.web.reader.telling import told
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.visits.asking import officials_only

Said = Callable[[], NewCorrection]


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """A task changed (`?of=`), or added at a place of the text (`?start=&end=`).

    Raises NotFound: there is no such paper or task for the viewer to correct.
    """
    paper, plan = _correctable(request, paper_id)
    was = _named(plan.tasks, request)
    begin = {**(of_task(was, plan.text, "") if was else {}), **_picked(request, plan)}
    form = TaskForm(request.POST or None, is_new=was is None, initial=begin)
    kind = CorrectionKind.TASK_CHANGED if was else CorrectionKind.TASK_ADDED

    def said() -> NewCorrection:
        typed = form.cleaned_data
        after = {"title": typed["title"], **_placed(form, plan, was)}
        start, end = after.get("start", was.start if was else 0), after.get("end", was.end if was else 0)
        after["responsible"] = [_settled(one, was, plan.text, start, end) for one in typed["units"]]
        if typed["kind"]:
            after["kind"] = typed["kind"]
        return NewCorrection(kind=kind, thing=was.id if was else typed["number"], after=after, reason=typed["reason"])

    title = _("改任务：%s") % was.title if was else _("补一项任务")
    return _asked(request, paper, form, said, title)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """An indicator changed (`?of=`), or added at a place of the text (`?start=&end=`).

    Raises NotFound: there is no such paper or indicator for the viewer to correct.
    """
    paper, plan = _correctable(request, paper_id)
    was = _named(plan.indicators, request)
    begin = {**(of_indicator(was, plan.text) if was else _around(request, plan)), **_picked(request, plan)}
    form = IndicatorForm(request.POST or None, plan=plan, initial=begin)
    kind = CorrectionKind.INDICATOR_CHANGED if was else CorrectionKind.INDICATOR_ADDED

    def said() -> NewCorrection:
        after = {**form.after(), **_placed(form, plan, was)}
        return NewCorrection(kind=kind, thing=was.id if was else "", after=after, reason=form.cleaned_data["reason"])

    title = _("改指标：%s") % (was.name or was.text) if was else _("补一个指标")
    return _asked(request, paper, form, said, title)


@require_http_methods(["GET", "HEAD", "POST"])
def strike_task(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """A task taken out of the draft. Raises NotFound."""
    paper, plan = _correctable(request, paper_id)
    was = _named(plan.tasks, request)
    return _struck(request, paper, CorrectionKind.TASK_STRUCK, was.id if was else "", was.title if was else "")


@require_http_methods(["GET", "HEAD", "POST"])
def strike_indicator(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """An indicator taken out of the draft. Raises NotFound."""
    paper, plan = _correctable(request, paper_id)
    was = _named(plan.indicators, request)
    return _struck(request, paper, CorrectionKind.INDICATOR_STRUCK, was.id if was else "", was.name or was.text if was else "")


@require_http_methods(["GET", "HEAD", "POST"])
def put_back(request: HttpRequest, paper_id: UUID, number: int) -> HttpResponse:
    """A correction taken back. Raises NotFound."""
    paper, _plan = _correctable(request, paper_id)
    to = reverse("reader:cases", args=[paper_id])
    asking = Once(
        _("撤销第%d处改动") % number, _("撤销"), _("草案回到没有这处改动的样子，改动仍留在记录里。"), _("已撤销。"), to,
        [*_crumbs(paper), Crumb(_("改动记录"), to), Crumb(_("撤销"))],
    )
    form = PlainForm(request.POST if request.method == "POST" else None)
    return asking.respond(request, form, lambda: restore(
        request.viewer, paper_id, number, actor=request.viewer.actor("web"), now=clock.now()
    ))


@require_GET
def cases(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """What was corrected, the newest first; `?export=jsonl` gives the cases that the reader is tested by. Raises NotFound."""
    officials_only(request)
    if request.GET.get("export") == "jsonl":
        answer = HttpResponse("".join(cases_of(request.viewer, paper_id)), content_type="application/x-ndjson; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="cases-{paper_id.hex[-8:]}.jsonl"'
        return answer
    paper = paper_seen(request.viewer, paper_id)
    return render(request, "reader/cases.html", {
        "row": paper.row, "corrections": [told(one) for one in corrections_of(request.viewer, paper_id)],
        "may_restore": PaperAct.CORRECT in paper.acts,
        "crumbs": [*_crumbs(paper), Crumb(_("改动记录"))],
    })  # fmt: skip


def _correctable(request: HttpRequest, paper_id: UUID) -> tuple[PaperView, Plan]:
    """The paper with its draft. Raises NotFound: the viewer does not correct it."""
    officials_only(request)
    paper = paper_seen(request.viewer, paper_id)
    if PaperAct.CORRECT not in paper.acts or paper.seen is None:
        raise NotFound
    return paper, paper.seen.plan


def _named(rows: Any, request: HttpRequest) -> Any:
    """The thing that the address names; None where it names none. Raises NotFound: the draft has it no longer."""
    thing = request.GET.get("of", "")
    found = next((one for one in rows if one.id == thing), None)
    if thing and found is None:
        raise NotFound
    return found


def _picked(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The words of the text that the address picks."""
    start, end = _place(request)
    return {"words": plan.text[start:end].strip(), "start": start} if 0 <= start < end <= len(plan.text) else {}


def _around(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The task in whose words a new indicator stands."""
    start, _end = _place(request)
    over = next((one for one in plan.tasks if one.start <= start < one.end), None)
    return {"task_id": over.id, "reading_class": "target"} if over else {"reading_class": "target"}


def _place(request: HttpRequest) -> tuple[int, int]:
    try:
        return int(request.GET.get("start", "")), int(request.GET.get("end", ""))
    except ValueError:
        return 0, 0


def _placed(form: PlacedForm, plan: Plan, was: Task | Indicator | None) -> Mapping[str, int]:
    """Where the words of the form stand; nothing where they are as they were.

    Raises BadInput, at `words`: the text does not say them.
    """
    words = form.cleaned_data["words"]
    if was is not None and words.strip() == plan.text[was.start:was.end].strip().replace("\r\n", "\n"):
        return {}
    near = form.cleaned_data["start"]
    start, end = place_of(plan.text, words, near if near is not None else was.start if was else 0)
    return {"start": start, "end": end}


def _settled(said: Mapping[str, Any], was: Task | None, text: str, start: int, end: int) -> dict[str, Any]:
    """A unit as it was read where nothing of it changed; a new one with its place in the task's words."""
    for one in was.responsible if was else ():
        if (one.name, one.role, one.part) == (said["name"], said["role"], said["part"]):
            return _kept(one)
    found = text.find(said["name"], start, end)
    return {**said, "start": found, "end": found + len(said["name"])} if found >= 0 else dict(said)


def _kept(one: Responsible) -> dict[str, Any]:
    return {
        "name": one.name, "role": one.role, "part": one.part, "printed": one.printed, "is_collective": one.is_collective,
        "start": one.start, "end": one.end,
    }


def _struck(request: HttpRequest, paper: PaperView, kind: CorrectionKind, thing: str, name: str) -> HttpResponse:
    if not thing:
        raise NotFound
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def said() -> NewCorrection:
        return NewCorrection(kind=kind, thing=thing, reason=form.cleaned_data["reason"])

    return _asked(request, paper, form, said, f"{kind.label}：{name}")


def _asked(request: HttpRequest, paper: PaperView, form: PlainForm, said: Said, title: Text) -> HttpResponse:
    """The form, or the desk after the correction."""
    asking = Once(
        title, _("保存改动"), _("草案和疑点随即重新核对；机器读的和改动都留在改动记录里，可以撤销。"), _("已保存改动。"),
        reverse("reader:desk", args=[paper.row.id]), [*_crumbs(paper), Crumb(title)],
    )
    return asking.respond(request, form, lambda: correct(
        request.viewer, paper.row.id, said(), actor=request.viewer.actor("web"), now=clock.now()
    ))


def _crumbs(paper: PaperView) -> list[Crumb]:
    return [Crumb(_("政策文件"), reverse("reader:list")), Crumb(paper.row.title, reverse("reader:desk", args=[paper.row.id]))]
