"""The papers that a viewer may see, and the desk of one: the text with its marks beside the draft of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.queries.comparisons import comparisons_of
from zhitong.domain.papers.queries.naming import names_of
from zhitong.domain.papers.queries.papers import (
    PaperRow,
    PaperView,
    count_of_papers,
    doubts_of,
    paper_seen,
    papers_for,
)
from zhitong.domain.papers.queries.sight import is_office
from zhitong.domain.papers.rules.kinds import Judgement, PaperAct, PaperKind, PaperState
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.policy.shapes import Plan
from zhitong.web.reader.drafts import loose_goals, task_lines
from zhitong.web.reader.marking import anchors_of, lines_of, marks_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Crumb, Empty, Light, Tone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.visits.asking import officials_only

_ALL = ("", gettext_lazy("全部"))
_TONES = {PaperState.PUBLISHED: Tone.GOOD, PaperState.UNREADABLE: Tone.WARN}
_WHOLE = {"names": "?all=1"}
"""What the bar adds to an address: every name, not only those that wait."""
SEVERITIES = {"high": gettext_lazy("严重"), "medium": gettext_lazy("一般"), "low": gettext_lazy("提示")}


class PaperFilters(PlainForm):
    """The bar above."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("标题或文号")}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("哪级文件"), required=False, choices=[_ALL, *choices_of(PaperKind)])
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[_ALL, *choices_of(PaperState)])


def light_of(row: PaperRow) -> Light:
    """How far a paper has come, as a shape and a word."""
    return Light(_TONES.get(row.state, Tone.NONE), row.state.label)


PAPERS = DeskList(
    "papers", gettext_lazy("政策文件"),
    (
        Column("title", gettext_lazy("文件"), url=lambda row: reverse("reader:desk", args=[row.id])),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("number", gettext_lazy("文号")),
        Column("kind", gettext_lazy("哪级文件"), value=lambda row: row.kind.label),
        Column("region", gettext_lazy("地区")),
        Column("taken_at", gettext_lazy("收入时间"), Kind.MOMENT, sort_by="id"),
        Column("published_at", gettext_lazy("发布时间"), Kind.MOMENT),
        Column("by_unit", gettext_lazy("收入单位"), extra=True),
        Column("name", gettext_lazy("文件名"), extra=True),
    ),
    Sort("id", descending=True),
    filters=PaperFilters,
    empty=Empty(
        gettext_lazy("还没有政策文件"),
        gettext_lazy("活动办公室收入实施意见、工作方案后，系统读出任务、单位、指标和时限；发布后辖区内的单位都能看到。"), icon="file-text",
    ),
)  # fmt: skip


@require_GET
def papers(request: HttpRequest) -> HttpResponse | FileResponse:
    """The papers of the viewer's office, and those published around, the newest first.

    Raises NotFound: one of the served.
    """
    officials_only(request)
    viewer = request.viewer
    return PAPERS.respond(
        request, "reader/list.html", fetch=_fetch(viewer), count=_count(viewer), asked_by=request.user.name,
        context={"is_office": is_office(viewer)},
    )


@require_GET
def desk(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """One paper: its text with every span marked, the plan that was read in it, the doubts, what may be done.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request)
    paper = paper_seen(request.viewer, paper_id)
    shown = _reading(request.viewer, paper) if paper.seen else {}
    return render(request, "reader/desk.html", {
        "paper": paper, "row": paper.row, "light": light_of(paper.row), "acts": _acts(paper),
        "is_waiting": paper.row.state is PaperState.READING,
        "crumbs": [Crumb(_("政策文件"), reverse("reader:list")), Crumb(paper.row.title)],
        "comparisons": comparisons_of(request.viewer, paper_id), **shown,
    })  # fmt: skip


def _reading(viewer: Viewer, paper: PaperView) -> dict[str, Any]:
    """Both sides of the desk."""
    assert paper.seen is not None
    plan, row = paper.seen.plan, paper.row
    doubts = doubts_of(viewer, paper)
    anchors = anchors_of(plan, [one.key for one in doubts])
    names = names_of(row.id, row.region_id, plan) if paper.is_own else []
    open_doubts = [(one.key, one.finding) for one in doubts if one.judgement is not Judgement.DISMISSED]
    return {
        "seen": paper.seen, "plan": plan, "may_correct": PaperAct.CORRECT in paper.acts,
        "lines": lines_of(plan.text, marks_of(plan, anchors, open_doubts), noise=paper.noise, headings=_levels(plan)),
        "tasks": task_lines(row.id, plan, anchors, names), "loose": loose_goals(row.id, plan, anchors),
        "doubts": [(anchors.doubts[one.key], one, SEVERITIES.get(one.finding.severity, "")) for one in doubts],
        "undecided": sum(one.judgement is None for one in doubts), "holding": [one for one in plan.findings if one.holds],
        "unsettled": sum(not one.is_settled for one in names),
    }  # fmt: skip


def _levels(plan: Plan) -> dict[int, int]:
    return {one.start: one.level for one in plan.sections if one.level}


def _acts(paper: PaperView) -> list[Act]:
    """What may be done: publishing first, while the draft says something new."""
    if not paper.acts:
        return []
    is_new = paper.seen is not None and not paper.seen.is_published
    offered = (
        (PaperAct.PUBLISH, "publish", _("发布为方案") if paper.row.published_at is None else _("发布新版"), "send", is_new),
        (PaperAct.COMPARE, "compare", _("与另一份文件对照"), "columns", False),
        (PaperAct.CORRECT, "names", _("对应单位"), "link", False),
        (PaperAct.CORRECT, "cases", _("改动记录"), "history", False),
        (PaperAct.WITHDRAW, "withdraw", _("收回"), "", False),
    )
    return [
        Act(label, reverse(f"reader:{name}", args=[paper.row.id]) + _WHOLE.get(name, ""), primary=primary, icon=icon)
        for act, name, label, icon, primary in offered if act in paper.acts
    ]


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[PaperRow]:
        key = UUID(str(after[1])) if after else None
        return papers_for(viewer, **_asked(asked), after=key, turned=not sort.descending, limit=limit)

    return fetch


def _count(viewer: Viewer) -> Any:
    return lambda asked, most: count_of_papers(viewer, **_asked(asked), most=most)


def _asked(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": PaperKind(asked["kind"]) if "kind" in asked else None,
        "state": PaperState(asked["state"]) if "state" in asked else None, "words": asked.get("q", ""),
    }
