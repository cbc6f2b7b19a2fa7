"""Two papers held against each other: the form that asks for it, and the reading in two columns with its meter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.papers.actions.comparing import compare as hold
from zhitong.domain.papers.queries.choosing import papers_to_compare
from zhitong.domain.papers.queries.comparisons import ComparisonView, comparison_seen
from zhitong.domain.papers.queries.papers import paper_seen
from zhitong.domain.papers.rules.comparing import Covered, covered_of
from zhitong.domain.papers.rules.kinds import PaperAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.policy.comparing.words import DifferenceOf, DifferenceVerdict, TaskRelation
from zhitong.policy.shapes import Plan
from zhitong.web.reader.drafts import goal_words, units_in_words
from zhitong.web.reader.forms import CompareForm
from zhitong.web.reader.paper import word_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import officials_only, tried

FILTERS = (
    ("", gettext_lazy("全部")), ("missing", gettext_lazy("缺失")), ("differing", gettext_lazy("有差异")),
    ("ask", gettext_lazy("请确认")), ("local_only", gettext_lazy("本级新增")),
)


@dataclass(frozen=True)
class Side:
    """A task or heading on one side: its number and title, goals and units in words, its place in the text."""

    number: str
    title: str
    goals: Sequence[str]
    units: str
    words: str


@dataclass(frozen=True)
class Differs:
    """One difference in words."""

    what: str
    verdict: str
    upper: str
    lower: str
    why: str
    is_question: bool


@dataclass(frozen=True)
class Row:
    """A line of the two columns."""

    relation: TaskRelation
    upper: Side | None
    lower: Sequence[Side]
    differences: Sequence[Differs]


@dataclass(frozen=True)
class Tab:
    """A filter with how many rows it leaves."""

    label: str
    url: str
    count: int
    current: bool


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Hold a paper against another. Raises NotFound: the viewer does not compare it."""
    officials_only(request)
    paper = paper_seen(request.viewer, paper_id)
    if PaperAct.COMPARE not in paper.acts:
        raise NotFound
    form = CompareForm(request.POST if request.method == "POST" else None, papers=papers_to_compare(request.viewer, paper_id))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        other = UUID(form.cleaned_data["other"])
        upper, lower = (other, paper_id) if form.cleaned_data["is_upper"] == "upper" else (paper_id, other)
        is_done, made, refusal, status = tried(request, form, lambda: str(hold(
            request.viewer, upper, lower, actor=request.viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已对照。"))
            return redirect("reader:comparison", made)
    desk = reverse("reader:desk", args=[paper_id])
    return render(request, "roadmap/form.html", {
        "form": form, "title": _("与另一份文件对照"), "button": _("对照"), "back_url": desk, "refusal": refusal,
        "consequence": _("逐项找出承接、调整、遗漏和自加的任务，以及目标、单位、范围、时限的差异；拿不准的请人判断。"),
        "crumbs": [Crumb(_("政策文件"), reverse("reader:list")), Crumb(paper.row.title, desk), Crumb(_("对照"))],
        "once_key": new_key() if form.errors or refusal else key_of(request),
    }, status=status)  # fmt: skip


@require_GET
def comparison(request: HttpRequest, comparison_id: UUID) -> HttpResponse | FileResponse:
    """A comparison in two columns; `?only=` narrows it, `?export=docx` gives it as a Word document. Raises NotFound."""
    officials_only(request)
    found = comparison_seen(request.viewer, comparison_id)
    rows = rows_of(found)
    if request.GET.get("export") == "docx":
        return word_of(found.head, covered_of(found.found), rows)
    only = request.GET.get("only", "")
    covered = covered_of(found.found)
    return render(request, "reader/comparison.html", {
        "head": found.head, "rows": [row for row in rows if _is_wanted(row, only)], "covered": covered,
        "share": _share(covered), "tabs": _tabs(rows, only), "is_all": not only,
        "findings": [one["message"] for one in found.found.get("findings", ()) if not one.get("holds")],
        "crumbs": [
            Crumb(_("政策文件"), reverse("reader:list")), Crumb(found.head.lower, reverse("reader:desk", args=[found.head.lower_id])),
            Crumb(_("对照")),
        ],
    })  # fmt: skip


def rows_of(found: ComparisonView) -> list[Row]:
    """The lines of a comparison with what stands on either side."""
    upper, lower = sides_of(found.upper), sides_of(found.lower)
    return [
        Row(
            TaskRelation(line["relation"]), upper.get(line["upper"] or ""),
            [lower[one] for one in line["lower"] if one in lower], [_differs(one) for one in line["differences"]],
        ) for line in found.found["tasks"]
    ]


def sides_of(plan: Plan) -> dict[str, Side]:
    """The tasks and headings of a plan by id."""
    sides = {
        one.id: Side(one.number, one.title, (), "", _short(plan.text[one.start:one.text_end])) for one in plan.sections
    }
    goals: dict[str, list[str]] = {}
    for one in plan.indicators:
        goals.setdefault(one.task_id or "", []).append(f"{one.name} {goal_words(one)}".strip())
    return sides | {
        task.id: Side(
            task.id, task.title, goals.get(task.id, ()), units_in_words(task), _short(plan.text[task.start:task.end])
        ) for task in plan.tasks
    }


def _short(words: str) -> str:
    return words.strip()[:400]


def _differs(line: Mapping[str, Any]) -> Differs:
    return Differs(
        DifferenceOf(line["what"]).label, DifferenceVerdict(line["verdict"]).label, line["upper"] or "",
        line["lower"] or "", line["why"] or "", line["verdict"] == DifferenceVerdict.ASK.value,
    )


def _is_wanted(row: Row, only: str) -> bool:
    match only:
        case "missing":
            return row.relation is TaskRelation.MISSING
        case "differing":
            return bool(row.differences) and row.upper is not None
        case "ask":
            return any(one.is_question for one in row.differences)
        case "local_only":
            return row.relation is TaskRelation.LOCAL_ONLY
    return True


def _tabs(rows: Iterable[Row], only: str) -> list[Tab]:
    every = list(rows)
    return [
        Tab(str(label), f"?only={word}" if word else "?", sum(_is_wanted(row, word) for row in every), word == only)
        for word, label in FILTERS
    ]


def _share(covered: Covered) -> int:
    return round(100 * covered.covered / covered.total) if covered.total else 0
