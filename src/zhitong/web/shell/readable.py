"""What no page can read is refused before any page is asked: signs that the database keeps nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

PROGRAMS = ("/api/", "/odata/")  # they leave such signs out and say so in their own shape
NUL = "\x00"


class Readable:
    """Middleware: a NUL in an address or a form comes from no keyboard, and would break a search for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what is refused without a page of its own gets one."""
        if not request.path.startswith(PROGRAMS):
            _must_be_readable(request)
        answer = self.get_response(request)
        is_bare = answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.streaming and not answer.content  # type: ignore[attr-defined]
        if not is_bare or request.path.startswith(PROGRAMS):
            return answer
        told = HttpResponse(render_to_string("405.html"), status=answer.status_code)
        told["Allow"] = answer["Allow"]
        return told


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that could not be read, made without the database; one too big is told as such."""
    is_big = isinstance(exception, RequestDataTooBig)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_big else HTTPStatus.BAD_REQUEST
    return HttpResponse(render_to_string("413.html" if is_big else "400.html"), status=status)


def _must_be_readable(request: HttpRequest) -> None:
    if NUL in request.path_info:
        raise SuspiciousOperation("a NUL in the address")
    if _holds_nul(request.GET.lists()):
        request.GET = _without_nul(request.GET)  # type: ignore[misc]
    with suppress(UnreadablePostError):  # nobody waits for the answer any longer
        if _holds_nul(request.POST.lists()):
            raise SuspiciousOperation("a NUL in a form")


def _without_nul(query: QueryDict) -> QueryDict:
    """What is asked, without the words that hold one: passed over as any filter that cannot be."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if NUL not in name:
            kept.setlist(name, [value for value in values if NUL not in value])
    kept._mutable = False
    return kept


def _holds_nul(pairs: Iterable[tuple[str, list[object]]]) -> bool:
    return any(NUL in name or any(NUL in str(value) for value in values) for name, values in pairs)
