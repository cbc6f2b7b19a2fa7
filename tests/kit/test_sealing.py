"""Sealed values: bound to their place, opened by any key of the ring, said plainly when a key is lost or wrong."""

from __future__ import annotations

import pytest

from zhitong.kit.sealing.ring import Cipher, KeysUnusable, new_key, new_ring, read_ring
from zhitong.kit.sealing.values import NotGenuine, digest, is_sealed, key_of, opened, place, seal

PHONE = "13800000001"
HERE, THERE = place("people", "phone", 1), place("people", "phone", 2)


@pytest.mark.parametrize("cipher", list(Cipher))
def test_a_value_opens_in_its_own_place_and_nowhere_else(cipher: Cipher) -> None:
    keys = read_ring(new_ring(cipher.value))

    sealed = seal(PHONE, HERE, keys)

    assert is_sealed(sealed)
    assert PHONE not in sealed
    assert opened(sealed, HERE, keys) == PHONE
    assert seal(PHONE, HERE, keys) != sealed, "equal numbers do not look equal"
    for elsewhere in (THERE, place("people", "other", 1), place("firms", "phone", 1)):
        with pytest.raises(NotGenuine, match="与所在的行不符"):
            opened(sealed, elsewhere, keys)


def test_one_altered_sign_is_noticed() -> None:
    keys = read_ring(new_ring())
    sealed = seal(PHONE, HERE, keys)
    altered = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]

    with pytest.raises(NotGenuine):
        opened(altered, HERE, keys)


def test_older_keys_open_the_first_seals_and_a_lost_or_wrong_one_is_named() -> None:
    text = new_ring()
    before = read_ring(text)
    sealed = seal(PHONE, HERE, before)
    after = read_ring(f"{new_key(Cipher.SM4.value, 'k2')}\n{text}")

    assert opened(sealed, HERE, after) == PHONE
    assert key_of(seal(PHONE, HERE, after)) == "k2"
    with pytest.raises(KeysUnusable, match="密钥 k2 不在密钥文件里"):
        opened(seal(PHONE, HERE, after), HERE, before)
    with pytest.raises(NotGenuine, match="密钥 k1 不是原来的那一个"):
        opened(sealed, HERE, read_ring(new_ring()))


def test_equal_values_of_one_column_have_equal_digests_under_one_key_only() -> None:
    keys, others = read_ring(new_ring()), read_ring(new_ring())

    assert digest(PHONE, "people.phone", keys) == digest(f" {PHONE}", "people.phone", keys)
    assert digest(PHONE, "people.phone", keys) != digest(PHONE, "firms.phone", keys)
    assert digest(PHONE, "people.phone", keys) != digest(PHONE, "people.phone", others)
    assert digest("", "people.phone", keys) == seal("", HERE, keys) == ""


@pytest.mark.parametrize(("text", "why"), [
    ("", "密钥不全"), (new_key("search", "s1"), "密钥不全"), (new_key(Cipher.AES.value, "k1"), "密钥不全"),
    (f"{new_ring()}{new_key(Cipher.AES.value, 'k1')}", "重复的编号"), ("k1:aes-256-gcm:AAAA", "读不懂"),
    ("k1:rot13:AAAA", "读不懂"), ("K 1:aes-256-gcm:AAAA", "读不懂"),
], ids=range(7))
def test_what_is_no_ring_of_keys_is_refused_without_telling_any_key(text: str, why: str) -> None:
    with pytest.raises(KeysUnusable, match=why) as refused:
        read_ring(text)

    assert "AAAA" not in str(refused.value)
