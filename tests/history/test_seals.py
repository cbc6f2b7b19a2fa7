"""The form of a seal is fixed: the digest of a fact, the tree, the chain, a proof, and which facts are out of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.history.rules import seals
from zhitong.domain.history.rules.faults import made_at, out_of_order
from zhitong.domain.history.rules.seals import Algorithm, Place
from zhitong.kit.ids import uuid7

AT = datetime(2018, 4, 27, 7, 40, 0, 123456, tzinfo=UTC)
IDS = [UUID(int=number) for number in range(1, 6)]
DAY_ONE = "142c5c22bb3a1948e2d6f401f8465703e4ac168994b6dd47ca904efe10e49c0a"
LEAVES = [bytes([number]) * 32 for number in range(5)]
SHA, SM3 = Algorithm.SHA256, Algorithm.SM3


def test_sm3_is_that_of_the_standard() -> None:
    """GB/T 32905, example 1."""
    assert seals.digest(SM3, b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_leaf_and_the_tree_are_those_of_rfc_6962() -> None:
    """The test values of certificate transparency: a leaf of nothing, and two leaves of it."""
    leaf = seals.leaf_of(SHA, b"")

    assert leaf.hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert seals.root_of(SHA, [leaf, seals.leaf_of(SHA, b"\x00")]).hex() == (
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    )


def test_the_digest_of_a_seal_is_that_of_the_first_day() -> None:
    batch = seals.sealed(
        7, [Place(700 + n, one) for n, one in enumerate(IDS)], LEAVES, previous=b"\xaa" * 32, algorithm=SHA, at=AT
    )

    assert batch.head.digest.hex() == DAY_ONE
    assert seals.in_groups(batch.head.digest[:4]) == f"{DAY_ONE[:4]} {DAY_ONE[4:8]}"


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_every_fact_is_proven_by_a_digest_for_each_step(algorithm: Algorithm, count: int) -> None:
    leaves = [seals.leaf_of(algorithm, bytes([number])) for number in range(count)]
    root = seals.root_of(algorithm, leaves)

    for place, leaf in enumerate(leaves):
        proof = seals.proof_of(algorithm, leaves, place)
        assert len(proof) <= (count - 1).bit_length()
        assert seals.root_by_proof(algorithm, leaf, place, count, proof) == root
        assert seals.root_by_proof(algorithm, seals.leaf_of(algorithm, b"another"), place, count, proof) != root


def test_everything_a_seal_says_is_under_its_digest() -> None:
    head = seals.sealed(7, [Place(1, one) for one in IDS], LEAVES, previous=b"\xaa" * 32, algorithm=SHA, at=AT).head
    changes = (
        {"number": 8}, {"first": Place(2, IDS[0])}, {"last": Place(1, IDS[0])}, {"count": 4}, {"root": b"\xbb" * 32},
        {"previous": b"\xbb" * 32}, {"algorithm": SM3}, {"at": AT.replace(microsecond=0)},
    )

    assert seals.digest_of_head(head) == head.digest
    assert all(seals.digest_of_head(replace(head, **change)) != head.digest for change in changes)  # type: ignore[arg-type]


def test_a_machine_without_the_digest_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def has_none(_name: str, _content: bytes) -> None:
        raise ValueError("unsupported hash type sm3")

    monkeypatch.setattr(seals.hashlib, "new", has_none)

    with pytest.raises(seals.DigestUnknown, match="ZHITONG_SEAL_DIGEST"):
        seals.digest(SM3, b"abc")


def test_an_id_tells_when_it_was_made() -> None:
    one, other = made_at(uuid7()), made_at(uuid7())

    assert one <= other
    assert (other - one).total_seconds() < 60


@given(st.permutations(range(8)))
def test_the_fewest_that_leave_the_others_in_order_are_out_of_order(order: list[int]) -> None:
    places = [Place(number, UUID(int=number)) for number in order]

    out = out_of_order(places)

    kept = [place.xid for place in places if place.fact_id not in out]
    assert all(one < other for one, other in pairwise(kept))
    assert (not out) == (order == sorted(order))


def test_of_two_that_changed_places_one_is_named() -> None:
    assert len(out_of_order([Place(n, IDS[n]) for n in (0, 2, 1, 3)])) == 1
    assert out_of_order([Place(9, IDS[0]), *(Place(n, IDS[n]) for n in (1, 2, 3))]) == {IDS[0]}
    assert out_of_order([]) == set()
