"""How an operation is offered: the key in, the viewer's transaction around everything, the act once for its key.

Operations return one schema; it becomes the answer inside the viewer's transaction, so nothing is read after it.
What an operation raises undoes the transaction before `failures` answers.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.security import HttpBearer
from pydantic import BaseModel

from zhitong.api.failures import JSON, NoKey, answers_to_failures
from zhitong.api.leaving import tell_of_leaving
from zhitong.api.taking import refuse_what_cannot_be_kept
from zhitong.domain.history.actions import once
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import viewer_of_token
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.privacy.actions import take_out
from zhitong.domain.systems.queries.calling import client_calling, is_of_client
from zhitong.kit import clock
from zhitong.kit.handing_out import HEADER, hand_out
from zhitong.kit.ids import uuid7

MULTIPART = "multipart/form-data"
KEY, REPLAY = "Idempotency-Key", "Idempotent-Replay"
LONGEST_KEY = 200

READING = (
    HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE,
)
WRITING = (
    HTTPStatus.BAD_REQUEST, *READING, HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
)
HANDING = (*READING, HTTPStatus.CONFLICT)
"""A paper may have nothing to be made of."""
_KEY_PARAMETER = {
    "parameters": [{
        "in": "header", "name": KEY, "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": r"^[!-~]+$"},
        "description": "这件事的键：同一个键再发同样的内容，得到同样的答复，不会重复办理；保留30天。",
    }]
}

View = Callable[..., BaseModel]
FileView = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request that came with a key: who looks, when it came, and its own number."""

    viewer: Viewer
    now: datetime
    request_id: UUID


def viewer_behind(secret: str, *, address: str, now: datetime) -> Viewer | None:
    """Whom a key stands for: a person's post, or a client; None when nobody's. Raises TooManyCalls."""
    if is_of_client(secret):
        return client_calling(secret, address=address, now=now)
    return viewer_of_token(secret, clock.day_of(now))


def address_of(request: HttpRequest) -> str:
    """Who calls, as an address: the one that the outermost of one's own proxies saw, else that of the connection."""
    passed = request.headers.get("X-Forwarded-For", "").split(",")
    is_passed_on = 0 < settings.PROXIES <= len(passed)
    return (passed[-settings.PROXIES] if is_passed_on else str(request.META.get("REMOTE_ADDR", ""))).strip()


def actor_of(request: Any) -> Actor:
    """The viewer of a request as the one who acts through this door."""
    actor: Actor = request.viewer.actor("api", request.request_id)
    return actor


class ApiKey(HttpBearer):
    """A person's key, a client's key, or the short-lived token for one: `Authorization: Bearer zt_…`, `zc_…`, `za_…`."""

    openapi_description = "个人密钥（zt_，zhitong token 登录名 发放）、接入系统的密钥（zc_，由系统管理员登记发放）或换取的短期令牌（za_）。"

    def authenticate(self, request: Any, token: str) -> Viewer | None:
        """The viewer behind a key; None when there is none, which is answered with 401."""
        request.request_id, request.now = getattr(request, "request_id", None) or uuid7(), clock.now()
        request.viewer = viewer_behind(token, address=address_of(request), now=request.now)
        viewer: Viewer | None = request.viewer
        return viewer


def reads(router: Router, path: str, *, answer: type[BaseModel], summary: str) -> Callable[[View], View]:
    """Offer an operation that only looks."""

    def offer(view: View) -> View:
        @_like(view)
        def handle(request: Any, **values: Any) -> HttpResponse:
            refuse_what_cannot_be_kept(values)
            with acting_as(request.viewer):
                reply = _answer(request, view(request, **values).model_dump_json(), HTTPStatus.OK)
            tell_of_leaving(reply, _name(view))
            return reply

        router.get(
            path, response={200: answer, **answers_to_failures(READING)}, summary=summary, operation_id=_name(view)
        )(handle)
        return view

    return offer


