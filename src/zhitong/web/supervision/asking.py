"""One form of one act: asked on a page of its own, sent once, refused with what was typed still there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.queries.heads import ProblemHead
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.files import is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


@dataclass(frozen=True)
class Asking:
    """A page that asks for one act: what it is called, what follows, which problems it is about, where one came from."""

    title: Text
    consequence: Text
    button: Text
    icon: str
    back_url: str
    crumbs: Sequence[Crumb]
    cases: Sequence[ProblemHead] = ()
    rows: Sequence[PlainForm] = ()
    note: Text = ""
    closed: str = ""
    facts: Sequence[tuple[Text, Any]] = field(default_factory=tuple)


def respond(
    request: HttpRequest, asking: Asking, form: PlainForm, do: Callable[[], Any], done: Text, to: Callable[[Any], str]
) -> HttpResponse:
    """Ask, or do the act once and go where its answer leads; `closed` says why it cannot be done at all.

    Raises NotFound, NotYours: what the act asks for is not there, or not for this post.
    """
    if request.method != "POST":
        return _ask(request, asking, form, refusal=asking.closed, status=409 if asking.closed else 200)
    if is_adding(request):
        return _ask(request, asking, judged_for_files_alone(form))
    if not all([form.is_valid(), *(row.is_valid() for row in asking.rows)]):
        return _ask(request, asking, form, status=422)
    try:
        answer, is_new = send_once(request, do)
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        return _ask(request, asking, form, refusal=_show_in_fields(form, refused), status=422)
    except Refused as refused:
        return _ask(request, asking, form, refusal=refused.sentence, status=409)
    messages.success(request, done if is_new else _("这张表单已经办过，没有重复办理。%s") % done)
    return redirect(to(answer))


def _show_in_fields(form: PlainForm, refused: BadInput) -> str:
    """Put what is wrong beside its field; what is not said there stays a sentence above."""
    shown = {name: sentence for name, sentence in refused.fields.items() if name in form.fields}
    for name, sentence in shown.items():
        form.add_error(name, sentence)
    return "" if refused.sentence in shown.values() else refused.sentence


def _ask(
    request: HttpRequest, asking: Asking, form: PlainForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "asking": asking, "form": form, "refusal": refusal, "crumbs": asking.crumbs,
        "once_key": new_key() if refusal or form.errors else key_of(request),
    }
    return render(request, "supervision/ask.html", context, status=status)
