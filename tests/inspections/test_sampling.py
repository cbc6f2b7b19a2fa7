"""Samples that anybody can draw again (R-G3): the seed and the list decide, and nothing else."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.inspections.rules.sampling import digest_of, drawn

NAMES = st.lists(st.text(alphabet="甲乙丙0123456789-", min_size=1, max_size=8), unique=True, max_size=30)


@given(NAMES, st.randoms(use_true_random=False), st.integers(1, 10))
def test_the_order_of_the_list_does_not_matter_and_more_only_adds(names: list[str], chance: object, size: int) -> None:
    turned = names[:]
    chance.shuffle(turned)  # type: ignore[attr-defined]

    assert drawn("seed", names, size) == drawn("seed", turned, size)
    assert drawn("seed", names, size) == drawn("seed", names, size + 3)[:size]
    assert digest_of(names) == digest_of(turned)


def test_the_drawing_is_what_the_paper_says_it_is() -> None:
    names = ["A-1", "A-2", "A-3"]
    by_hand = sorted(names, key=lambda name: sha256(f"20180427-ab:{name}".encode()).hexdigest())[:2]

    assert drawn("20180427-ab", names, 2) == by_hand
    assert digest_of(names) == sha256(b"A-1\nA-2\nA-3").hexdigest()
    assert digest_of(names[:2]) != digest_of(names)
