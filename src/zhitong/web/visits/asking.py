"""Sending a form to its act: done once, or the refusal put where the person typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.sending import send_once

OK, UNPROCESSABLE, CONFLICT = 200, 422, 409


def tried(request: HttpRequest, form: forms.Form, act: Callable[[], Any]) -> tuple[bool, Any, str, int]:
    """Let the act happen once: (whether it did, its answer, the refusal to show above the form, the status).

    What is wrong with one field stands beside it. Raises NotFound and NotYours as the act does.
    """
    try:
        answer, _is_new = send_once(request, act)
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        beside = {name: said for name, said in refused.fields.items() if name in form.fields}
        for name, said in beside.items():
            form.add_error(name, said)
        return False, None, "" if beside else refused.sentence, UNPROCESSABLE
    except Refused as refused:
        return False, None, refused.sentence, CONFLICT
    return True, answer, "", OK


def officials_only(request: HttpRequest) -> None:
    """Refuse the served: who goes where is the officials' page.

    Raises NotFound: the viewer is one of the served.
    """
    if request.viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
