"""The byte form of a fact, fixed from the first day; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

VERSION = 1
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: ids only. A person acts as a post of a unit; `via` is the door (web, api, work, cli, rehearsal).

    `for_id` is the holder of the post for whom a substitute acts; facts name both.
    """

    person_id: UUID | None
    post_id: UUID | None
    unit_id: UUID | None
    via: str
    request_id: UUID | None = None
    for_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, before it is written: body has ids, enums and amounts; details have free text."""

    kind: str
    thing_kind: str
    thing_id: UUID
    actor: Actor
    at: datetime
    body: Body = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


def body_told(fact: Fact) -> Body:
    """The body as it is kept: of a substitute's act it also names the holder of the post (`for`)."""
    return {**fact.body, "for": fact.actor.for_id} if fact.actor.for_id else fact.body


def plain(value: Any) -> Any:
    """A value as it stands in the byte form: ids and amounts as text, times in UTC microseconds.

    Raises TypeError for what has no fixed form (floats above all).
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no fixed byte form; write an id, an enum or a Decimal")


def digest_of(text: str, salt: bytes) -> str:
    """What a fact keeps of a detail: SHA-256 over salt and UTF-8 text, in hex."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def canonical_bytes(fact: Fact, fact_id: UUID, detail_digests: Mapping[str, str]) -> bytes:
    """The bytes that a seal signs: sorted compact JSON in UTF-8 with its version."""
    form = {
        "v": VERSION,
        "id": str(fact_id),
        "at": plain(fact.at),
        "kind": fact.kind,
        "thing": [fact.thing_kind, str(fact.thing_id)],
        "actor": [
            plain(fact.actor.person_id), plain(fact.actor.post_id), plain(fact.actor.unit_id),
            fact.actor.via, plain(fact.actor.request_id),
        ],
        "body": plain(body_told(fact)),
        "details": dict(detail_digests),
    }
    return json.dumps(form, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
