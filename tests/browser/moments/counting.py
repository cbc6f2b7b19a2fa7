"""A person's hand on the pages, counted: a journey through a moment says what it took and fails when it takes more.

Pages are counted by the browser itself: whatever it opens, sends or takes as a file. On a phone every page must fit, and
no page may speak English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, Request

from tests.browser.conftest import Visitor
from tests.browser.moments.limits import MOMENTS, Count

WORDS = frozenset("API CAD CSV Excel PDF Word ZIP docx jpg pdf png xlsx zip".split())
"""Latin words that stand in Chinese offices' own papers."""

PATIENCE_MS = 60_000
"""Steps are counted here, not seconds: a busy machine may take its time."""
TO_A_PAGE = "a[href], button, summary, [role=button]"


class Journey:
    """One moment on its way; everybody's hands count together."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pages = self.clicks = self.fields = 0

    def hand(self, visitor: Visitor) -> Hand:
        """Somebody takes part from now on."""
        visitor.page.context.on("request", self._count_page)
        visitor.page.context.set_default_timeout(PATIENCE_MS)
        return Hand(self, visitor)

    def _count_page(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame.parent_frame is None and request.redirected_from is None:
            self.pages += 1

    @property
    def count(self) -> Count:
        """What it took so far."""
        return Count(self.pages, self.clicks, self.fields)


@contextmanager
def moment(number: int) -> Iterator[Journey]:
    """Walk through a moment; at its end it has taken exactly what limits.py says.

    What is looked at afterwards, through other people's eyes, belongs outside.
    """
    journey = Journey(number)
    yield journey
    allowed = MOMENTS[number].count
    print(f"moment {number}: {journey.count} ({MOMENTS[number].title})")
    assert journey.count == allowed, f"moment {number} took {journey.count}; limits.py says {allowed}"


class Hand:
    """One person at a screen; sent pages are waited for."""

    def __init__(self, journey: Journey, visitor: Visitor) -> None:
        self.journey, self.visitor = journey, visitor

    @property
    def page(self) -> Page:
        """What is open."""
        return self.visitor.page

    @property
    def shown(self) -> str:
        """What one reads on the open page."""
        return self.page.inner_text("main")

    def open(self, path: str) -> None:
        """Come by an address: the one kept in the browser, or the one behind a code."""
        assert self.visitor.open(path) == 200, path
        self._look()

    def go(self, what: str | Locator, *, within: str = "main") -> None:
        """Touch what leads to another page: a link or button by its words, or where it stands."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self._touch(what, within)
        self._look()

    def click(self, what: str | Locator, *, within: str = "main") -> None:
        """Touch what changes the open page only: a fold, a box, a row."""
        self._touch(what, within)

    def take(self, what: str | Locator, *, within: str = "main") -> bytes:
        """Touch what gives a file; returns what is in it."""
        with self.page.expect_download() as coming:
            self._touch(what, within)
        return Path(coming.value.path()).read_bytes()

    def write(self, name: str, text: str) -> None:
        """Write into a field."""
        self.journey.fields += 1
        self.page.locator(f"[name='{name}']").first.fill(text)

    def put(self, field: Locator, text: str) -> None:
        """Write into the field at a place, as one types."""
        self.journey.fields += 1
        field.press_sequentially(text)

    def choose(self, what: str | Locator, value: str) -> None:
        """Choose one of a field's values: a radio, a box of a list, or a line of a drop-down by its word or value."""
        self.journey.fields += 1
        fields = self.page.locator(f"[name='{what}']") if isinstance(what, str) else what
        field = fields.first
        if field.get_attribute("type") in ("radio", "checkbox"):
            fields.and_(self.page.locator(f"[value='{value}']")).check()
        elif field.evaluate("one => !!one.tomselect"):
            field.evaluate("(one, value) => one.tomselect.setValue(value)", value)
        else:
            field.select_option(value)

    def give(self, field: Locator, *files: FilePayload) -> None:
        """Hand a file to a field, or a photo just taken."""
        self.journey.fields += 1
        field.set_input_files(list(files))

    def _touch(self, what: str | Locator, within: str) -> None:
        self.journey.clicks += 1
        named = self.page.locator(within).locator(TO_A_PAGE)
        (named.filter(has_text=what, visible=True).first if isinstance(what, str) else what).click()

    def _look(self) -> None:
        """Whatever opens must be Chinese, and fit the screen it is on."""
        page = self.page
        said = page.inner_text("body")
        foreign = set(re.findall(r"(?<![\w/.=-])[A-Za-z]{3,}(?![\w/.=:-])", said)) - WORDS
        assert not foreign, f"{page.url} says {sorted(foreign)}"
        wide, width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= width, f"{page.url} is {wide} wide on a screen of {width}"


Visit = Callable[..., Visitor]
