"""受理交办: the desk of a campaign office, one tab for each thing it decides; plain cases are done in one batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.problems.actions.closing import close_off_together
from zhitong.domain.problems.queries.lists import COUNTED_TO, Filters, Order, ProblemRow, count_for, problems_for
from zhitong.domain.problems.queries.suggesting import Suggestion, numbers_of, suggestions_for
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.problems.acts import WAYS
from zhitong.web.problems.lists import DUE, NEWEST, ROWS, clock_of, fetch_rows
from zhitong.web.problems.showing import address_of, next_column
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, OneClick, Text
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once

TOGETHER: Mapping[Act, Text] = {
    Act.ACCEPT: gettext_lazy("受理选中的"), Act.DISPATCH: gettext_lazy("按建议交办选中的"),
    Act.CLOSE_OFF: gettext_lazy("销号选中的"),
}
"""What is done on all that were ticked, with the button's words."""
TOGETHER_MOST = 200
NUMBERS_NAMED = 5
UNTIMED = (Act.CLOSE_OFF, Act.CLOSE_UNRATED)
"""Decisions without a limit, listed by when the matter was reported."""


@dataclass(frozen=True)
class Pile:
    """One kind of decision that waits for the office: its act, its name, why things lie there, and what is shown beside."""

    act: Act
    asked: Filters
    label: Text
    why: Text
    beside: tuple[str, ...]
    empty: Text
    keys: tuple[tuple[str, Text, str], ...] = ()
    """Letters beyond those of every pile: the key, its word, and the act's address below the row's."""


PILES: Mapping[str, Pile] = {
    "submitted": Pile(
        Act.ACCEPT, Filters(states=(State.SUBMITTED,)),
        gettext_lazy("待受理"), gettext_lazy("没有规则能直接交办的，由本办受理"), ("routing_words",),
        gettext_lazy("规则能判断的问题已直接交给承办单位；判断不了的会出现在这里。"),
        (("x", gettext_lazy("不予受理"), "decline/"), ("m", gettext_lazy("请企业补正"), "ask_more/")),
    ),
    "accepted": Pile(
        Act.DISPATCH, Filters(states=(State.ACCEPTED,)),
        gettext_lazy("待交办"), gettext_lazy("已受理或被退回的，由本办交给承办单位"), ("routing_words", "level"),
        gettext_lazy("受理后、被退回的和下级提请本办协调的问题会出现在这里。"),
    ),
    "proposed": Pile(
        Act.ESCALATE, Filters(states=(State.PROPOSED,)),
        gettext_lazy("待审核上报"), gettext_lazy("本级部门提出上报的，由本办审核并登记负责人意见"), ("unit",),
        gettext_lazy("部门提出提请上级协调的问题会出现在这里。"),
    ),
    "review": Pile(
        Act.HANDLE_ANEW, Filters(states=(State.REVIEW,)),
        gettext_lazy("待复核"), gettext_lazy("企业不满意的，由本办在两个工作日内复核"), ("outcome", "rejections"),
        gettext_lazy("企业对答复不满意的问题会出现在这里。"),
    ),
    "objected": Pile(
        Act.OVERRULE, Filters(states=(State.OBJECTED,)),
        gettext_lazy("不予受理异议"), gettext_lazy("企业对下级不予受理提出异议的，由本办复核"), (),
        gettext_lazy("企业对不予受理提出异议的问题会出现在这里。"),
    ),
    "verify": Pile(
        Act.VERIFY, Filters(states=(State.CONFIRMED,), stages=(Stage.VERIFY,)),
        gettext_lazy("待核查"), gettext_lazy("企业已确认、结果不是已解决的，由本办核查后才能销号"), ("outcome", "unit"),
        gettext_lazy("部分解决、解释说明、列入计划、无法解决的，企业确认后会出现在这里。"),
    ),
    "confirmed": Pile(
        Act.CLOSE_OFF, Filters(states=(State.CONFIRMED,), stages=(Stage.CLOSE_OFF,)),
        gettext_lazy("待销号"), gettext_lazy("企业已确认的，由本办销号归档"), ("outcome",),
        gettext_lazy("企业确认答复后，问题会出现在这里。"),
    ),
    "unrated": Pile(
        Act.CLOSE_UNRATED, Filters(states=(State.ANSWERED,)),
        gettext_lazy("长期未评价"), gettext_lazy("答复后期满未评价的，由本办核查后销号，不计为满意"), ("outcome", "unit"),
        gettext_lazy("企业在规定时间内没有评价的问题会出现在这里。"),
    ),
}


