"""登记批示: a leader's exact words from a photo, what they are about, and the items that come from them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.queries.heads import ProblemHead, heads_for
from zhitong.domain.supervision.actions import instructing
from zhitong.domain.supervision.actions.instructing import NewItem, Registering
from zhitong.domain.supervision.queries.receivers import units_to_instruct
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.files import NOTHING, gather
from zhitong.web.supervision import forms
from zhitong.web.supervision.asking import Asking, respond
from zhitong.web.supervision.showing import ledger_crumbs

ROWS_TO_FILL = 3


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
    rows = item_forms(viewer, typed, ROWS_TO_FILL)
    asking = Asking(
        _("登记批示"), _("登记后，有事项的单位随即收到；以后只提醒登记人，不提醒领导。"), _("登记"), "file-text",
        reverse("supervision:instructions"), ledger_crumbs(Crumb(_("登记批示"))), rows=rows,
        note=_("交给哪些单位办（可以先不填，登记后再分解）"),
    )
    return respond(
        request, asking, form, lambda: _register(request, form.cleaned_data, items_in(rows)), _("批示已登记。"),
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


def item_forms(viewer: Viewer, typed: Any, n: int) -> list[forms.ItemForm]:
    units = units_to_instruct(viewer)
    return [forms.ItemForm(typed, units=units, prefix=f"item{place}") for place in range(n)]


def items_in(rows: Sequence[forms.ItemForm]) -> list[NewItem]:
    return [item for row in rows if (item := row.item()) is not None]
