"""Forms that happen once: the key a form carries, and what tells two sendings of it apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhitong.domain.history.actions import KeyUsed, once
from zhitong.kit import clock

ONCE_KEY = "once_key"
KEY_MOST = 64
_NOT_TYPED = ("csrfmiddlewaretoken", ONCE_KEY)


def new_key() -> str:
    """A key for a form about to be shown."""
    return str(uuid4())


def key_of(request: HttpRequest) -> str:
    """The form's key; a sending without one is taken for a new form."""
    return request.POST.get(ONCE_KEY, "")[:KEY_MOST] or new_key()


def content_of(request: HttpRequest) -> bytes:
    """What tells two sendings apart: the address, what was typed, and which files were chosen."""
    chosen = {name: [[one.name, one.size] for one in files] for name, files in request.FILES.lists()}
    typed = {name: values for name, values in request.POST.lists() if name not in _NOT_TYPED}
    return json.dumps([request.get_full_path(), typed, *([chosen] if chosen else [])], sort_keys=True, ensure_ascii=False).encode()


def send_once(request: HttpRequest, act: Callable[[], Any]) -> tuple[Any, bool]:
    """Let the act of a form happen once; returns (answer, whether it happened just now).

    Raises KeyUsed: the form was sent before with another content. Raises what the act refuses.
    """
    try:
        return once(
            actor_id=request.viewer.person_id, key=key_of(request), request=content_of(request), now=clock.now(),
            act=act,
        )
    except KeyUsed as used:
        raise KeyUsed(_("这张表单已经办过一次，这次内容不同，没有采用。请核对现在的情况后再办。")) from used
