"""批示: the ledger of leaders' instructions, registering one, giving it to units, and its end with the leader's answer."""

from __future__ import annotations

import re
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
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.supervision.actions import instructing
from zhitong.domain.supervision.actions.instructing import NewItem, Registering
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
from zhitong.domain.supervision.queries.receivers import units_to_instruct
from zhitong.domain.supervision.rules.kinds import InstructionKind, ItemState, LedgerState
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import BadInput
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Crumb, Empty
from zhitong.web.shell.files import NOTHING, gather
from zhitong.web.shell.lists import DeskList
from zhitong.web.supervision import forms
from zhitong.web.supervision.asking import Asking, respond
from zhitong.web.supervision.showing import ledger_crumbs, limit_of

REGISTERED, INSTRUCTED = "id", "instructed_on"
ROWS_TO_FILL = 3
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


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form of registering, filled with the problem that the address names, and the registering.

    Raises NotYours: the post keeps no ledger.
    """
    viewer = request.viewer
    require(viewer, Permission.SUPERVISE)
    typed = request.POST if request.method == "POST" else None
    gathered = gather(request) if typed is not None else NOTHING
    form = forms.InstructionForm(typed, initial={"problems": request.GET.get("problem", "")}, gathered=gathered)
    rows = _item_forms(viewer, typed, ROWS_TO_FILL)
    asking = Asking(
        _("登记批示"), _("登记后，有事项的单位随即收到；以后只提醒登记人，不提醒领导。"), _("登记"), "file-text",
        reverse("supervision:instructions"), ledger_crumbs(Crumb(_("登记批示"))), rows=rows,
        note=_("交给哪些单位办（可以先不填，登记后再分解）"),
    )
    return respond(
        request, asking, form, lambda: _register(request, form.cleaned_data, _items_in(rows)), _("批示已登记。"),
        lambda answer: reverse("supervision:instruction", args=[answer["id"]]),
    )


def _register(request: HttpRequest, given: Mapping[str, Any], items: Sequence[NewItem]) -> dict[str, str]:
    plain = {name: value for name, value in given.items() if name not in ("problems", "files")}
    ids = tuple(head.standing.id for head in _problems_named(request.viewer, given["problems"]))
    paper = instructing.register(Registering(
        problem_ids=ids, items=tuple(items), file_ids=tuple(given["files"]), actor=request.viewer.actor("web"), now=clock.now(), **plain
    ))
    return {"id": str(paper)}


def _problems_named(viewer: Viewer, typed: str) -> list[ProblemHead]:
    """The problems whose numbers were typed.

    Raises BadInput: one is not there for this viewer; the sentence names it.
    """
    numbers = list(dict.fromkeys(re.split(r"[\s,，、;；]+", typed))) if typed else []
    found = {head.standing.number: head for head in heads_for(viewer, numbers=numbers).values()}
    missing = "、".join(number for number in numbers if number not in found)
    if missing:
        sentence = _("没有找到编号为%s的问题，或者不在您的查看范围内。") % missing
        raise BadInput(sentence, {"problems": sentence})
    return [found[number] for number in numbers]


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
    rows = _item_forms(viewer, request.POST if request.method == "POST" else None, ROWS_TO_FILL)
    closed = "" if found.may_assign else _("批示事项由登记批示的单位分解，不是本单位。")

    def do() -> bool:
        instructing.assign(
            instruction_id=instruction_id, items=_items_in(rows), actor=viewer.actor("web"), now=clock.now()
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


def _item_forms(viewer: Viewer, typed: Any, n: int) -> list[forms.ItemForm]:
    units = units_to_instruct(viewer)
    return [forms.ItemForm(typed, units=units, prefix=f"item{place}") for place in range(n)]


def _items_in(rows: Sequence[forms.ItemForm]) -> list[NewItem]:
    return [item for row in rows if (item := row.item()) is not None]
