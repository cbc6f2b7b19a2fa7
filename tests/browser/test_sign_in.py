"""Signing in, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor

pytestmark = pytest.mark.browser


def test_an_official_comes_in_and_leaves(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site())

    visitor.sign_in("park_office")

    assert "登录" not in visitor.page.title()
    assert "演示丁" in visitor.page.content()
