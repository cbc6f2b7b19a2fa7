"""How alike two wordings are, and whether two indicators measure the same thing; what checking and comparing share."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from zhitong.policy.shapes import Indicator

MARKS = re.compile(r"[\W_]+")
FIGURES = re.compile(r"\d+(?:[.,，]\d+)*[万亿千百]*|[〇一二两三四五六七八九十百千]+(?=[万亿家个项户人套座所处])")
LEVEL = re.compile(r"国家级|省市级|省级|设?区?市级|县级|区级|乡级|镇级|村级|(?<!全)省?市(?=重点)|(?<!全)[省县](?=重点)")
PLAIN_VERBS = re.compile(
    "进一步|积极|大力|加快|持续|继续|全面|深入|努力|力争|确保|争取|全年|年内|年底前?|完成|达到|实现|开展|实施|推进|推动|培育|建设|"
    "新?认定|新增|净增|新建|改扩建|改造|创建|选取|筛选|分级|精准|重点|帮扶|服务|以上|以下|左右|面积|里程|数量"
)
PLACES = (
    (re.compile(r"县城"), "县城"),
    (re.compile(r"农村|乡村|村"), "农村"),
    (re.compile(r"主城区|中心城区|城市区|建成区|城区|城镇|城市"), "城市"),
    (re.compile(r"国家级"), "国家级"),
    (re.compile(r"省市"), "省市"),
    (re.compile(r"省级|省"), "省级"),
    (re.compile(r"市级|设区市|各市|市"), "市级"),
    (re.compile(r"县级|县"), "县级"),
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The bare words: one width, no spaces, quotes or punctuation."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """Neighbouring pairs of signs of the bare words; a single sign stands for itself."""
    bare = plain(text)
    return frozenset(bare[at : at + 2] for at in range(max(len(bare) - 1, 1))) if bare else frozenset()


def dice(one: str, other: str) -> float:
    """0 nothing in common … 1 the same pairs of signs."""
    left, right = bigrams(one), bigrams(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def leaves_out(short: str, long: str) -> bool:
    """Every sign of the short word stands in the long one, in order: 交通 in 交通运输, 公厕 in 公共厕所."""
    rest = iter(long)
    return all(sign in rest for sign in short)


def contained(part: str, whole: str) -> float:
    """The share of the part's pairs of signs that stand in the whole as well, 0 … 1."""
    wanted = bigrams(part)
    return len(wanted & bigrams(whole)) / len(wanted) if wanted else 0.0


class Rarity:
    """Weights by how few of the given texts use a pair of signs: 市场 in every task says little, 棚户 in one says much."""

    def __init__(self, texts: Iterable[str]) -> None:
        seen = [bigrams(text) for text in texts]
        documents = max(len(seen), 1)
        uses = Counter(pair for pairs in seen for pair in pairs)
        self._unused = _weight(documents, 0)
        self._wholes: dict[str, int] = {}
        self._weights = {pair: _weight(documents, used) for pair, used in uses.items()}

    def likeness(self, one: str, other: str) -> float:
        """Weighted Dice of two texts, 0 … 1."""
        left, right = bigrams(one), bigrams(other)
        both = self._whole(one) + self._whole(other)
        return 2 * self._total(left & right) / both if both else 0.0

    def contained(self, part: str, whole: str) -> float:
        """The weighted share of the part that stands in the whole, 0 … 1."""
        total = self._whole(part)
        return self._total(bigrams(part) & bigrams(whole)) / total if total else 0.0

    def _whole(self, text: str) -> int:
        if text not in self._wholes:
            self._wholes[text] = self._total(bigrams(text))
        return self._wholes[text]

    def _total(self, pairs: frozenset[str]) -> int:
        return sum(self._weights.get(pair, self._unused) for pair in pairs)


def _weight(documents: int, used: int) -> int:
    """In millionths, whole, so that a sum does not depend on its order; never 0: what everybody says still counts a little."""
    return round(1_000_000 * math.log(1 + documents / (1 + used)))


@lru_cache(maxsize=8192)
def thing_named(words: str) -> str:
    """What is measured, without figures, levels and the verbs that any target takes; never empty where words are given."""
    bare = plain(LEVEL.sub("", FIGURES.sub("", unicodedata.normalize("NFKC", words))))
    return PLAIN_VERBS.sub("", bare) or bare


def sameness(one: Indicator, other: Indicator) -> float:
    """0 … 1: whether two indicators measure the same thing, by name or by the words they are printed in."""
    best = 0.0
    for left in {one.name, one.text}:
        for right in {other.name, other.text}:
            best = max(best, dice(thing_named(left), thing_named(right)))
    return best


def place_of(indicator: Indicator) -> str | None:
    """The kind of place or level a target holds for (城市, 县城, 农村, 省级 …), from its scope, else from its words."""
    if indicator.scope:
        return next((place for pattern, place in PLACES if pattern.search(indicator.scope)), plain(indicator.scope))
    levelled = KEY_PROJECTS.search(indicator.name)
    if levelled:
        return KEY_LEVELS[levelled[0]]
    words = BEHIND_FIGURE.sub("", indicator.text)
    return next((place for pattern, place in PLACES[:3] if pattern.search(words)), None)


KEY_PROJECTS = re.compile("省市(?=重点)|[省市县](?=重点)")
KEY_LEVELS = {"省市": "省市", "省": "省级", "市": "市级", "县": "县级"}
BEHIND_FIGURE = re.compile(r"[\d.%％]+.*$")
"""Behind the figure stands what is counted, not where."""


def is_share(indicator: Indicator) -> bool:
    """A value that a smaller place takes over as it is (%, 元/人/年, 倍), against a quantity that is divided among places."""
    return indicator.kind in ("rate", "growth_rate", "standard", "frequency") or (indicator.unit or "") in (
        "%",
        "倍",
        "个百分点",
    )


INNER_QUOTES = str.maketrans("“”", "‘’")


def least(indicator: Indicator) -> Decimal | None:
    """What has to be reached at least: the smaller end of a range, else the value."""
    return indicator.values[0] if indicator.values else indicator.value


def in_base(indicator: Indicator, value: Decimal) -> tuple[Decimal, str | None]:
    """The value in square metres or metres where it is an area or a length, else as it stands."""
    factor, unit = MEASURES.get(indicator.unit or "", (Decimal(1), indicator.unit))
    return value * factor, unit


MEASURES = {
    "平方公里": (Decimal(1_000_000), "平方米"),
    "公顷": (Decimal(10_000), "平方米"),
    "亩": (Decimal(10_000) / 15, "平方米"),
    "公里": (Decimal(1000), "米"),
    "千米": (Decimal(1000), "米"),
}


def quoted(words: str, most: int = 36) -> str:
    """The words in quotation marks as a sentence may carry them: one line, the middle of a long one left out."""
    line = re.sub(r"\s+", "", words).translate(INNER_QUOTES)
    if len(line) > most:
        line = f"{line[: most * 2 // 3]}……{line[-(most // 3) :]}"
    return f"“{line}”"
