"""Which names of the served may mean the same one: what a name is without legal form, brackets and place. Pure.

Nothing is decided here: an alike name is shown to a person, who says why it is another one and goes on.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from pypinyin import Style
from pypinyin.core import Pinyin

LONGEST_KEY = 120
BEGINS_ALIKE = 0.5
"""The share of what either key says that both must say (Jaccard over pairs of signs) where both begin with one pair.

The first signs of a name are the firm's own, what follows is its trade: firms of one trade differ in the beginning.
"""
WITHIN = 0.8
"""The share of the shorter key that the longer one must repeat where both begin alike (恒通管道 in 恒通石油管道)."""
ALIKE = 0.75
"""The share where they begin differently: a sign written wrong, a word put in front."""
LEAST_SHARED = 3
"""So many pairs at least must be shared: shorter keys are alike only when they are equal."""

_READER = Pinyin()
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|《|》|“|”")
_LEGAL_FORMS = (
    "集团股份有限公司", "集团有限责任公司", "集团有限公司", "股份有限公司", "有限责任公司", "有限公司",
    "股份合作公司", "股份公司", "集团公司", "总公司", "公司", "个人独资企业", "普通合伙企业", "有限合伙企业", "合伙企业",
    "农民专业合作社", "专业合作社", "合作社", "集团",
)
_NUMBERS = re.compile(r"[0-9]+|[一二三四五六七八九十]+(?=[期号厂])|(?<=第)[一二三四五六七八九十]+")
_SIGNS = re.compile(r"[^\w]|_")


def key_of(name: str, places: Collection[str] = ()) -> str:
    """A name without width, brackets, legal form and leading places; of names that differ in these alone the keys are equal.

    `places` are the names and short names of the regions above it. What would leave fewer than two signs stays.
    """
    plain = _ASIDE.sub("", unicodedata.normalize("NFKC", name).upper())
    plain = _SIGNS.sub("", plain)
    for form in _LEGAL_FORMS:
        if plain.endswith(form) and len(plain) - len(form) >= 2:
            plain = plain.removesuffix(form)
            break
    return _without_places(plain, places)[:LONGEST_KEY]


def initials_of(name: str) -> str:
    """The first letters of a name's pinyin, of letters and digits the signs themselves; brackets and blanks are left out."""
    plain = _SIGNS.sub("", unicodedata.normalize("NFKC", name))
    return "".join(map(_letters_of, _READER.seg(plain))).lower()[:LONGEST_KEY]


@lru_cache(maxsize=20_000)
def _letters_of(word: str) -> str:
    """The first letters of one word, as that word is read; names are made of few words, and reading one is slow."""
    return "".join(_READER.lazy_pinyin([word], style=Style.FIRST_LETTER))


def pairs_of(key: str) -> frozenset[str]:
    """The pairs of neighbouring signs of a key."""
    return frozenset(key[place : place + 2] for place in range(len(key) - 1))


class Probes(NamedTuple):
    """How many pairs of a key must be looked up to miss no alike one, whichever they are: best the rarest.

    `few` for keys that share ALIKE of all pairs, `many` for those that share the first pair and LEAST_SHARED in all.
    """

    few: int
    many: int


def probes_of(key: str) -> Probes:
    """How many pairs to look up: of so many, every alike key, but an equal one, has at least one."""
    count = len(pairs_of(key))
    must_share = max(LEAST_SHARED, math.ceil(count * ALIKE))
    return Probes(max(0, count - must_share + 1), max(0, count - LEAST_SHARED + 1))


def is_alike(one: str, other: str) -> bool:
    """Whether two keys may mean the same: equal, or sharing most of their pairs while no number in them differs."""
    if not one or not other:
        return False
    if one == other:
        return True
    if _NUMBERS.findall(one) != _NUMBERS.findall(other):
        return False
    mine, theirs = pairs_of(one), pairs_of(other)
    shared = len(mine & theirs)
    if shared < LEAST_SHARED:
        return False
    share = shared / len(mine | theirs)
    if one[:2] == other[:2]:
        return share >= BEGINS_ALIKE or shared >= WITHIN * min(len(mine), len(theirs))
    return share >= ALIKE


def _without_places(plain: str, places: Collection[str]) -> str:
    longest_first = sorted(filter(None, places), key=lambda place: (-len(place), place))
    while leading := next((one for one in longest_first if plain.startswith(one) and len(plain) - len(one) >= 2), ""):
        plain = plain.removeprefix(leading)
    return plain
