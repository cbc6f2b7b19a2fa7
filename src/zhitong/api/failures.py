"""What is answered when something cannot be done: one shape, a problem document (RFC 9457), whatever went wrong.

`code`, `sentence` and `fields` are ours from before and stay; the members of the standard stand beside them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from zhitong.api.troubles import troubles_of
from zhitong.api.words import Shape
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.systems.queries.calling import TooManyCalls
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound, Refused

log = logging.getLogger(__name__)

PLACE = "/api/"
JSON = "application/json; charset=utf-8"
KEPT_HEADERS = ("Allow", "Retry-After")
PROBLEM = "application/problem+json"
KINDS = "/api/failures"
"""Where every kind of failure is told; `api.kinds`."""


class FieldError(Shape):
    """What is wrong at one place of what was sent."""

    pointer: str = Field(description="哪一项：JSON指针，例如 #/problems/0/text")
    detail: str = Field(description="有什么问题，怎样改")


class Failure(Shape):
    """Why a call was not done."""

    type: str = Field(description="这种失败的地址：/api/failures#代码，列出全部失败种类")
    title: str = Field(description="这一类失败的名称，不随个案变化")
    status: int = Field(description="HTTP状态码")
    detail: str = Field(description="同 sentence")
    instance: str = Field(description="这一次请求的编号，与 X-Request-Id、日志、留痕一致")
    errors: list[FieldError] = Field(description="逐项说明，与 fields 一致")
    code: str = Field(description="给程序看的代码，不随措辞变化")
    sentence: str = Field(description="给人看的一句话：原因和下一步")
    fields: dict[str, str] = Field(description="逐项说明：哪一项（路径用点号连接）有什么问题")


class NoKey(Refused):
    """A writing call came without an idempotency key."""

    def __init__(self) -> None:
        super().__init__(
            "写操作须带请求头 Idempotency-Key（1至200个可见字符，每件事一个，例如一个UUID）。"
            "请加上后重新发送；网络中断时用同一个键重发，不会重复办理。"
        )


SENTENCES: Mapping[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("bad_request", "请求的格式不对，服务器无法理解。请核对地址、请求头和内容后重试。"),
    HTTPStatus.UNAUTHORIZED: (
        "unauthorized",
        "没有提供有效的接口密钥。请在请求头写明 Authorization: Bearer zt_…；密钥遗失或停用的，请联系管理员用 zhitong token 重新发放。",
    ),
    HTTPStatus.FORBIDDEN: ("forbidden", "这个地址不允许这样访问。请核对接口文档 /api/v1/openapi.json。"),
    HTTPStatus.NOT_FOUND: ("not_found", "没有这个接口。请核对接口文档 /api/v1/openapi.json。"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "这个接口不支持这种请求方法。请核对接口文档 /api/v1/openapi.json。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "一次发送的内容太大。请分几次发送，每次不超过2.5MB。"),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("bad_input", "发送的内容不是正确的JSON。请核对后重新发送。"),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "too_fast",
        "这个密钥（或来访地址）请求太快，这次没有办理。请等响应头 Retry-After 写明的秒数后再发；写操作请用同一个 Idempotency-Key。",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: ("unavailable", "服务暂时不可用，这次没有办理。请稍后重试；写操作请用同一个 Idempotency-Key。"),
}


TITLES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "请求的格式不对", HTTPStatus.UNAUTHORIZED: "没有有效的密钥", HTTPStatus.FORBIDDEN: "没有权限",
    HTTPStatus.NOT_FOUND: "没有找到", HTTPStatus.METHOD_NOT_ALLOWED: "不支持这种请求方法", HTTPStatus.CONFLICT: "现在不能这样办",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容太大", HTTPStatus.UNPROCESSABLE_ENTITY: "内容需要修改",
    HTTPStatus.TOO_MANY_REQUESTS: "调用太多", HTTPStatus.INTERNAL_SERVER_ERROR: "系统出了意外",
    HTTPStatus.SERVICE_UNAVAILABLE: "服务暂时不可用",
}
UNEXPECTED, UNEXPECTED_SENTENCE = "unexpected", "系统出了意外，这次没有办理。请稍后重试；仍不成功的，请把编号告诉管理员。"


def failing(
    request: HttpRequest, status: int, code: str, sentence: str, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer of a failure, under the number of its request."""
    fields = dict(fields or {})
    number = _number_of(request)
    failure = Failure(
        type=f"{KINDS}#{code}", title=TITLES.get(status, TITLES[HTTPStatus.BAD_REQUEST]), status=status, detail=sentence,
        instance=f"urn:uuid:{number}", errors=[FieldError(pointer=pointer_to(path), detail=said) for path, said in fields.items()],
        code=code, sentence=sentence, fields=fields,
    )
    answer = HttpResponse(failure.model_dump_json(), status=status, content_type=PROBLEM)
    answer["X-Request-Id"] = str(number)
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="zhitong"'
    return answer


