"""A page that asks what an act needs and does it once: refused, it comes back with what was typed and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhitong.domain.organisations.scope import NotYours
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


@dataclass(frozen=True)
class Once:
    """A form page whose act happens once: refused, it comes back with what was typed and why."""

    title: Text
    button: Text
    consequence: Text
    done: Text
    to: str
    crumbs: Sequence[Crumb]

    def respond(self, request: HttpRequest, form: PlainForm, act: Callable[[], Any], **context: Any) -> HttpResponse:
        """The form, or after its act the page it leads to."""
        refusal = ""
        if request.method == "POST" and form.is_valid():
            try:
                answer, _is_new = send_once(request, act)
            except (NotFound, NotYours):
                raise
            except BadInput as refused:
                refusal = beside_fields(form, refused)
            except Refused as refused:
                refusal = refused.sentence
            else:
                messages.success(request, str(self.done) % answer if "%" in str(self.done) else self.done)
                return redirect(self.to)
        status = 409 if refusal else 422 if form.errors else 200
        again = new_key() if refusal or form.errors else key_of(request)
        page: Mapping[str, Any] = {
            "title": self.title, "button": self.button, "consequence": self.consequence, "form": form,
            "refusal": refusal, "once_key": again, "back_url": self.to, "crumbs": self.crumbs, **context,
        }
        return render(request, "shell/ask.html", dict(page), status=status)


def beside_fields(form: PlainForm, refused: BadInput) -> str:
    """Put what is wrong beside its field; what belongs to none stays a sentence above."""
    for name, sentence in refused.fields.items():
        if name in form.fields:
            form.add_error(name, sentence)
    return "" if set(refused.fields) & set(form.fields) else refused.sentence
