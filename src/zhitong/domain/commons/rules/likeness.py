"""Which texts tell of the same: pairs of characters shared, joined into clusters that can say what they share. Pure.

Nothing is learned and nothing is stored: the same texts give the same clusters in whatever order they come. The result is a
proposal to a person and decides nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

LEAST_REPORTERS = 3
"""From so many different reporters on a matter is proposed as common."""
ALIKE_OF_BOTH = 0.4
"""The share of what either text says that both must say (Jaccard)."""
ALIKE_OF_SHORTER = 0.6
"""The share of the shorter text that the longer one must repeat (overlap): a few words may lie within a long story."""
LEAST_SHARED = 6
"""So many pairs at least must be shared: five or six characters in a row, or several words."""
WORDS_SHOWN = 5

_STOP_WORDS = (
    "我单位", "我公司", "本公司", "我企业", "本企业", "我们", "公司", "企业", "单位", "项目", "目前", "由于", "因为", "造成",
    "导致", "严重", "影响", "问题", "困难", "存在", "需要", "希望", "建议", "恳请", "请求", "请帮助", "帮助", "协调", "解决",
    "有关部门", "相关部门", "部门", "政府", "给予", "支持", "尽快", "加快", "已经", "没有", "一直", "无法", "不能", "生产经营", "万元",
)
_STOPS = re.compile("|".join(sorted(map(re.escape, _STOP_WORDS), key=lambda word: (-len(word), word))))
_ASIDE = re.compile(r"[(（\[【][^()（）\[\]【】]{0,20}[)）\]】]")
_SAID = re.compile(r"[㐀-鿿]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What one reporter told; `reporter` is whatever tells reporters apart."""

    id: UUID
    reporter: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that tell of the same: their ids in order, the words they share, and how many reporters told them."""

    ids: tuple[UUID, ...]
    words: tuple[str, ...]
    reporters: int


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, without figures, signs, asides in brackets and words that every
    report uses; widths and capitals make no difference."""
    return frozenset(run[place : place + 2] for run in _runs(text) for place in range(len(run) - 1))


def is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, as pairs, tell of the same; it does not matter which comes first."""
    return _is_enough(len(one & other), len(one), len(other))


def clusters(told: Iterable[Told], *, least: int = LEAST_REPORTERS) -> list[Cluster]:
    """The clusters told by `least` different reporters or more, the most reporters first, then by their lowest id.

    Two texts stand in one cluster when a chain of alike ones leads from one to the other.
    """
    texts = sorted(told, key=lambda one: one.id)
    pairs = [pairs_of(one.text) for one in texts]
    grouped: dict[int, list[int]] = {}
    for place, root in enumerate(_joined(pairs)):
        grouped.setdefault(root, []).append(place)
    found = [
        Cluster(
            tuple(texts[place].id for place in places),
            shared_words([texts[place].text for place in places]), len({texts[place].reporter for place in places}),
        )
        for places in grouped.values() if len({texts[place].reporter for place in places}) >= least
    ]
    return sorted(found, key=lambda one: (-one.reporters, one.ids[0]))


def shared_words(texts: Sequence[str]) -> tuple[str, ...]:
    """What most of the texts say, as the longest stretches of words, the longest first; at most WORDS_SHOWN.

    A pair counts when more than half of the texts have it. The order of the texts makes no difference.
    """
    counted = Counter(pair for text in texts for pair in pairs_of(text))
    common = {pair for pair, times in counted.items() if 2 * times > len(texts)}
    said = {word for text in texts for run in _runs(text) for word in _stretches(run, common)}
    telling = {word for word in said if len(word) > 2} or said
    longest = sorted(telling, key=lambda word: (-len(word), word))
    kept: list[str] = []
    for word in longest:
        if not any(word in one or _overlaps(word, one) for one in kept):
            kept.append(word)
    return tuple(kept[:WORDS_SHOWN])


def _runs(text: str) -> list[str]:
    plain = _ASIDE.sub(" ", unicodedata.normalize("NFKC", text).lower())
    return _SAID.findall(_STOPS.sub(" ", plain))


def _is_enough(shared: int, one: int, other: int) -> bool:
    if shared < LEAST_SHARED:
        return False
    return shared >= ALIKE_OF_BOTH * (one + other - shared) or shared >= ALIKE_OF_SHORTER * min(one, other)


def _joined(pairs: Sequence[frozenset[str]]) -> list[int]:
    """For every text the first text of its cluster. Two texts that stand in one cluster already are not compared."""
    roots = list(range(len(pairs)))

    def root_of(place: int) -> int:
        while roots[place] != place:
            roots[place] = roots[roots[place]]
            place = roots[place]
        return place

    masks = _masks(pairs)
    sizes = [len(one) for one in pairs]
    for place, mask in enumerate(masks):
        for earlier in range(place):
            shared = (mask & masks[earlier]).bit_count() if roots[earlier] != roots[place] else 0
            if shared >= LEAST_SHARED and _is_enough(shared, sizes[place], sizes[earlier]):
                first, second = sorted((root_of(place), root_of(earlier)))
                roots[second] = roots[place] = roots[earlier] = first
    return [root_of(place) for place in range(len(pairs))]


def _masks(pairs: Sequence[frozenset[str]]) -> list[int]:
    """Each text as one number with a bit for every pair that another text says too: what two share is one operation."""
    said = Counter(pair for one in pairs for pair in one)
    bits = {pair: 1 << place for place, pair in enumerate(pair for pair, times in said.items() if times > 1)}
    return [sum(bits[pair] for pair in one if pair in bits) for one in pairs]


def _stretches(run: str, common: set[str]) -> Iterator[str]:
    """The stretches of a run in which every pair is common, as words."""
    starts = [place for place in range(len(run) - 1) if run[place : place + 2] in common]
    for _gap, group in groupby(enumerate(starts), key=lambda one: one[1] - one[0]):
        places = [place for _count, place in group]
        yield run[places[0] : places[-1] + 2]


def _overlaps(word: str, other: str) -> bool:
    """Whether a word says mostly what another already says."""
    mine = {word[place : place + 2] for place in range(len(word) - 1)}
    return 2 * len(mine & {other[place : place + 2] for place in range(len(other) - 1)}) >= len(mine)
