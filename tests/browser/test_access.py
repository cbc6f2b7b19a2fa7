"""No page breaks a law of accessibility that a machine can see: axe at a desk and on a phone, reflow at 320 px."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.gallery import Hung, gallery
from tests.browser.walking import addresses, refused, walk
from tests.cast import Story
from tests.problems import ways
from tests.problems.conftest import raised as raised
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import open_april
from tests.web.stories import signed_in
from tests.world import CAST

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_USED = (("park", "/"), ("park_office", "/problems/dispatch/"), ("firm", "/portal/"))


@pytest.fixture
def busy(db: None, raised: Callable[..., Story]) -> None:
    """A world with a round under way and problems at every stage."""
    open_april()
    ways.waiting(raised)
    for way in (ways.acknowledged, ways.answered, ways.sent_up):
        way(raised(category="energy"))


def test_the_most_used_pages_break_no_law(busy: None, browser: Browser) -> None:
    with gallery(browser) as hall:
        pages = {address: signed_in(login).get(address).content.decode() for login, address in MOST_USED}
        found = {address: hall.breaches(html) for address, html in pages.items()}

    assert found == {address: [] for address in pages}


def chosen(met: list[Hung]) -> list[Hung]:
    """Of each view the page with most in it and the one with least."""
    views: dict[str, list[Hung]] = {}
    for one in met:
        views.setdefault(one.view, []).append(one)
    picked = [one for pages in views.values() for one in ([max(pages, key=_size), min(pages, key=_size)] if len(pages) > 1 else pages)]
    return list(dict.fromkeys(picked))


def _size(one: Hung) -> int:
    return len(one.html)


@pytest.mark.prove
def test_no_page_of_any_role_breaks_a_law(busy: None, browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    met = [page for login in ["", *(role.login for role in CAST)] for page in walk(login)]
    shown = chosen(met)
    turned_back = [answer for page in shown if (answer := refused(page)) is not None]

    with gallery(browser) as hall:
        found = {str(page): breaches for page in [*shown, *turned_back] if (breaches := hall.breaches(page.html))}

    with capsys.disabled():
        views = {page.view for page in met}
        print(
            f"\n{len(addresses())} addresses, {len(views)} views met by {len(CAST)} roles on {len(met)} pages; looked at "
            f"{len(shown)} shown and {len(turned_back)} refused at two widths and 320 px"
        )
    assert found == {}