def hands_over(router: Router, path: str, *, types: Iterable[str], summary: str) -> Callable[[FileView], FileView]:
    """Offer an operation that answers with a file, of one of the types; it is read whole inside the transaction.

    Every file is numbered here, once; a view that answers with somebody's own file numbers it itself and leaves it as it is.
    """

    def offer(view: FileView) -> FileView:
        @_like(view)
        def handle(request: Any, **values: Any) -> HttpResponse:
            refuse_what_cannot_be_kept(values)
            with acting_as(request.viewer):
                answer = view(request, **values)
                if not answer.has_header(HEADER):
                    hand_out(answer, take_out(_name(view), door="api", now=request.now))
            answer["X-Request-Id"] = str(request.request_id)
            tell_of_leaving(answer, _name(view))
            return answer

        schema = {"schema": {"type": "string", "format": "binary"}}
        router.get(
            path, response=answers_to_failures(HANDING), summary=summary, operation_id=_name(view),
            openapi_extra={"responses": {200: {"description": "OK", "content": dict.fromkeys(types, schema)}}},
        )(handle)
        return view

    return offer


def writes(
    router: Router, path: str, *, answer: type[BaseModel], summary: str, status: HTTPStatus = HTTPStatus.OK,
    operation_id: str | None = None,
) -> Callable[[View], View]:
    """Offer an operation that changes something, once for each idempotency key."""

    def offer(view: View) -> View:
        @_like(view)
        def handle(request: Any, **values: Any) -> HttpResponse:
            key = key_of(request)
            refuse_what_cannot_be_kept(values)
            with acting_as(request.viewer) as viewer:
                stored, is_new = once(
                    actor_id=viewer.person_id, key=key, request=content_of(request), now=request.now,
                    act=lambda: view(request, **values).model_dump(mode="json"),
                )
                reply = _answer(request, json.dumps(stored, ensure_ascii=False), status)
            tell_of_leaving(reply, operation_id or _name(view))
            if not is_new:
                reply[REPLAY] = "true"
            return reply

        router.post(
            path, response={int(status): answer, **answers_to_failures(WRITING)}, summary=summary,
            openapi_extra=_KEY_PARAMETER, operation_id=operation_id or _name(view),
        )(handle)
        return view

    return offer


def key_of(request: HttpRequest) -> str:
    """The idempotency key of a writing call.

    Raises NoKey: there is none, or none of 1 to 200 printable characters.
    """
    key = request.headers.get(KEY, "").strip()
    if not key or len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise NoKey
    return key


def content_of(request: Any) -> bytes:
    """What makes two calls the same: post, method, address and body, byte by byte; of files their names and digests."""
    head = f"{request.viewer.post_id}\n{request.method}\n{request.get_full_path()}\n".encode()
    if request.content_type != MULTIPART:
        return head + bytes(request.body)
    sent = [(field, one.name, hashlib.file_digest(one, "sha256").hexdigest()) for field, one in _files_in(request)]
    return head + json.dumps([sent, sorted(request.POST.lists())], ensure_ascii=False).encode()


def _files_in(request: Any) -> list[tuple[str, UploadedFile]]:
    """The files of a call, each at its beginning."""
    found = [(field, one) for field, files in request.FILES.lists() for one in files]
    for _field, one in found:
        one.seek(0)
    return found


def _like(view: Callable[..., Any]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Give a handler the name and the resolved signature of its view, from which ninja reads the parameters."""

    def dress(handle: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        dressed = wraps(view)(handle)
        dressed.__doc__ = None  # the document has the summary; docstrings are for us
        dressed.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        return dressed

    return dress


def _name(view: Callable[..., Any]) -> str:
    """What the document calls the operation: its resource and its name."""
    return f"{view.__module__.rpartition('.')[2]}_{view.__name__}"


def _answer(request: Any, content: str, status: int) -> HttpResponse:
    reply = HttpResponse(content, status=status, content_type=JSON)
    reply["X-Request-Id"] = str(request.request_id)
    return reply
