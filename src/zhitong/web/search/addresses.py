"""Where the page of a thing found is, and the list that holds all of its kind."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from zhitong.domain.finding.queries.asking import Hit
from zhitong.domain.finding.rules import FoundKind
from zhitong.web.problems.showing import address_of


def page_of(hit: Hit) -> str:
    """The page of a thing."""
    return _PAGES[hit.kind](hit.key)


def more_of(kind: FoundKind, words: str) -> str:
    """The list where all of a kind that hold the words stand."""
    return f"{reverse(_LISTS[kind])}?{urlencode({'q': words})}"


def _of_plan(key: str) -> str:
    campaign, _slash, number = key.partition("/")
    return reverse("plan:task", args=[campaign, number]) if number else reverse("plan:of", args=[campaign])


def _at(name: str) -> Callable[[str], str]:
    return lambda key: reverse(name, args=[key])


_PAGES: dict[FoundKind, Callable[[str], str]] = {
    FoundKind.PROBLEM: address_of, FoundKind.SUBJECT: _at("subjects:page"), FoundKind.TASK: _of_plan,
    FoundKind.INDICATOR: _of_plan, FoundKind.PAPER: _at("reader:desk"), FoundKind.REGION: _at("territory:region"),
    FoundKind.UNIT: _at("territory:unit"),
}
_LISTS = {
    FoundKind.PROBLEM: "problems:list", FoundKind.SUBJECT: "subjects:list", FoundKind.TASK: "plan:plan",
    FoundKind.INDICATOR: "plan:plan", FoundKind.PAPER: "reader:list", FoundKind.REGION: "territory:territory",
    FoundKind.UNIT: "territory:territory",
}
