"""Walking through the pages as somebody, and gathering every form that stands on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404

from tests.websec.addresses import PROGRAMS, addresses, resolved

LEADING_OUT = ("/sign-out/", "/static/")
UNNAMED = ("csrfmiddlewaretoken",)


@dataclass(frozen=True, slots=True)
class Field:
    """A control: its name, what it holds, whether words may be typed into it, and whether they are written back."""

    name: str
    value: str
    is_typed: bool
    is_kept: bool


@dataclass(slots=True)
class Form:
    """A form as it stands on a page."""

    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, frozenset[str]]:
        """Forms of one place with the same fields are one."""
        return self.method, resolved(urlsplit(self.action).path), frozenset(one.name for one in self.fields)

    def filled(self) -> list[tuple[str, str | bytes]]:
        """What a patient person would send."""
        return [(one.name, one.value or ("演示内容" if one.is_typed else "")) for one in self.fields]


class _Page(HTMLParser):
    """Forms and links of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.links = address, list[Form](), list[str]()
        self._form: Form | None = None
        self._by_id: dict[str, Form] = {}
        self._select = ""
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])
        elif tag == "form":
            self._form = Form(told.get("method", "get").upper(), urljoin(self.address, told.get("action") or self.address))
            self.forms.append(self._form)
            self._by_id[told.get("id", "")] = self._form
        elif tag == "select":
            self._select, self._options = told.get("name", ""), []
        elif tag == "option":
            self._options.append((told.get("value", ""), "selected" in told))
        elif tag in ("input", "textarea", "button") and told.get("name") not in (None, "", *UNNAMED):
            self._note(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select and self._form is not None:
            chosen = [value for value, is_chosen in self._options if is_chosen and value]
            others = [value for value, _is_chosen in self._options if value]
            self._form.fields.append(Field(self._select, next(iter(chosen or others), ""), is_typed=False, is_kept=True))
            self._select = ""

    def _note(self, tag: str, told: dict[str, str]) -> None:
        form = self._by_id.get(told.get("form", "-")) or self._form
        if form is None or (told.get("type") == "radio" and any(one.name == told["name"] for one in form.fields)):
            return
        kind = told.get("type", "text") if tag == "input" else tag
        if kind == "file":
            return
        usual = {"date": "2018-05-04", "number": "1", "tel": "13800000000", "month": "2018-05"}.get(kind, "")
        is_typed = kind in ("textarea", "text", "search", "password", "email", "url")
        form.fields.append(Field(told["name"], told.get("value") or usual, is_typed, is_kept=kind != "password"))


@dataclass
class Walked:
    """What a walk has found: forms by key, the places seen, and what broke on the way."""

    forms: dict[tuple[str, str, frozenset[str]], Form] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)


def walk(client: Client, most: int, beginning: Iterable[str] = ()) -> Walked:
    """Look at so many pages, one of each place: those that need nothing to be filled in first, then where links lead."""
    found = Walked()
    waiting = [*beginning, *(address for address, pattern in addresses() if "<" not in str(pattern.pattern))]
    looked = 0
    while waiting and looked < most:
        address = waiting.pop(0)
        try:
            place = resolved(urlsplit(address).path)
        except Resolver404:
            continue
        if place in found.places or address.startswith((*LEADING_OUT, *PROGRAMS)):
            continue
        found.places.add(place)
        looked += 1
        answer = client.get(address)
        read_out(answer)
        if answer.status_code >= 500:
            found.broken.append(address)
        if answer.status_code != 200 or answer.streaming or "html" not in answer.get("Content-Type", ""):
            continue
        page = read(address, answer)
        for form in page.forms:
            if form.fields and urlsplit(form.action).netloc == "" and not form.action.startswith(LEADING_OUT):
                found.forms.setdefault(form.key, form)
        waiting[:0] = [urljoin(address, link) for link in page.links if not urlsplit(link).netloc and not link.startswith("#")]
    return found


def read_out(answer: Any) -> None:
    """Read what comes bit by bit to its end: only then its file is closed."""
    if answer.streaming:
        deque(answer.streaming_content, 0)


def read(address: str, answer: HttpResponse) -> _Page:
    """The forms and links of a page."""
    page = _Page(urlsplit(address).path)
    page.feed(answer.content.decode())
    return page


def query_of(form: Form) -> list[tuple[str, str]]:
    """What the address of a form says already."""
    return parse_qsl(urlsplit(form.action).query)
