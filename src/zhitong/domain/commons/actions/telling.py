"""The facts of common problems. A fact about a member names the problem; its reporter and its handler are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.commons.rules.facts import CommonFact
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact

THING = "common"


def about(
    kind: CommonFact, common_id: UUID, actor: Actor, now: datetime, body: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
) -> Fact:
    """A fact of a common problem, before it is written."""
    return Fact(kind.value, THING, common_id, actor, now, body or {}, words or {})


def tell(facts: Iterable[Fact]) -> None:
    """Record facts in two statements."""
    record_many(list(facts))
