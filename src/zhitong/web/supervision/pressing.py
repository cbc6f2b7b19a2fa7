"""催办: what should be pressed in one's territory, one by one or many at once; the reporter presses its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank, UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.problems.queries.lists import Filters, Order, ProblemRow, count_for
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.supervision.actions.reminding import Reminding, remind
from zhitong.domain.supervision.queries.pressed import pressed_on, times_pressed
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.domain.supervision.rules.pressing import PRESSABLE
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.problems.fields import LONGEST
from zhitong.web.problems.filters import ProblemFilters
from zhitong.web.problems.lists import DUE, NEWEST, ROWS, clock_of, fetch_rows
from zhitong.web.problems.showing import address_of
from zhitong.web.shell import words
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import new_key, send_once
from zhitong.web.supervision.asking import Asking, respond
from zhitong.web.supervision.forms import RemindForm
from zhitong.web.supervision.showing import tabs_of

_STATES = tuple(state for state in State if state in PRESSABLE)
Times = dict[UUID, tuple[int, datetime]]


@require_GET
def desk(request: HttpRequest) -> HttpResponse | FileResponse:
    """What units of the territory have in hand, the most urgent first; what waits for the firm is left out.

    Raises NotYours: the post does not press others.
    """
    viewer = request.viewer
    require(viewer, Permission.SUPERVISE)
    form = ProblemFilters(request.GET, viewer, Lens.TERRITORY)
    del form.fields["state"]
    times: Times = {}
    listed = DeskList(
        "press", gettext_lazy("该催办的"), _columns(times), Sort(DUE), limit=ROWS, choose="together",
        empty=Empty(_("没有该催办的问题"), _("辖区内单位正在办的问题会按到期先后出现在这里。"), icon="circle-check"),
    )
    order = Order.DUE if listed.sort_of(request.GET).by == DUE else Order.NEWEST

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ProblemRow]:
        rows = fetch_rows(viewer, Lens.TERRITORY, _in_hand(viewer, form, asked), sort, after, limit)
        times.update(times_pressed(viewer, (row.id for row in rows)))
        return rows

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_for(viewer, Lens.TERRITORY, _in_hand(viewer, form, asked), now=clock.now(), order=order, most=most)

    return listed.respond(
        request, "supervision/press.html", fetch=fetch, count=count, filters=form, asked_by=request.user.name,
        why=_("本级及以下单位在办的，等企业答复的不在内"),
        context={"tabs": tabs_of(request, "press"), "once_key": new_key(), "longest": LONGEST},
    )


@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """Remind of all that were ticked, all or none; or take them to the form of a supervision.

    Raises NotYours: the post does not press others. Raises NotFound: no such act, or a problem that is not there.
    """
    viewer, back = request.viewer, reverse("supervision:press")
    require(viewer, Permission.SUPERVISE)
    chosen = _ids_in(request)
    if request.POST.get("act") == UrgingKind.SUPERVISE.value and chosen:
        heads = heads_for(viewer, ids=chosen)
        query = urlencode([("problem", heads[one].standing.number) for one in chosen if one in heads])
        return redirect(f"{reverse('supervision:new')}?{query}")
    try:
        said = _words_in(request)
        send_once(request, lambda: _remind(request, chosen, said))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, _("%s（选中的一件都没有催。）") % refused.sentence)
        return redirect(back)
    messages.success(request, _("已催办 %d 件，承办单位随即收到。") % len(chosen))
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def remind_one(request: HttpRequest, number: str) -> HttpResponse:
    """The form of a reminder on one problem, and the reminder.

    Raises NotFound: the problem is not there for this viewer. Raises NotYours: the post may not remind.
    """
    viewer = request.viewer
    is_served = viewer.unit_kind is UnitKind.SERVED
    require(viewer, Permission.REPORT if is_served else Permission.SUPERVISE)
    [head] = heads_named(request, [number])
    choices = pressed_on(viewer, head.standing, now=clock.now()).choices
    choice = next((one for one in choices if one.kind is UrgingKind.REMIND), None)
    closed = _("这个问题已经结束，不用再催。") if choice is None else choice.reason
    form, address = RemindForm(request.POST or None), address_of(number)
    asking = Asking(
        _("催办"), _("承办单位马上收到催办；问题的时限和承办单位都不变。"), _("催办"), "bell", address,
        [Crumb(number, address), Crumb(_("催办"))], cases=[head], closed=closed,
    )
    return respond(
        request, asking, form, lambda: _remind(request, [head.standing.id], form.cleaned_data["words"]),
        _("已催办，承办单位随即收到。"), lambda _answer: address,
    )


def heads_named(request: HttpRequest, numbers: list[str]) -> list[ProblemHead]:
    """The problems of these numbers, in the order they were named.

    Raises NotFound: one is not there for this viewer.
    """
    wanted = list(dict.fromkeys(numbers))
    found = {head.standing.number: head for head in heads_for(request.viewer, numbers=wanted).values()}
    if len(found) < len(wanted):
        raise NotFound
    return [found[one] for one in wanted]


def _remind(request: HttpRequest, ids: list[UUID], said: str) -> int:
    step = Reminding(problem_ids=tuple(ids), actor=request.viewer.actor("web"), now=clock.now(), words=said)
    return len(remind(step))


def _in_hand(viewer: Viewer, form: ProblemFilters, asked: Mapping[str, Any]) -> Filters:
    """What is asked, narrowed to what some unit has in hand at the viewer's own level or below."""
    found = form.asked_of({**asked, "state": [state.value for state in _STATES]})
    own = directory().regions[viewer.region_id].rank
    below = tuple(Rank)[tuple(Rank).index(own):]
    return replace(found, ranks=tuple(rank for rank in found.ranks or below if rank in below) or below)


def _ids_in(request: HttpRequest) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(text) for text in request.POST.getlist("chosen")))
    except ValueError:
        raise NotFound from None


def _words_in(request: HttpRequest) -> str:
    said = clean_text(request.POST.get("words", ""))
    trouble = text_trouble(said, LONGEST)
    if trouble:
        raise Refused(trouble)
    return said


def _columns(times: Times) -> tuple[Column, ...]:
    return (
        Column("number", gettext_lazy("编号"), url=lambda row: address_of(row.number)),
        Column("clock", gettext_lazy("时限"), Kind.CLOCK, sort_by=DUE, value=clock_of),
        Column("unit", gettext_lazy("当前承办单位")),
        Column("state", gettext_lazy("状态"), value=lambda row: row.state.label),
        Column("pressed", gettext_lazy("催过"), value=lambda row: _times_in_words(times.get(row.id))),
        Column("subject_name", gettext_lazy("服务对象")),
        Column("excerpt", gettext_lazy("问题"), Kind.LONG),
        Column("level", gettext_lazy("所在层级"), extra=True),
        Column("submitted_at", gettext_lazy("提交时间"), Kind.MOMENT, sort_by=NEWEST, extra=True),
    )


def _times_in_words(times: tuple[int, datetime] | None) -> str:
    if times is None:
        return ""
    return _("%(n)d 次，最近%(at)s") % {"n": times[0], "at": words.moment_in_words(times[1])}