def pointer_to(path: str) -> str:
    """A dotted path as a JSON pointer (RFC 6901) in a fragment: `problems.0.text` → `#/problems/0/text`; `body` → `#`."""
    if path == "body":
        return "#"
    return "#/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in path.split("."))


def _number_of(request: HttpRequest) -> UUID:
    """The number of a request; one that has none gets it now and keeps it."""
    number: UUID = getattr(request, "request_id", None) or uuid7()
    request.request_id = number  # type: ignore[attr-defined]
    return number


def answers_to_failures(statuses: Iterable[int]) -> dict[int, Any]:
    """The failures an operation declares: statuses alone, `told_as_failures` says their one shape in the document of the API."""
    return dict.fromkeys(map(int, statuses))


def told_as_failures(document: Any) -> None:
    """Write the one shape into every failure a document of an API declares; ninja would make a model of each, thousands of them."""
    shape = Failure.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    document["components"]["schemas"] |= shape.pop("$defs") | {Failure.__name__: shape}
    said = {PROBLEM: {"schema": {"$ref": f"#/components/schemas/{Failure.__name__}"}}}
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST:
                    answer["content"] = said


def answer_failures_of(api: NinjaAPI) -> None:
    """Let every exception of the API's operations be answered in the one shape."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Refused: _refused, ValidationError: _unreadable, HttpError: _unparsed, AuthenticationError: _unknown,
        RequestDataTooBig: _too_big, OperationalError: _unavailable, Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


class OneShape:
    """Middleware: what Django itself answers under /api/ (no such address, wrong method, broken request) in the one shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; failures that are not JSON are told anew."""
        answer = self.get_response(request)
        is_told = answer.get("Content-Type", "").startswith(("application/json", PROBLEM))
        if not request.path.startswith(PLACE) or answer.status_code < HTTPStatus.BAD_REQUEST or is_told:
            return answer
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return _unexpected(request, None)
        told = failing(request, answer.status_code, *SENTENCES.get(answer.status_code, SENTENCES[HTTPStatus.BAD_REQUEST]))
        for header in KEPT_HEADERS:
            if answer.has_header(header):
                told[header] = answer[header]
        return told


def code_of(refusal: Refused) -> str:
    """The name of the refusal as a word for programs: CardMoved → card_moved."""
    return code_of_kind(type(refusal))


def code_of_kind(kind: type[Refused]) -> str:
    """The same of a kind of refusal."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    fields = refusal.fields if isinstance(refusal, BadInput) else None
    answer = failing(request, status_of_kind(type(refusal)), code_of(refusal), refusal.sentence, fields)
    if isinstance(refusal, TooManyCalls):
        answer["Retry-After"] = str(refusal.wait_seconds)
    return answer


def status_of_kind(kind: type[Refused]) -> int:
    """With which status a kind of refusal is answered."""
    statuses = {
        NotFound: HTTPStatus.NOT_FOUND, BadInput: HTTPStatus.UNPROCESSABLE_ENTITY, NotYours: HTTPStatus.FORBIDDEN,
        NoKey: HTTPStatus.BAD_REQUEST, TooManyCalls: HTTPStatus.TOO_MANY_REQUESTS,
    }
    return next((status for known, status in statuses.items() if issubclass(kind, known)), HTTPStatus.CONFLICT)


def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = troubles_of(error.errors)
    sentence = f"有{len(fields)}项内容需要修改，没有办理。请按 fields 里的说明改好后重新发送。"
    return failing(request, HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input", sentence, fields)


def _unparsed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The only other error of ninja's own: a body that is no JSON."""
    return failing(request, HTTPStatus.UNPROCESSABLE_ENTITY, *SENTENCES[HTTPStatus.UNPROCESSABLE_ENTITY])


def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return failing(request, HTTPStatus.UNAUTHORIZED, *SENTENCES[HTTPStatus.UNAUTHORIZED])


def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return failing(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, *SENTENCES[HTTPStatus.REQUEST_ENTITY_TOO_LARGE])


def _unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    log.warning("the database did not answer: %s", error)
    return failing(request, HTTPStatus.SERVICE_UNAVAILABLE, *SENTENCES[HTTPStatus.SERVICE_UNAVAILABLE])


def _unexpected(request: HttpRequest, error: Exception | None) -> HttpResponse:
    request_id = _number_of(request)
    log.error("request %s %s %s failed", request_id, request.method, request.path, exc_info=error)
    sentence = UNEXPECTED_SENTENCE.replace("编号", f"编号 {request_id} ")
    answer = failing(request, HTTPStatus.INTERNAL_SERVER_ERROR, UNEXPECTED, sentence)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # with its trace; Django would log it once more without
    return answer
