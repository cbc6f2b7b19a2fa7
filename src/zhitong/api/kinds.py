"""Every kind of failure there is, by its code: what `type` of a problem document (RFC 9457) leads to, open to everybody."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from zhitong import domain, kit
from zhitong.api.failures import SENTENCES, TITLES, UNEXPECTED, UNEXPECTED_SENTENCE, code_of_kind, status_of_kind
from zhitong.kit.refusals import Refused

OURS = ("zhitong.domain.", "zhitong.kit.", "zhitong.api.")
_OTHERWISE = ("zhitong.api.odata.",)
"""Answers in a shape of its own."""


@dataclass(frozen=True, slots=True)
class FailureKind:
    """A kind of failure; refusals of one name in several rooms share a code and say what each means."""

    code: str
    status: int
    title: str
    meanings: tuple[str, ...]


@cache
def kinds() -> tuple[FailureKind, ...]:
    """All kinds, by code: the refusals of the house, and what the door itself answers. Reads every room the first time."""
    _read_every_room()
    found: dict[str, tuple[int, list[str]]] = {
        code: (int(status), [sentence]) for status, (code, sentence) in SENTENCES.items()
    }
    found[UNEXPECTED] = (int(HTTPStatus.INTERNAL_SERVER_ERROR), [UNEXPECTED_SENTENCE])
    for kind in sorted(_below(Refused), key=lambda one: (one.__name__, one.__module__)):
        status, meanings = found.setdefault(code_of_kind(kind), (int(status_of_kind(kind)), []))
        meaning = re.sub(r"\s+", " ", (inspect.getdoc(kind) or "").split("\n\n")[0])
        if meaning not in meanings:
            meanings.append(meaning)
        found[code_of_kind(kind)] = (status, meanings)
    return tuple(FailureKind(code, status, TITLES[status], tuple(said)) for code, (status, said) in sorted(found.items()))


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The kinds as JSON, by code; `type` of a failure is this address with the code behind a #."""
    told = {one.code: {"status": one.status, "title": one.title, "meaning": list(one.meanings)} for one in kinds()}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _read_every_room() -> None:
    for package in (domain, kit):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name:
                import_module(found.name)


def _below(kind: type[Refused]) -> Iterator[type[Refused]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith(OURS) and not one.__module__.startswith(_OTHERWISE):
            yield one
        yield from _below(one)
