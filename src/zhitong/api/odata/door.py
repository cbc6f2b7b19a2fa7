"""Who comes in: a key as Bearer or as the password of Basic, which Excel and Power BI offer; then the viewer's transaction.

A streamed answer keeps the transaction open until its last piece is sent.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from zhitong.api.door import ApiKey
from zhitong.api.odata.failing import failed, failing, not_signed_in, refused
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.refusals import Refused

READING = ("GET", "HEAD")
_LONGEST_SECRET = 200
View = Callable[..., HttpResponseBase]


def open_to_keys(view: View) -> View:
    """Offer a view to whoever brings a key; refusals and accidents are answered in OData's shape."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def handle(request: Any, **values: Any) -> HttpResponseBase:
        if request.method not in READING:
            answer = failing(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "开放数据只能读取。请用 GET。")
            answer["Allow"] = ", ".join(READING)
            return answer
        try:
            if ApiKey().authenticate(request, secret_of(request)) is None:
                return not_signed_in()
        except Refused as refusal:
            return refused(refusal)
        answer = _answered(view, request, values)
        answer["OData-Version"], answer["X-Request-Id"] = "4.0", str(request.request_id)
        return answer

    return handle


def _answered(view: View, request: Any, values: dict[str, Any]) -> Any:
    try:
        with ExitStack() as open_until_sent:
            open_until_sent.enter_context(acting_as(request.viewer))
            request.acting = open_until_sent
            answer = view(request, **values)
            if answer.streaming:
                answer._resource_closers.append(open_until_sent.pop_all().close)  # type: ignore[attr-defined]
            return answer
    except Refused as refusal:
        return refused(refusal)
    except Exception as error:
        return failed(request, error)


def secret_of(request: HttpRequest) -> str:
    """The key that a request brings; empty when it brings none."""
    scheme, _blank, said = request.headers.get("Authorization", "").partition(" ")
    said = said.strip()
    if scheme.lower() == "bearer":
        return said[:_LONGEST_SECRET]
    if scheme.lower() != "basic":
        return ""
    try:
        named = base64.b64decode(said, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return named.partition(":")[2][:_LONGEST_SECRET]
