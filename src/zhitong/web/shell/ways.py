"""The ways in that the sign-in page offers beside a password: each place names its own, the settings their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.module_loading import import_string

from zhitong.web.shell.components import Text


@dataclass(frozen=True, slots=True)
class Offered:
    """One way in: its words and its address."""

    label: Text
    url: str


def ways_offered(request: HttpRequest) -> list[Offered]:
    """All of them, in the order of the settings; one that this installation has not set up offers nothing."""
    asked: Iterable[Callable[[HttpRequest], Iterable[Offered]]] = map(import_string, settings.SIGN_IN_WAYS)
    return [one for offer in asked for one in offer(request)]


def with_onward(url: str, request: HttpRequest) -> str:
    """An address that remembers where one wanted to go; who leads on from there looks whether it is ours."""
    wanted = QueryDict(mutable=True)
    if onward := request.POST.get("next", request.GET.get("next", "")):
        wanted["next"] = onward
    return f"{url}?{wanted.urlencode()}" if wanted else url
