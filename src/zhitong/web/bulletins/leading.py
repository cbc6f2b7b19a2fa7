"""Where the codes on a paper lead: to the page of the thing they name, at the address by which the asker reached us."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse


def leading_from(request: HttpRequest) -> Callable[[str], str]:
    """What a paper's codes are given: of `problem:冀-…-000123` the problem's page, of all else what it says."""

    def address_of(thing: str) -> str:
        kind, _colon, number = thing.partition(":")
        return request.build_absolute_uri(reverse("problems:page", args=[number])) if kind == "problem" else thing

    return address_of
