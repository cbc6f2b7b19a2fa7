"""A system of 南大港's 经发局, registered by its administrator, and its calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.accounts.conftest import looking, seated
from tests.accounts.conftest import quick_hashes as quick_hashes
from tests.api.conftest import Caller
from tests.api.conftest import day_of_the_story as day_of_the_story
from tests.world import NOW
from zhitong.domain.organisations.models import Post
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.systems.actions.registering import NewClient, give_key, register
from zhitong.domain.systems.rules.clients import RateClass

Register = Callable[..., UUID]


@pytest.fixture
def administrator() -> Viewer:
    """Who administers 南大港."""
    return looking(seated("guan", "130973400-office", "administrator"))


@pytest.fixture
def elsewhere() -> Viewer:
    """Who administers another county."""
    return looking(seated("wai", "130123-office", "administrator"))


def wanted(unit: str = "130973400-economy", kind: str = "officer", **changes: Any) -> NewClient:
    """What is to be registered, as most stories want it."""
    post = Post.objects.filter(unit__code=unit, kind=kind).order_by("title")[0]
    given: dict[str, Any] = {
        "unit_id": post.unit_id, "post_id": post.id, "name": "演示督办平台", "purpose": "同步办理进度",
        "contact": "演示丙 0317-0000000", "rights": {Permission.HANDLE}, "addresses": "", "rate": RateClass.ORDINARY,
    }
    return NewClient(**{**given, **changes})


@pytest.fixture
def registered(administrator: Viewer) -> Register:
    """Register a client: `registered(rights={…})`."""

    def make(**changes: Any) -> UUID:
        with acting_as(administrator):
            return register(administrator, wanted(**changes), actor=administrator.actor("test"), now=NOW)

    return make


@pytest.fixture
def keyed(administrator: Viewer) -> Callable[..., str]:
    """Give a client a key: `keyed(client_id)`."""

    def make(client_id: UUID, days: int = 180, overlap_days: int | None = None) -> str:
        with acting_as(administrator):
            return give_key(
                administrator, client_id, days=days, overlap_days=overlap_days, actor=administrator.actor("test"), now=NOW,
            )

    return make


@pytest.fixture
def client_id(registered: Register) -> UUID:
    """The registered system."""
    return registered()


@pytest.fixture
def platform(client_id: UUID, keyed: Callable[..., str]) -> Caller:
    """The registered system as it calls with its key."""
    return Caller(keyed(client_id))
