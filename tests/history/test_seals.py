"""The form of a seal is fixed: the digest of a fact, the tree, the chain, a proof, and which facts are out of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations, permutations
from uuid import UUID

import pytest

from zhitong.domain.history.rules import seals
from zhitong.domain.history.rules.days import DaySeal, KeptDigest, NoDayFile, read_day
from zhitong.domain.history.rules.faults import made_at, out_of_order
from zhitong.domain.history.rules.proofs import proof_form, proves
from zhitong.domain.history.rules.seals import Algorithm, Head, Place
from zhitong.kit.ids import uuid7

AT = datetime(2018, 4, 27, 7, 40, 0, 123456, tzinfo=UTC)
IDS = [UUID(int=number) for number in range(1, 6)]
DAY_ONE = "f88f05198776f24b58b286a89b1e1e07619b7995027b3df1fb7d2399d574c864"
LEAVES = [bytes([number]) * 32 for number in range(5)]
SHA, SM3 = Algorithm.SHA256, Algorithm.SM3
BEFORE = Head(6, Place(3, UUID(int=9)), Place(4, UUID(int=9)), 2, 12, b"\xbb" * 32, b"", SHA, AT, b"\xaa" * 32)


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
    batch = seals.sealed([Place(700 + n, one) for n, one in enumerate(IDS)], LEAVES, previous=BEFORE, algorithm=SHA, at=AT)

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
    head = seals.sealed([Place(1, one) for one in IDS], LEAVES, previous=BEFORE, algorithm=SHA, at=AT).head
    changes = (
        {"number": 8}, {"first": Place(2, IDS[0])}, {"last": Place(1, IDS[0])}, {"count": 4}, {"total": 4}, {"root": b"\xbb" * 32},
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


def test_the_fewest_that_leave_the_others_in_order_are_out_of_order() -> None:
    for order in permutations(range(5)):
        places = [Place(number, UUID(int=number)) for number in order]

        out = out_of_order(places)

        rising = [some for size in range(6) for some in combinations(order, size) if list(some) == sorted(some)]
        kept = [place.xid for place in places if place.fact_id not in out]
        assert kept == sorted(kept)
        assert len(kept) == max(map(len, rising))


def test_of_two_that_changed_places_one_is_named() -> None:
    assert len(out_of_order([Place(n, IDS[n]) for n in (0, 2, 1, 3)])) == 1
    assert out_of_order([Place(9, IDS[0]), *(Place(n, IDS[n]) for n in (1, 2, 3))]) == {IDS[0]}
    assert out_of_order([]) == set()


def test_a_proof_stands_by_itself_and_no_word_of_it_may_change() -> None:
    facts = [b'{"kind":"test.%d"}' % number for number in range(5)]
    batch = seals.sealed(
        [Place(1, one) for one in IDS], [seals.leaf_of(SM3, one) for one in facts], previous=None, algorithm=SM3, at=AT
    )
    form = proof_form(facts[3], 3, seals.proof_of(SM3, batch.leaves, 3), batch.head)

    assert proves(form)
    assert not proves({**form, "fact": '{"kind":"test.4"}'})
    assert not proves({**form, "place": 2})
    assert not proves({**form, "seal": {**form["seal"], "total": 6}})


def test_a_file_of_a_day_is_read_back_and_another_file_is_refused() -> None:
    sealed = DaySeal(date(2018, 9, 17), BEFORE)

    assert read_day(sealed.text) == KeptDigest(6, BEFORE.digest)
    assert "aaaa aaaa" in sealed.sentence
    for text in ("", "[]", "{}", '{"seal": 6, "digest": "aa"}', '{"seal": "6", "digest": "%s"}' % ("aa" * 32)):
        with pytest.raises(NoDayFile, match="每日封存摘要"):
            read_day(text)
