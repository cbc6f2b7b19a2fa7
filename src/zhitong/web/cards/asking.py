"""One form, one act: the way every small page of this place asks, sends once, and keeps what was typed when refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.files import is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, send_once


@dataclass(frozen=True)
class Asked:
    """A page that asks one thing: heading, what follows in a sentence, what the button says, the way back;
    `lines` and `files` are read before one answers.
    """

    heading: Text
    consequence: Text
    button: Text
    crumbs: tuple[Crumb, ...]
    lines: tuple[tuple[Text, Text], ...] = ()
    files: Sequence[FileView] = ()
    primary: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)


def ask(
    request: HttpRequest, asked: Asked, form: PlainForm, act: Callable[[Mapping[str, Any]], Any], *, done: Text, to: str
) -> HttpResponse:
    """Show the form; sent, do the act once and go on to `to`, or show it again with what is wrong beside its field."""
    if request.method != "POST":
        return _show(request, asked, form)
    if is_adding(request):
        return _show(request, asked, judged_for_files_alone(form))
    if not form.is_valid():
        return _show(request, asked, form, status=422)
    try:
        send_once(request, lambda: act(form.cleaned_data))
    except (NotFound, NotYours):
        raise
    except BadInput as refusal:
        for name, sentence in refusal.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
        return _show(request, asked, form, refusal="" if refusal.fields else refusal.sentence, status=422)
    except Refused as refusal:
        return _show(request, asked, form, refusal=refusal.sentence, status=409)
    messages.success(request, str(done))
    return redirect(to)


def _show(request: HttpRequest, asked: Asked, form: PlainForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "asked": asked, "form": form, "refusal": refusal, "crumbs": asked.crumbs, "once_key": key_of(request), **asked.more,
    }
    return render(request, "cards/ask.html", context, status=status)
