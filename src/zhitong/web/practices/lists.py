"""The pieces of a unit and its territory, and the library of what is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.practices.queries.library import LibraryFilters, count_published, published_for
from zhitong.domain.practices.queries.pieces import PieceFilters, PieceRow, count_pieces, pieces_for
from zhitong.domain.practices.queries.sight import officials_only
from zhitong.domain.practices.rules.kinds import PUBLISHABLE, PieceKind, PieceState
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.web.practices.choosing import categories, category_in
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Empty, Light, Tab, Tone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList

ALL = ("", gettext_lazy("全部"))
_TONES = {
    PieceState.SUBMITTED: Tone.NONE, PieceState.RETURNED: Tone.WARN, PieceState.ADOPTED: Tone.GOOD,
    PieceState.PASSED_OVER: Tone.NONE, PieceState.WITHDRAWN: Tone.NONE, PieceState.PUBLISHED: Tone.GOOD,
}


def _searched() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("标题或正文")}),
    )


class PieceListFilters(PlainForm):
    """The bar above one's own and the territory's; `unit` comes from the counts."""

    q = _searched()
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False, choices=[ALL, *choices_of(PieceKind)])
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[ALL, *choices_of(PieceState)])
    unit = forms.CharField(label=gettext_lazy("报送单位"), required=False, max_length=80, widget=forms.HiddenInput)


class LibraryBar(PlainForm):
    """The bar above what is published."""

    q = _searched()
    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), required=False, choices=[ALL, *((one.value, one.label) for one in PieceKind if one in PUBLISHABLE)]
    )
    category = forms.ChoiceField(label=gettext_lazy("问题类别"), required=False, choices=categories)
    in_force = forms.BooleanField(label=gettext_lazy("只看有效的"), required=False)


def light_of(row: PieceRow) -> Light:
    """How a piece stands, as a shape and a word."""
    return Light(_TONES[row.state], row.state.label)


def used_words(row: PieceRow) -> str:
    """本级简报、上级采用 2 次: where a piece was used, in the order of the uses."""
    times = {place: row.used.count(place) for place in dict.fromkeys(row.used)}
    return "、".join(place.label if n == 1 else _("%(place)s %(n)d 次") % {"place": place.label, "n": n} for place, n in times.items())


def _page(row: PieceRow) -> str:
    return reverse("practices:page", args=[row.id])


PIECES = DeskList(
    "pieces", gettext_lazy("稿件"),
    (
        Column("title", gettext_lazy("标题"), Kind.LONG, url=_page),
        Column("state", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("kind", gettext_lazy("种类"), value=lambda row: row.kind.label),
        Column("by_unit", gettext_lazy("报送单位")),
        Column("used", gettext_lazy("用在哪里"), value=used_words),
        Column("submitted_at", gettext_lazy("报送时间"), Kind.MOMENT, sort_by="id"),
        Column("category", gettext_lazy("问题类别"), extra=True),
        Column("region", gettext_lazy("报给哪级"), extra=True),
        Column("published_at", gettext_lazy("发布时间"), Kind.MOMENT, extra=True),
    ),
    Sort("id", descending=True),
    filters=PieceListFilters,
    empty=Empty(
        gettext_lazy("还没有稿件"),
        gettext_lazy("各单位报送的工作信息、典型做法、制度成果会出现在这里，连同是否采用、用在哪里。"), icon="notes",
    ),
)  # fmt: skip
LIBRARY = DeskList(
    "practices-library", gettext_lazy("典型做法和制度成果"),
    (
        Column("title", gettext_lazy("标题"), Kind.LONG, url=_page),
        Column("kind", gettext_lazy("种类"), value=lambda row: row.kind.label),
        Column("category", gettext_lazy("问题类别")),
        Column("by_unit", gettext_lazy("来自")),
        Column("document_number", gettext_lazy("文号")),
        Column("issued_on", gettext_lazy("印发日期"), Kind.DAY),
        Column("valid_until", gettext_lazy("有效期至"), Kind.DAY),
        Column("published_at", gettext_lazy("发布时间"), Kind.MOMENT, sort_by="id"),
        Column("region", gettext_lazy("哪级发布"), extra=True),
    ),
    Sort("id", descending=True),
    filters=LibraryBar,
    empty=Empty(
        gettext_lazy("还没有发布的做法和成果"),
        gettext_lazy("本级和上级活动办公室审核发布后，可以在这里按问题类别查找、借鉴。"), icon="book",
    ),
)  # fmt: skip


def tabs(here: str) -> list[Tab]:
    """The places of pieces, side by side."""
    places = (("list", _("稿件")), ("library", _("典型做法和制度成果")), ("counts", _("采用情况")))
    return [Tab(label, reverse(f"practices:{name}"), name == here) for name, label in places]


@require_GET
def pieces(request: HttpRequest) -> HttpResponse | FileResponse:
    """The unit's own pieces and those of the territory it oversees, the newest first.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[PieceRow]:
        return pieces_for(viewer, _asked(asked), after=_id_in(after), turned=not sort.descending, limit=limit)

    return PIECES.respond(
        request, "practices/list.html", fetch=fetch, count=lambda asked, most: count_pieces(viewer, _asked(asked), most=most),
        why=_("新报送的在前"), asked_by=request.user.name, context=_around(viewer, "list", _("稿件")),
    )


@require_GET
def library(request: HttpRequest) -> HttpResponse | FileResponse:
    """What is published to the viewer's region, by kind, category and words.

    Raises NotFound: one of the served.
    """
    viewer, today = request.viewer, clock.today()
    officials_only(viewer)

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[PieceRow]:
        return published_for(viewer, _wanted(asked), today=today, after=_id_in(after), turned=not sort.descending, limit=limit)

    return LIBRARY.respond(
        request, "practices/list.html", fetch=fetch,
        count=lambda asked, most: count_published(viewer, _wanted(asked), today=today, most=most),
        why=_("本级和上级发布的，新报送的在前"), asked_by=request.user.name,
        context=_around(viewer, "library", _("典型做法和制度成果")),
    )


def _around(viewer: Viewer, here: str, title: str) -> dict[str, Any]:
    return {"tabs": tabs(here), "title": title, "may_submit": viewer.may(Permission.HANDLE)}


def _id_in(after: Key | None) -> UUID | None:
    return UUID(str(after[0])) if after else None


def _asked(asked: Mapping[str, Any]) -> PieceFilters:
    unit = directory().unit_coded(asked["unit"]) if "unit" in asked else None
    return PieceFilters(
        kind=PieceKind(asked["kind"]) if "kind" in asked else None, state=PieceState(asked["state"]) if "state" in asked else None,
        unit_id=unit.id if unit else None, words=asked.get("q", ""),
    )


def _wanted(asked: Mapping[str, Any]) -> LibraryFilters:
    subject_kind, category = category_in(asked.get("category", ""))
    return LibraryFilters(
        kind=PieceKind(asked["kind"]) if "kind" in asked else None, subject_kind=subject_kind, category=category,
        in_force=bool(asked.get("in_force")), words=asked.get("q", ""),
    )
