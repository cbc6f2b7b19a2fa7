"""What cannot be done, in OData's own shape of an error: a code, a sentence in Chinese, and what it is about."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from zhitong.api.failures import SENTENCES, code_of
from zhitong.api.odata.grammar.refusing import Unreadable
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.systems.queries.calling import TooManyCalls
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

log = logging.getLogger(__name__)

JSON = "application/json; charset=utf-8"
_STATUSES: dict[type[Refused], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND, BadInput: HTTPStatus.BAD_REQUEST, NotYours: HTTPStatus.FORBIDDEN,
    TooManyCalls: HTTPStatus.TOO_MANY_REQUESTS,
}
NOT_SIGNED_IN = (
    "没有提供有效的接口密钥。在 Excel 或 Power BI 里选“基本”登录，用户名随便写，密码填 zt_ 开头的密钥；"
    "程序在请求头写明 Authorization: Bearer zt_…。密钥在“开放数据 › 我的密钥”里领取。"
)


def failing(status: int, code: str, sentence: str, target: str = "") -> HttpResponse:
    """The answer of a failure."""
    error = {"code": code, "message": sentence, **({"target": target} if target else {})}
    answer = HttpResponse(json.dumps({"error": error}, ensure_ascii=False), status=status, content_type=JSON)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Basic realm="zhitong", charset="UTF-8"'
    return answer


def not_signed_in() -> HttpResponse:
    """Nobody is known by what was sent; the ways to sign in are offered."""
    return failing(HTTPStatus.UNAUTHORIZED, "unauthorized", NOT_SIGNED_IN)


def refused(refusal: Refused) -> HttpResponse:
    """A refusal as an answer."""
    if isinstance(refusal, Unreadable):
        return failing(refusal.status, refusal.code, refusal.sentence, refusal.target)
    status = next((one for kind, one in _STATUSES.items() if isinstance(refusal, kind)), HTTPStatus.CONFLICT)
    return failing(status, code_of(refusal), refusal.sentence)


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """An accident as an answer: its number for the operator, nothing of what it was."""
    if isinstance(error, OperationalError):
        log.warning("the database did not answer: %s", error)
        return failing(HTTPStatus.SERVICE_UNAVAILABLE, *SENTENCES[HTTPStatus.SERVICE_UNAVAILABLE])
    request_id: Any = getattr(request, "request_id", None) or uuid7()
    log.error("request %s %s %s failed", request_id, request.method, request.path, exc_info=error)
    sentence = f"系统出了意外，这次没有取到。请稍后重试；仍不成功的，请把编号 {request_id} 告诉管理员。"
    answer = failing(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected", sentence)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # with its trace; Django would log it once more without
    return answer
