"""How facts are sealed: a digest for each fact, a tree over the batch, a chain over the batches. Pure.

The tree is that of RFC 6962, so that one fact is proven by a digest for each doubling of the batch; every batch keeps the
digests of its facts, so that a damaged fact is named and not only its batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from zhitong.domain.history.rules.facts import plain
from zhitong.kit.choices import Word
from zhitong.kit.trouble import Trouble

FORM = 1
BATCH = 1000
"""The most facts of a seal: what one statement reads and one fact's proof of ten digests reaches."""
SEALER = "seal"
"""The name under which sealing follows facts."""
BEFORE_ALL = 1
"""The transaction of facts told on another server; below 3 no server gives a number, they are PostgreSQL's own."""
BEGINNING = b""
"""What the first seal names as the digest of the one before it."""
LEAF, NODE = b"\x00", b"\x01"
DIGEST_BYTES = 32
GROUP = 4


class Algorithm(Word):
    """The digest of a seal; a seal keeps its own when the setting changes."""

    SHA256 = "sha256", "SHA-256"
    SM3 = "sm3", "SM3（GB/T 32905）"


class HistoryFact(Enum):
    """What happens to history itself; kind = stored word; label = what it is called."""

    label: str

    def __new__(cls, word: str, label: str = "") -> Any:
        """Keep the word as the value and the label beside it."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member

    ERASED = "history.erased", "抹去留痕中的文字"
    EXPORTED = "history.exported", "导出留痕"
    ARCHIVED = "history.archived", "归档一个月的留痕"


class DigestUnknown(Trouble):
    """This machine's cryptography does not offer the digest that is asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands in the order of facts: its transaction as this server counted it, and its id."""

    xid: int
    fact_id: UUID


@dataclass(frozen=True, slots=True)
class Head:
    """What a seal says, without the digests of its facts: `total` counts the facts under it and all before it; `digest` is
    that of everything else."""

    number: int
    first: Place
    last: Place
    count: int
    total: int
    root: bytes
    previous: bytes
    algorithm: Algorithm
    at: datetime
    digest: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """A seal with the ids and the digests of its facts, in the order in which they were sealed."""

    head: Head
    fact_ids: tuple[UUID, ...]
    leaves: tuple[bytes, ...]


def digest(algorithm: Algorithm, content: bytes) -> bytes:
    """32 bytes. Raises DigestUnknown: the cryptography of this machine has no such digest."""
    if algorithm is Algorithm.SHA256:
        return hashlib.sha256(content).digest()
    try:
        return hashlib.new(str(algorithm.value), content).digest()
    except ValueError as error:
        raise DigestUnknown(
            f"这台机器的密码库不支持 {algorithm.label}；请换用带 SM3 的 OpenSSL，或把 ZHITONG_SEAL_DIGEST 设为 sha256。"
        ) from error


def leaf_of(algorithm: Algorithm, canonical: bytes) -> bytes:
    """The digest of one fact, from its canonical bytes."""
    return digest(algorithm, LEAF + canonical)


def root_of(algorithm: Algorithm, leaves: Sequence[bytes]) -> bytes:
    """The digest of a batch: the root of the tree over the digests of its facts, of which there is one at least."""
    if len(leaves) == 1:
        return leaves[0]
    half = _left_of(len(leaves))
    return digest(algorithm, NODE + root_of(algorithm, leaves[:half]) + root_of(algorithm, leaves[half:]))


def proof_of(algorithm: Algorithm, leaves: Sequence[bytes], place: int) -> list[bytes]:
    """What leads from the fact at a place (from 0) to the root: a digest for each step of the tree, the nearest first."""
    if len(leaves) == 1:
        return []
    half = _left_of(len(leaves))
    if place < half:
        return [*proof_of(algorithm, leaves[:half], place), root_of(algorithm, leaves[half:])]
    return [*proof_of(algorithm, leaves[half:], place - half), root_of(algorithm, leaves[:half])]


def root_by_proof(algorithm: Algorithm, leaf: bytes, place: int, count: int, proof: Sequence[bytes]) -> bytes:
    """The root to which a proof leads from the fact at a place among `count`; the batch's own where the fact is sound."""
    if count == 1:
        return leaf
    half = _left_of(count)
    *nearer, beside = proof
    if place < half:
        return digest(algorithm, NODE + root_by_proof(algorithm, leaf, place, half, nearer) + beside)
    return digest(algorithm, NODE + beside + root_by_proof(algorithm, leaf, place - half, count - half, nearer))


def sealed(
    places: Sequence[Place], leaves: Sequence[bytes], *, previous: Head | None, algorithm: Algorithm, at: datetime
) -> Batch:
    """The seal over facts in their order, one at least, behind the seal before it."""
    number, total, before = (previous.number, previous.total, previous.digest) if previous else (0, 0, BEGINNING)
    unsigned = Head(
        number + 1, places[0], places[-1], len(places), total + len(places), root_of(algorithm, leaves), before, algorithm,
        at, BEGINNING,
    )
    head = replace(unsigned, digest=digest_of_head(unsigned))
    return Batch(head, tuple(place.fact_id for place in places), tuple(leaves))


def digest_of_head(head: Head) -> bytes:
    """What the digest of a seal must be, from everything else it says."""
    return digest(head.algorithm, json.dumps(form_of(head), sort_keys=True, separators=(",", ":")).encode())


def form_of(head: Head) -> dict[str, Any]:
    """Everything a seal says but its digest, as the digest is taken of it: sorted compact JSON."""
    return {
        "v": FORM, "number": head.number, "first": [head.first.xid, str(head.first.fact_id)],
        "last": [head.last.xid, str(head.last.fact_id)], "count": head.count, "total": head.total, "root": head.root.hex(),
        "previous": head.previous.hex(), "algorithm": str(head.algorithm.value), "at": plain(head.at),
    }


def in_groups(content: bytes) -> str:
    """A digest as it is put on paper and read aloud: `66c7 f0f4 …`."""
    text = content.hex()
    return " ".join(text[begin:begin + GROUP] for begin in range(0, len(text), GROUP))


def _left_of(count: int) -> int:
    """The greatest power of two below a count of two or more."""
    return 1 << ((count - 1).bit_length() - 1)