@dataclass(frozen=True)
class Tab:
    """A pile as a tab, with how many lie in it."""

    label: Text
    url: str
    count: str
    current: bool


@require_GET
def desk(request: HttpRequest) -> HttpResponse | FileResponse:
    """One pile of the office's desk, the most urgent first.

    Raises NotYours: the post may not dispatch. Raises NotFound: there is no such pile.
    """
    require(request.viewer, Permission.DISPATCH)
    name = _pile_in(request)
    pile = PILES[name]
    batch = pile.act if pile.act in TOGETHER else None
    known: dict[UUID, Suggestion] = {}
    listed = DeskList(
        f"dispatch-{name}", pile.label, _columns(pile, batch, known),
        Sort(NEWEST, True) if pile.act in UNTIMED else Sort(DUE),
        empty=Empty(_("没有%s的问题") % pile.label, pile.empty, icon="circle-check"), limit=ROWS, beside=True,
        choose="together" if batch else "",
    )
    sort = listed.sort_of(request.GET)

    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ProblemRow]:
        rows = fetch_rows(request.viewer, Lens.DESK, pile.asked, sort, after, limit)
        if batch is Act.DISPATCH:
            known.update(suggestions_for(request.viewer, [row.id for row in rows]))
        return rows

    def count(_asked: Mapping[str, Any], most: int) -> int:
        order = Order.DUE if sort.by == DUE else Order.NEWEST
        return count_for(request.viewer, Lens.DESK, pile.asked, now=clock.now(), order=order, most=most)

    return listed.respond(
        request, "problems/dispatch.html", fetch=fetch, count=count, why=pile.why, asked_by=request.user.name,
        context={
            "tabs": _tabs(request, name), "batch": batch, "batch_word": TOGETHER[batch] if batch else "",
            "pile": name, "keys": pile.keys, "act": pile.act, "once_key": new_key(),
        },
    )


@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """Do one act on all that were ticked, or on one row by its own button: all of them or none.

    By keyboard the answer is a sentence: 200 when it was done, 409 with the reason when it was not.
    Raises NotYours: the post may not dispatch. Raises NotFound: no such act, or a problem that is not there.
    """
    require(request.viewer, Permission.DISPATCH)
    act = next((one for one in TOGETHER if one.value == request.POST.get("act")), None)
    if act is None:
        raise NotFound
    back = _back_of(request, act)
    by_keys = "Zhitong-Desk" in request.headers
    chosen = _ids_in(request)
    try:
        _held_to_measure(len(chosen))
        send_once(request, lambda: _act_on(request, act, chosen))
    except NotFound:
        raise
    except Refused as refused:
        if by_keys:
            return HttpResponse(refused.sentence, status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, _("%s（选中的一件都没有办。）") % refused.sentence)
        return redirect(back)
    said = _("已%(act)s %(n)d 件。") % {"act": act.label, "n": len(chosen)}
    if by_keys:
        return HttpResponse(said, content_type="text/plain; charset=utf-8")
    messages.success(request, said)
    return redirect(back)


def _back_of(request: HttpRequest, act: Act) -> str:
    """The ledger as it was narrowed where the ticks were made there, else the act's pile."""
    ledger, said = reverse("problems:ledger"), request.POST.get("back", "")
    return said if said.partition("?")[0] == ledger else f"{reverse('problems:dispatch')}?pile={_pile_of(act)}"


def _act_on(request: HttpRequest, act: Act, chosen: list[UUID]) -> int:
    way, actor, now = WAYS[act], request.viewer.actor("web"), clock.now()
    values = _as_suggested(request, chosen) if act is Act.DISPATCH else {}
    do = close_off_together if act is Act.CLOSE_OFF else way.do
    return len(do([way.step(problem_id=one, actor=actor, now=now, **values.get(one, {})) for one in chosen]))


