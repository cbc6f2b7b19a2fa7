"""A sample that anybody can draw again: the seed and the list are told, and the order follows from them alone. Pure.

Each name of the list is digested with the seed before it (SHA-256 of 「seed:name」, UTF-8); the smallest digests are drawn, in
their order. The digest of the list (names sorted, one a line) shows that nothing was added or left out afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

MOST_DRAWN = 200


def drawn(seed: str, names: Iterable[str], size: int) -> list[str]:
    """The names that this seed draws, in the order of drawing; all of them where there are no more than `size`."""
    return sorted(set(names), key=lambda name: (_digest(f"{seed}:{name}"), name))[:size]


def digest_of(names: Iterable[str]) -> str:
    """The digest of a list, whatever its order."""
    return _digest("\n".join(sorted(set(names))))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
