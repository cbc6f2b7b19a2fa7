"""批示: the ledger of leaders' instructions, registering one, giving it to units, and its end with the leader's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.supervision.actions import instructing
from zhitong.domain.supervision.queries.instructions import (
    InstructionFilters,
    InstructionOrder,
    InstructionRow,
    ItemView,
    count_instructions,
    instruction_of_item,
    instruction_page,
    instructions_for,
)
from zhitong.domain.supervision.rules.kinds import InstructionKind, ItemState, LedgerState
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Crumb, Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.supervision import forms
from zhitong.web.supervision.asking import Asking, respond
from zhitong.web.supervision.registering import ROWS_TO_FILL, item_forms, items_in
from zhitong.web.supervision.showing import ledger_crumbs, limit_of

REGISTERED, INSTRUCTED = "id", "instructed_on"

HIDDEN = gettext_lazy("（原文只给可以查看该问题的单位看）")


def words_of(row: InstructionRow) -> str:
    """The exact words, the read mark, or that they are not for this viewer."""
    if row.kind is InstructionKind.READ:
        return row.kind.label
    return str(HIDDEN) if row.are_words_hidden else row.words


COLUMNS = (
    Column("leader", gettext_lazy("批示领导"), value=lambda row: f"{row.leader_title} {row.leader}",
           url=lambda row: reverse("supervision:instruction", args=[row.id])),
    Column("words", gettext_lazy("批示内容"), Kind.LONG, value=words_of),
    Column("instructed_on", gettext_lazy("批示日期"), Kind.DAY, sort_by=INSTRUCTED),
    Column("about", gettext_lazy("批示在"), Kind.LONG, value=lambda row: about_of(row)),
    Column("units", gettext_lazy("承办单位"), value=lambda row: "、".join(dict.fromkeys(one.unit for one in row.items))),
    Column("limit", gettext_lazy("最近期限"), Kind.CLOCK, value=lambda row: limit_of(row.due_at, row.light)),
    Column("state", gettext_lazy("落实情况"), value=lambda row: row.state.label),
    Column("registered_at", gettext_lazy("登记时间"), Kind.MOMENT, sort_by=REGISTERED),
    Column("by_unit", gettext_lazy("登记单位"), extra=True),
    Column("ended", gettext_lazy("已阅批事项"), Kind.NUMBER, unit=gettext_lazy("项"), extra=True,
           value=lambda row: sum(one.state is ItemState.ENDED for one in row.items)),
)


def about_of(row: InstructionRow) -> str:
    """What an instruction is on: the paper with its number, the problems that this viewer may see."""
    paper = f"{row.paper_title}{f'（{row.paper_number}）' if row.paper_number else ''}"
    return "、".join(filter(None, (paper, *(head.standing.number for head in row.cases))))


@require_GET
def ledger(request: HttpRequest) -> HttpResponse | FileResponse:
    """领导批示台账, the latest registered first, or by the day of the instruction.

    Raises NotFound: the viewer is no official.
    """
    viewer = request.viewer
    officials_only(viewer)
    desk = DeskList(
        "instructions", gettext_lazy("领导批示台账"), COLUMNS, Sort(REGISTERED, True), filters=forms.InstructionFiltersForm,
        empty=Empty(_("没有领导批示"), _("活动办公室、督查室登记的批示，以及交给本单位的批示事项，会出现在这里。"), icon="file-text"),
    )

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[InstructionRow]:
        by_day = sort.by == INSTRUCTED
        order = InstructionOrder.INSTRUCTED if by_day else InstructionOrder.REGISTERED
        place = (after[0] if by_day else None, after[1]) if after else None
        return instructions_for(
            viewer, filters_of(asked), now=clock.now(), order=order, turned=not sort.descending, after=place, limit=limit
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_instructions(viewer, filters_of(asked), now=clock.now(), most=most)

    return desk.respond(
        request, "supervision/instructions.html", fetch=fetch, count=count, asked_by=request.user.name,
        context={"may_register": viewer.may(Permission.SUPERVISE)},
    )


def filters_of(asked: Mapping[str, Any]) -> InstructionFilters:
    """The house's filters for what is asked."""
    return InstructionFilters(
        state=LedgerState(asked["state"]) if "state" in asked else None,
        kind=InstructionKind(asked["kind"]) if "kind" in asked else None, is_late=bool(asked.get("late")),
        words=asked.get("q", ""),
    )


