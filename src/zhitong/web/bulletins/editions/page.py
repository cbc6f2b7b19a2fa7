"""One edition: its text with figures, what differs, checks, versions and acts; its file; the rows behind a figure."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.editions.files import edition_file
from zhitong.domain.bulletins.queries.editions.page import EditionPage, behind, edition_page
from zhitong.domain.bulletins.rules.catalogue import Format
from zhitong.domain.bulletins.rules.kinds import CheckState
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.domain.notices.actions import mark_read
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.bulletins.editions.showing import (
    annexes_shown,
    crumb_of,
    crumbs_of,
    figures_shown,
    period_in_words,
    sections_shown,
)
from zhitong.web.bulletins.making import file_of, word_in
from zhitong.web.shell.components import Act, Crumb, Empty, Happening

ICONS = {
    EditionAct.EDIT: "pencil", EditionAct.REDRAW: "refresh", EditionAct.CHECK: "checks", EditionAct.SUBMIT: "send",
    EditionAct.RETURN: "arrow-back-up", EditionAct.ISSUE: "signature", EditionAct.CORRECT: "file-text", EditionAct.DROP: "trash",
}
OFFERED_FIRST = (EditionAct.ISSUE, EditionAct.SUBMIT, EditionAct.CHECK, EditionAct.EDIT)


@require_GET
def edition(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """One edition; what the unit was told of it counts as read. Raises NotFound: there is none for this viewer."""
    viewer, now = request.viewer, clock.now()
    found = edition_page(viewer, edition_id, now=now)
    mark_read(viewer, edition_id, now=now)
    newest = len(found.timeline) - 1
    context = {
        "found": found, "row": found.row, "crumbs": crumbs_of(Crumb(found.row.number or found.row.title)),
        "period": period_in_words(found.row.since, found.row.cut_off), "sections": sections_shown(found, viewer),
        "annexes": annexes_shown(found, viewer), "acts": acts_of(found), "answers": _answers(found),
        "figures": figures_shown(found, viewer, found.figures if found.is_own else [one for one in found.figures if not one.unit_id]),
        "changed": sum(one.is_changed for one in found.figures) if found.is_own else 0,
        "own": figures_shown(found, viewer, found.own),
        "happenings": [
            Happening(told.at, told.kind.label, f"{told.unit} {told.who}".strip(), told.words, newest=place == newest)
            for place, told in reversed(list(enumerate(found.timeline)))
        ],
    }
    return render(request, "bulletins/editions/page.html", context)


@require_GET
def file(request: HttpRequest, edition_id: UUID) -> FileResponse:
    """The paper as Word or PDF. Raises NotFound: there is none for this viewer. Raises Refused: it is not issued yet."""
    form = word_in(Format, request.GET.get("format", Format.WORD.value))
    if form is None:
        raise NotFound
    return file_of(edition_file(request.viewer, edition_id, form, clock.now()))


@require_GET
def rows(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """The problems behind a figure. Raises NotFound: there is no such figure for this viewer."""
    found = edition_page(request.viewer, edition_id, now=clock.now())
    figure, counted = behind(request.viewer, edition_id, request.GET.get("key", ""))
    is_due = figure.behind["list"] == "due"
    return render(request, "bulletins/editions/behind.html", {
        "found": found, "figure": figure, "rows": counted, "is_due": is_due,
        "heads": (_("时限"), _("按时办结"), _("实际解决")) if is_due else (_("答复告知企业"), _("已评价"), _("满意")),
        "crumbs": crumbs_of(crumb_of(found), Crumb(figure.label)),
        "nothing": Empty(_("没有可以列出的问题"), _("这个数是 0，或者其中的问题不在您的查看范围内。")),
    })


def acts_of(found: EditionPage) -> list[Act]:
    """The bar of acts; objections that wait for an answer come first, then what leads on."""
    objections = _objections(found)
    allowed = {one.act for one in found.acts if one.allowed}
    first = None if objections else next((act for act in OFFERED_FIRST if act in allowed), None)
    return objections + [
        Act(one.act.label, _address(found.row.id, one.act), one.allowed, one.reason, primary=one.act is first, icon=ICONS[one.act])
        for one in found.acts
    ]


def _objections(found: EditionPage) -> list[Act]:
    """The first objection that waits, with how many there are: the form of its answer names the unit."""
    waiting = [one for one in found.checks if one.state is CheckState.OBJECTED] if found.is_own else []
    if not waiting:
        return []
    label = _("答复异议（%d）") % len(waiting) if len(waiting) > 1 else _("答复异议")
    return [Act(label, reverse("bulletins:edition_settle", args=[found.row.id, waiting[0].id]), primary=True, icon="send")]


def _address(edition_id: UUID, act: EditionAct) -> str:
    if act is EditionAct.EDIT:
        return reverse("bulletins:edition_edit", args=[edition_id])
    return reverse("bulletins:edition_act", args=[edition_id, act.value])


def _answers(found: EditionPage) -> list[Act]:
    """What a unit may do about its own figures; nothing where none of them stands in the paper."""
    if found.why_not_object == "":
        return []
    reason, is_open = found.why_not_object or "", found.why_not_object is None
    answers = [Act(_("提出异议"), reverse("bulletins:edition_object", args=[found.row.id]), is_open, reason, icon="message-report")]
    if not found.row.issued_at:
        url = reverse("bulletins:edition_confirm", args=[found.row.id])
        answers.insert(0, Act(_("确认无误"), url, is_open, reason, primary=is_open, icon="circle-check"))
    return answers