def _as_suggested(request: HttpRequest, chosen: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """To whom each goes and why.

    Raises Refused: for some there is no suggestion, or another than the button said.
    """
    found = suggestions_for(request.viewer, chosen)
    if missing := [one for one in chosen if one not in found]:
        numbers = numbers_of(request.viewer, missing)[:NUMBERS_NAMED]
        raise Refused(_("有 %(n)d 件没有建议的承办单位或已不在待交办：%(numbers)s。请逐件选择单位。")
                      % {"n": len(missing), "numbers": "、".join(numbers)})
    said = request.POST.get("unit_id")
    if said and any(str(found[one].unit_id) != said for one in chosen):
        raise Refused(_("建议的承办单位已变为%s，请核对后再办。") % found[chosen[0]].unit)
    return {one: {"unit_id": found[one].unit_id, "reason": found[one].reason} for one in chosen}


def _held_to_measure(n: int) -> None:
    if not n:
        raise Refused(_("没有选中任何问题，请先在左侧打勾。"))
    if n > TOGETHER_MOST:
        raise Refused(_("一次最多办 %d 件，请分几次办。") % TOGETHER_MOST)


def _ids_in(request: HttpRequest) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(text) for text in request.POST.getlist("chosen")))
    except ValueError:
        raise NotFound from None


def _pile_of(act: Act) -> str:
    return next(name for name, pile in PILES.items() if pile.act is act)


def _pile_in(request: HttpRequest) -> str:
    """The pile asked for; without one, the first that is not empty."""
    asked = request.GET.get("pile", "")
    if asked:
        if asked not in PILES:
            raise NotFound
        return asked
    now = clock.now()
    filled = (
        name for name, pile in PILES.items()
        if problems_for(request.viewer, Lens.DESK, pile.asked, now=now, limit=1).rows
    )
    return next(filled, next(iter(PILES)))


def _tabs(request: HttpRequest, current: str) -> list[Tab]:
    found = []
    for name, pile in PILES.items():
        n = count_for(request.viewer, Lens.DESK, pile.asked, now=clock.now())
        shown = f"{COUNTED_TO}+" if n > COUNTED_TO else str(n)
        found.append(Tab(pile.label, f"{request.path}?pile={name}", shown, name == current))
    return found


def _columns(pile: Pile, batch: Act | None, known: Mapping[UUID, Suggestion]) -> tuple[Column, ...]:
    """The columns of a pile; what is plain enough for a batch can be done by each row's own button."""

    def offered(row: ProblemRow) -> OneClick | None:
        return _offer(batch, row, known.get(row.id)) if batch else None

    one_click = Column(
        "offer", gettext_lazy("建议交给") if batch is Act.DISPATCH else gettext_lazy("就此办理"), Kind.DO, value=offered
    )
    beside = {
        "routing_words": Column("routing_words", gettext_lazy("为什么在本办"), Kind.LONG),
        "level": Column("level", gettext_lazy("所在层级")),
        "unit": Column("unit", gettext_lazy("提出单位")),
        "outcome": Column("outcome", gettext_lazy("答复结果"), value=lambda row: row.outcome.label if row.outcome else ""),
        "rejections": Column("rejections", gettext_lazy("不满意"), Kind.NUMBER, unit=gettext_lazy("次")),
    }
    return (
        Column("number", gettext_lazy("编号"), url=lambda row: address_of(row.number)),
        *((one_click,) if batch else ()),
        next_column(),
        Column("clock", gettext_lazy("时限"), Kind.CLOCK, sort_by=DUE, value=clock_of),
        Column("subject_name", gettext_lazy("服务对象")),
        Column("excerpt", gettext_lazy("问题"), Kind.LONG),
        Column("category_label", gettext_lazy("类别")),
        *(beside[name] for name in pile.beside),
        Column("region", gettext_lazy("区划")),
        Column("submitted_at", gettext_lazy("提交时间"), Kind.MOMENT, sort_by=NEWEST),
    )


def _offer(act: Act, row: ProblemRow, suggestion: Suggestion | None) -> OneClick | None:
    """What one press does to a row: nothing where a unit must be chosen by hand."""
    hidden = (("act", act.value), ("chosen", str(row.id)))
    address = reverse("problems:together")
    if act is not Act.DISPATCH:
        return OneClick(act.label, address, hidden, new_key())
    if suggestion is None:
        return None
    return OneClick(suggestion.unit, address, (*hidden, ("unit_id", str(suggestion.unit_id))), new_key(), suggestion.reason)