@require_GET
def page(request: HttpRequest, instruction_id: UUID) -> HttpResponse:
    """One instruction with its items; what the unit was told of it counts as read.

    Raises NotFound: there is no such instruction, or none for this viewer.
    """
    officials_only(request.viewer)
    found = instruction_page(request.viewer, instruction_id, now=clock.now())
    mark_read(request.viewer, found.row.id, now=clock.now())
    context = {
        "row": found.row, "words": words_of(found.row), "files": found.files, "urgings": found.urgings, "may_assign": found.may_assign,
        "items": [(one, limit_of(one.due_at, one.light), _acts(request.viewer, one)) for one in found.row.items],
        "crumbs": ledger_crumbs(Crumb(f"{found.row.leader_title} {found.row.leader}")),
    }
    return render(request, "supervision/instruction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, instruction_id: UUID) -> HttpResponse:
    """Give more of an instruction to units.

    Raises NotFound: it is not there for this viewer. Raises NotYours: the post keeps no ledger.
    """
    viewer = request.viewer
    require(viewer, Permission.SUPERVISE)
    found = instruction_page(viewer, instruction_id, now=clock.now())
    rows = item_forms(viewer, request.POST if request.method == "POST" else None, ROWS_TO_FILL)
    closed = "" if found.may_assign else _("批示事项由登记批示的单位分解，不是本单位。")

    def do() -> bool:
        instructing.assign(
            instruction_id=instruction_id, items=items_in(rows), actor=viewer.actor("web"), now=clock.now()
        )
        return True

    form = forms.NothingForm(request.POST if request.method == "POST" else None)
    asking = _asking(found.row, _("分解事项"), _("承办单位随即收到，办完后报办理情况。"), "share", closed, rows=rows)
    return respond(request, asking, form, do, _("已分解，承办单位随即收到。"), lambda _answer: asking.back_url)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The unit's report on its item.

    Raises NotFound: there is no such item for this viewer. Raises NotYours: the post handles nothing.
    """
    row, item = _item_of(request.viewer, item_id)
    require(request.viewer, Permission.HANDLE)
    form = forms.ReportForm(request.POST if request.method == "POST" else None)
    choice = next((act for act in _acts(request.viewer, item) if act.label == _("报办理情况")), None)
    closed = _("这一项由%s报办理情况。") % item.unit if choice is None else str(choice.reason)

    def do() -> bool:
        instructing.report(
            item_id=item_id, text=form.cleaned_data["text"], actor=request.viewer.actor("web"), now=clock.now()
        )
        return True

    consequence = _("报送后由登记批示的单位形成专报呈报领导；领导答复前可以补报。")
    asking = _asking(row, _("报办理情况"), consequence, "send", closed, item=item)
    return respond(request, asking, form, do, _("办理情况已报送。"), lambda _answer: asking.back_url)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The clerk registers that the report went back to the leader, and his answer.

    Raises NotFound: there is no such item for this viewer. Raises NotYours: the post keeps no ledger.
    """
    row, item = _item_of(request.viewer, item_id)
    require(request.viewer, Permission.SUPERVISE)
    form = forms.LeaderAnswerForm(request.POST if request.method == "POST" else None)
    closed = "" if item.is_kept else _("领导答复由登记批示的单位登记，不是本单位。")
    if not closed and item.state is not ItemState.REPORTED:
        closed = _("这一项现在是“%s”，不能登记答复。") % item.state.label

    def do() -> bool:
        instructing.end(item_id=item_id, actor=request.viewer.actor("web"), now=clock.now(), **_answer_in(form))
        return True

    asking = _asking(row, _("登记领导答复"), _("登记后这一项办结。"), "checks", closed, item=item)
    return respond(request, asking, form, do, _("领导答复已登记，这一项办结。"), lambda _answer: asking.back_url)


def _answer_in(form: forms.LeaderAnswerForm) -> dict[str, Any]:
    given = form.cleaned_data
    days: dict[str, date] = {"presented_on": given["presented_on"], "answered_on": given["answered_on"]}
    return {**days, "answer_kind": given["answer_kind"], "answer_words": given["answer_words"]}


def _asking(
    row: InstructionRow, title: str, consequence: str, icon: str, closed: str, *, item: ItemView | None = None,
    rows: Sequence[forms.ItemForm] = (),
) -> Asking:
    address = reverse("supervision:instruction", args=[row.id])
    facts = [(_("批示内容"), words_of(row))]
    if item is not None:
        facts += [(_("承办单位"), item.unit), (_("办理事项"), item.demand)]
        facts += [(_("办理情况"), item.report)] if item.report else []
    return Asking(
        title, consequence, title, icon, address,
        ledger_crumbs(Crumb(f"{row.leader_title} {row.leader}", address), Crumb(title)), cases=row.cases, rows=rows,
        closed=closed, facts=facts,
    )


def _item_of(viewer: Viewer, item_id: UUID) -> tuple[InstructionRow, ItemView]:
    officials_only(viewer)
    row = instruction_page(viewer, instruction_of_item(viewer, item_id), now=clock.now()).row
    return row, next(one for one in row.items if one.id == item_id)


def _acts(viewer: Viewer, item: ItemView) -> list[Act]:
    """What the viewer's post may do with an item; what is another's is not offered."""
    acts = []
    if item.is_own and viewer.may(Permission.HANDLE):
        is_open = item.state is not ItemState.ENDED
        acts.append(Act(_("报办理情况"), reverse("supervision:report", args=[item.id]), is_open,
                        "" if is_open else _("领导已对专报作出答复，这一项已经结束。"),
                        primary=item.state is ItemState.ASSIGNED, icon="send"))
    if item.is_kept and viewer.may(Permission.SUPERVISE):
        is_told = item.state is ItemState.REPORTED
        reason = _("答复已经登记。") if item.state is ItemState.ENDED else _("承办单位报送办理情况后才能登记。")
        acts.append(Act(_("登记领导答复"), reverse("supervision:answer", args=[item.id]), is_told,
                        "" if is_told else reason, primary=is_told, icon="checks"))
    return acts
