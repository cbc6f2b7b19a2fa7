"""The sheet of a unit for a period: every report on one page; drafts are kept, what is ticked is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.rules import Stage
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.problems.queries.reported import RaisedDifficulty, raised_by_reports
from zhitong.domain.progress.actions.entering import (
    LONGEST_NOTE,
    LONGEST_WORDS,
    Entry,
    Told,
    add_evidence,
    save_reports,
)
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.queries.sheets import FigureLine, ReportSheet, own_sheet
from zhitong.domain.progress.rules import Quality
from zhitong.kit import clock
from zhitong.kit.figures import NoFigure, number_in
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.progress.saying import whole
from zhitong.web.reports.showing import below_of, change_of, light_of, origin_of, said, source_of, until
from zhitong.web.shell.components import Crumb, Light
from zhitong.web.shell.files import CHOOSERS, Gathered, gather
from zhitong.web.shell.files import NOTHING as NO_FILE
from zhitong.web.shell.sending import key_of, new_key, send_once

WORDS = (
    ("progress_words", gettext_lazy("本期进展")), ("trouble_words", gettext_lazy("存在问题")), ("next_words", gettext_lazy("下步打算")),
)
NOTHING: Mapping[str, str] = {}
Files = Mapping[UUID, Gathered]
NO_FILES: Files = {}


@dataclass(frozen=True)
class FigureField:
    """A figure as the sheet asks for it, with all that stands beside it."""

    line: FigureLine
    typed: str
    note: str
    stage: str
    trouble: str
    previous: str
    change: str
    expected: str
    below: str
    source: str
    origin: str
    quality: str


@dataclass(frozen=True)
class WordsField:
    """A text as the sheet asks for it."""

    name: str
    label: str
    typed: str
    trouble: str


@dataclass(frozen=True)
class Block:
    """One report on the sheet."""

    sheet: ReportSheet
    light: Light
    until: str
    figures: Sequence[FigureField]
    words: Sequence[WordsField]
    files: Gathered
    files_trouble: str
    trouble: str
    asks: bool
    is_chosen: bool
    raised: RaisedDifficulty | None

    @property
    def waits(self) -> bool:
        """Whether it cannot be sent before those below, unless the office lets it through."""
        return bool(self.sheet.missing) and not self.sheet.below_reason


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, period: str) -> HttpResponse:
    """The sheet, its draft, and its sending.

    Raises NotFound: the unit owes nothing for the period. Raises NotYours: the post does not report.
    """
    found = own_sheet(request.viewer, period, now=clock.now())
    if request.method != "POST":
        return show(request, found)
    entries, troubles = read(request, found)
    files = {one.id: gather(request, str(one.id)) for one in found if not one.closed}
    troubles |= {f"{report_id}.files": "".join(one.refusals) for report_id, one in files.items() if one.refusals}
    if troubles:
        refusal = _("有%d处要改正，没有保存。") % len(troubles)
        return show(request, found, troubles=troubles, files=files, refusal=refusal, status=422)
    chosen = set(request.POST.getlist("send")) if request.POST.get("act") == "send" else set()
    try:
        send_once(request, lambda: _do(request, found, entries, files, chosen))
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        return show(request, found, troubles=refused.fields, files=files, refusal=refused.sentence, status=422)
    except Refused as refused:
        return show(request, found, files=files, refusal=refused.sentence, status=409)
    messages.success(request, _("已报送 %d 项，等本级审核。") % len(chosen) if chosen else _("已保存草稿，还没有报送。"))
    return redirect("reports:sheet", period)


def _do(
    request: HttpRequest, found: Sequence[ReportSheet], entries: Sequence[Entry], files: Files, chosen: set[str]
) -> int:
    """Keep what was typed and the proofs beside it, then send what was ticked: all of it or nothing."""
    now, actor = clock.now(), request.viewer.actor("web")
    save_reports(entries, now=now)
    for report_id, one in files.items():
        if one.ids:
            add_evidence(report_id, one.ids, actor=actor, now=now)
    steps = [
        ReportToSend(submission=Submission(report_id=one.id, actor=actor), asks_above=f"asks-{one.id}" in request.POST)
        for one in found if str(one.id) in chosen
    ]
    return len(submit_reports(steps, now=now))


def read(request: HttpRequest, found: Sequence[ReportSheet]) -> tuple[list[Entry], dict[str, str]]:
    """What was typed as entries, and a sentence for each figure that cannot be read."""
    actor, typed = request.viewer.actor("web"), request.POST
    troubles: dict[str, str] = {}
    entries = []
    for one in found:
        if one.closed:
            continue
        told = []
        for line in one.figures:
            try:
                value = number_in(typed.get(f"v-{line.id}", ""))
            except NoFigure as why:
                troubles[f"{one.id}.{line.indicator_id}"] = f"{why}。"
                continue
            stage = typed.get(f"s-{line.id}", "")
            told.append(Told(
                line.indicator_id, value, Stage(stage) if stage in {str(word) for word in Stage} else None,
                typed.get(f"n-{line.id}", ""), _quality_in(typed.get(f"q-{line.id}", ""), line),
            ))
        texts = {name: typed.get(f"{name}-{one.id}", "") for name, _label in WORDS}
        version = typed.get(f"version-{one.id}", "")[:9]
        entries.append(Entry(
            report_id=one.id, actor=actor, version=int(version) if version.isascii() and version.isdigit() else None,
            figures=told, **texts,
        ))
    return entries, troubles


def _quality_in(typed: str, line: FigureLine) -> Quality:
    """The quality that was chosen; as it was where none was."""
    return next((one for one in Quality if str(one) == typed), line.quality)


def show(
    request: HttpRequest, found: Sequence[ReportSheet], *, troubles: Mapping[str, str] = NOTHING, files: Files = NO_FILES,
    refusal: str = "", status: int = 200,
) -> HttpResponse:
    """The sheet as a page, with what was typed where something was wrong."""
    typed = request.POST if request.method == "POST" else None
    raised = raised_by_reports(request.viewer, [one.id for one in found])
    blocks = [_block(one, troubles, typed, raised.get(one.id), files.get(one.id, NO_FILE)) for one in found]
    period = found[0].period
    context = {
        "period": period, "whole": len(blocks), "refusal": refusal, "once_key": key_of(request) if typed else new_key(),
        "crumbs": [Crumb(_("我的填报"), reverse("reports:mine")), Crumb(period.words)], "stages": list(Stage),
        "qualities": list(Quality), "choosers": CHOOSERS,
        "may_write": any(not one.closed for one in found), "longest_note": LONGEST_NOTE, "longest_words": LONGEST_WORDS,
        "open_blocks": [one for one in blocks if not one.sheet.closed], "sent_blocks": [one for one in blocks if one.sheet.closed],
        "unit": found[0].unit,
    }
    return render(request, "reports/sheet.html", context, status=status)


def _block(
    one: ReportSheet, troubles: Mapping[str, str], typed: Any, raised: RaisedDifficulty | None, files: Gathered
) -> Block:
    return Block(
        one, light_of(one.state), until(one.due_at, one.lock_at),
        [_figure(one, line, troubles, None if one.closed else typed) for line in one.figures],
        [
            WordsField(
                f"{name}-{one.id}", label, getattr(one, name) if typed is None or one.closed else typed.get(f"{name}-{one.id}", ""),
                troubles.get(f"{one.id}.{name}", ""),
            )
            for name, label in WORDS
        ],
        files, troubles.get(f"{one.id}.files", ""), troubles.get(str(one.id), ""),
        typed is not None and f"asks-{one.id}" in typed, typed is not None and str(one.id) in typed.getlist("send"), raised,
    )


def sheet_figures(one: ReportSheet) -> list[FigureField]:
    """The figures of a report as a page shows them."""
    return [_figure(one, line, NOTHING, None) for line in one.figures]


def _figure(one: ReportSheet, line: FigureLine, troubles: Mapping[str, str], typed: Any) -> FigureField:
    value, note = said(line.value), line.note
    stage, quality = str(line.stage) if line.stage else "", line.quality
    if typed is not None:
        value, note = typed.get(f"v-{line.id}", ""), typed.get(f"n-{line.id}", "")
        stage, quality = typed.get(f"s-{line.id}", ""), _quality_in(typed.get(f"q-{line.id}", ""), line)
    return FigureField(
        line, value, note, stage, troubles.get(f"{one.id}.{line.indicator_id}", ""), said(line.previous, line.measure), change_of(line),
        said(whole(line.expected), line.measure), below_of(one, line), source_of(line), origin_of(line), str(quality),
    )
