"""What is watched beside a round: whom was reminded, reminding by hand, and the questions about odd cards with answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.cards.actions import answer_flag, remind_region
from zhitong.domain.cards.queries import FlagRow, ReminderRow, flags_of_region, reminders_of_region, rounds_asked
from zhitong.domain.cards.rules.rounds import FlagKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cards.filters import Looking, looking_at
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import send_once


class FlagFilters(PlainForm):
    """The bar above the questions."""

    kind = forms.ChoiceField(
        label=gettext_lazy("疑问"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(FlagKind)]
    )
    waiting = forms.BooleanField(label=gettext_lazy("只看待核实"), required=False)


REMINDERS = DeskList(
    "card-reminders", gettext_lazy("提醒记录"),
    (
        Column("subject_name", gettext_lazy("服务对象")),
        Column("region_name", gettext_lazy("区划")),
        Column("level", gettext_lazy("提醒谁"), value=lambda row: row.level.label),
        Column("unit", gettext_lazy("单位")),
        Column("at", gettext_lazy("提醒时间"), Kind.MOMENT),
        Column("reminded_by", gettext_lazy("谁提醒的"), value=lambda row: row.reminded_by or _("系统按期提醒")),
    ),
    Sort("id", descending=True),
    empty=Empty(
        gettext_lazy("还没有提醒过谁"),
        gettext_lazy("逾期未报的，系统按工作日逐级提醒企业、责任人、帮包单位和收卡办公室；也可以在名单页手工提醒。"),
    ),
)
FLAGS = DeskList(
    "card-flags", gettext_lazy("数据疑问"),
    (
        Column("subject_name", gettext_lazy("服务对象"), url=lambda row: reverse("cards:page", args=[row.card_id])),
        Column("region_name", gettext_lazy("区划")),
        Column("kind", gettext_lazy("疑问"), value=lambda row: row.kind.label),
        Column("words", gettext_lazy("说明"), Kind.LONG),
        Column("at", gettext_lazy("发现时间"), Kind.MOMENT),
        Column("answer", gettext_lazy("核实情况"), Kind.LONG),
    ),
    Sort("id", descending=True), filters=FlagFilters,
    empty=Empty(
        gettext_lazy("没有数据疑问"),
        gettext_lazy("同一设备报送多户、数字完全相同、过于整齐、与上期一样的卡片会列在这里，请核实，不作为差错。"),
    ),
)


@require_GET
def reminders(request: HttpRequest) -> HttpResponse:
    """Whom was reminded in a round, by the clock and by offices.

    Raises NotFound: the post does not look after a territory.
    """
    looking = _looking(request)
    if looking is None:
        return render(request, "cards/none.html")

    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ReminderRow]:
        return reminders_of_region(
            request.viewer, looking.region.id, looking.round.round_id, after=after[1] if after else None,
            backwards=not sort.descending, limit=limit,
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return len(fetch(asked, REMINDERS.sort, None, most))

    return REMINDERS.respond(
        request, "cards/beside.html", fetch=fetch, count=count, asked_by=request.user.name, why=_why(looking),
        context=_context(_("提醒记录")),
    )


@require_GET
def flags(request: HttpRequest) -> HttpResponse:
    """The questions about the cards of a round.

    Raises NotFound: the post does not look after a territory.
    """
    looking = _looking(request)
    if looking is None:
        return render(request, "cards/none.html")

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[FlagRow]:
        return flags_of_region(
            request.viewer, looking.region.id, looking.round.round_id,
            kind=FlagKind(asked["kind"]) if asked.get("kind") else None, only_open=bool(asked.get("waiting")),
            after=after[1] if after else None, backwards=not sort.descending, limit=limit,
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return len(fetch(asked, FLAGS.sort, None, most))

    return FLAGS.respond(
        request, "cards/beside.html", fetch=fetch, count=count, asked_by=request.user.name, why=_why(looking),
        context=_context(_("数据疑问")),
    )


@require_POST
def answer(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """Answer a question from the page of its card.

    Raises NotFound: there is none for this viewer. Raises NotYours: the post does not review.
    """
    words = request.POST.get("answer", "")
    try:
        send_once(request, lambda: answer_flag(
            flag_id=flag_id, answer=words, actor=request.viewer.actor("web"), now=clock.now()
        ))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("核实情况已记下。"))
    return redirect(_back(request))


@require_POST
def remind(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Remind everybody of the region who has not reported.

    Raises NotFound: not this viewer's region. Raises NotYours: the post does not collect.
    """
    found = rounds_asked(request.viewer, today=clock.today())
    if round_id not in {one.round_id for one in found}:
        raise NotFound
    looking = looking_at(request.viewer, {"round": str(round_id), "region": request.GET.get("region", "")}, found)
    try:
        count, _new = send_once(request, lambda: remind_region(
            round_id=round_id, region_id=looking.region.id, actor=request.viewer.actor("web"), now=clock.now()
        ))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("已提醒 %d 户，可在“提醒记录”中查看。") % count)
    return redirect(f"{reverse('cards:list')}?round={round_id}&region={looking.code}")


def _looking(request: HttpRequest) -> Looking | None:
    """The round and region asked for; none when no round has opened."""
    viewer: Viewer = request.viewer
    if viewer.reach is not Reach.SUBTREE:
        raise NotFound
    rounds = rounds_asked(viewer, today=clock.today())
    return looking_at(viewer, request.GET, rounds) if rounds else None


def _why(looking: Looking) -> str:
    return _("%(place)s%(round)s，最近的在前") % {"place": looking.region.name, "round": looking.round.name}


def _context(heading: str) -> dict[str, Any]:
    return {"heading": heading, "crumbs": [Crumb(_("填报"), reverse("cards:list")), Crumb(heading)]}


def _back(request: HttpRequest) -> str:
    """The card the question is about, else the questions; an address of our own only."""
    text = request.POST.get("card", "")
    try:
        return reverse("cards:page", args=[UUID(text)])
    except ValueError:
        return reverse("cards:flags")
