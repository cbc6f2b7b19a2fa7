"""Themes: the words that more firms use now than before, found as stretches of characters; nothing is learned. Pure.

A word is a stretch of 3 to 16 characters that at least LEAST_FIRMS different firms used and that is not mostly said inside one
longer stretch. Names of places and of the firms themselves, figures and the words every report uses are left out. Growth is
told by the Freeman–Tukey deviate of the texts that say it, against as many as the time before would let expect. A theme is a
proposal to read its examples and decides nothing. Source: REQUIREMENTS R-H3, 冀发〔2018〕7号 四（七）.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhitong.domain.analysis.rules.hurting.expecting import deviate

SHORTEST, LONGEST = 2, 16
LEAST_TELLING = 3
"""A shorter word stands in too many different troubles to name one."""
LEAST_FIRMS = 3
RISING = 1.5
"""From so many deviates on a word rises; below it is chance as well as not."""
WITHIN_ONE = 0.8
"""A word said this often inside one longer word is that word's, not its own."""
SAME_TEXTS = 0.6
"""Two words whose texts are this much the same are one theme."""
SHOWN, EXAMPLES = 12, 3

_STOP_WORDS = (
    "我单位", "我公司", "本公司", "我企业", "本企业", "我们", "我厂", "公司", "企业", "单位", "目前", "由于", "因为", "造成", "导致",
    "严重", "影响", "问题", "困难", "存在", "需要", "希望", "建议", "恳请", "请求", "请帮助", "帮助", "协调", "解决", "请给予", "有关",
    "相关", "部门", "政府", "给予", "支持", "尽快", "加快", "已经", "没有", "一直", "无法", "不能", "生产经营", "万元", "怎么", "能否",
    "请明确", "请告知", "请指导", "请协助", "请核实", "明确", "告知", "结果", "多次", "每次", "每天", "每月", "每年", "时间", "情况",
    "演示内容", "要求", "一次", "两次", "个月",
    "天内", "左右", "以及", "同时", "进行", "开展", "涉及", "方面", "工作", "下月", "本月", "上月", "其中", "已完成",
    "不清楚", "不确定", "不一样", "很大", "较大", "谈了", "只批了", "办不下来", "谈不下来", "的", "了", "把", "被", "与", "也", "都",
    "又", "再", "很", "是", "而", "且", "但", "仍",
)
_STOPS = re.compile("|".join(sorted(map(re.escape, _STOP_WORDS), key=lambda word: (-len(word), word))))
_ASIDE = re.compile(r"[(（\[【][^()（）\[\]【】]{0,20}[)）\]】]")
_SAID = re.compile(r"[㐀-鿿]+")
_GENERAL = ("省", "市", "县", "区", "镇", "乡", "街道", "新区", "开发区", "园区")


@dataclass(frozen=True, slots=True)
class Told:
    """What one firm told; `firm` is whatever tells firms apart, `name` the firm's, which is no theme."""

    id: UUID
    firm: Hashable
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A word that rises: in how many texts of how many firms, in how many before, and a few of the texts, the newest first."""

    word: str
    came: int
    firms: int
    last: int
    expected: float
    z: float
    examples: tuple[UUID, ...]

    @property
    def is_new(self) -> bool:
        """Whether nobody used it before."""
        return not self.last


def themes(now: Sequence[Told], before: Sequence[Told], places: Collection[str]) -> list[Theme]:
    """The words that rise, the most first; texts are given the newest first, `places` are names of regions.

    Without texts before nothing can rise: then the words most firms use are told, with nothing expected.
    """
    names = _names(places)
    said = _texts_by_word(_runs_of(now, names))
    said_before = _texts_by_word(_runs_of(before, names), among=said)
    firms = {one.id: one.firm for one in now}
    scale = len(now) / len(before) if before else 0.0
    found = (_theme(word, texts, firms, len(said_before.get(word, ())), scale) for word, texts in said.items())
    rising = [one for one in found if len(one.word) >= LEAST_TELLING and one.firms >= LEAST_FIRMS and one.z >= RISING]
    return [replace(one, examples=_examples(one, firms)) for one in _apart(_whole(rising))]


def _theme(word: str, texts: Sequence[UUID], firms: Mapping[UUID, Hashable], last: int, scale: float) -> Theme:
    expected = scale * last
    return Theme(
        word, len(texts), len({firms[one] for one in texts}), last, expected, deviate(len(texts), expected), tuple(texts)
    )


def _examples(one: Theme, firms: Mapping[UUID, Hashable]) -> tuple[UUID, ...]:
    """The newest text of each of the first few firms."""
    newest = {firms[text]: text for text in reversed(one.examples)}
    return tuple(text for text in one.examples if newest[firms[text]] == text)[:EXAMPLES]


def _runs_of(told: Iterable[Told], names: re.Pattern[str] | None) -> list[tuple[UUID, list[str]]]:
    """Each text as the stretches of characters between what is left out: signs, figures, asides, names, plain words."""
    return [(one.id, _runs(one.text.replace(one.name, " ") if one.name else one.text, names)) for one in told]


def _runs(text: str, names: re.Pattern[str] | None) -> list[str]:
    plain = _ASIDE.sub(" ", unicodedata.normalize("NFKC", text))
    plain = names.sub(" ", plain) if names else plain
    return _SAID.findall(_STOPS.sub(" ", plain))


def _names(places: Collection[str]) -> re.Pattern[str] | None:
    """Regions by their names and by what is left of them without the word for their level."""
    short = {place[: -len(end)] for place in places for end in _GENERAL if place.endswith(end)}
    words = sorted({word for word in (*places, *short) if len(word) >= SHORTEST}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words))) if words else None


def _texts_by_word(runs: Sequence[tuple[UUID, list[str]]], among: Collection[str] | None = None) -> dict[str, list[UUID]]:
    """The texts that say each word, in the order given: all words that LEAST_FIRMS texts say, or the words named.

    A longer word can only be frequent where both its shorter parts are, so each length looks at what the last one kept.
    """
    found: dict[str, list[UUID]] = {}
    kept: Collection[str] | None = None
    for length in range(SHORTEST, LONGEST + 1):
        texts: dict[str, list[UUID]] = defaultdict(list)
        for text, stretches in runs:
            for word in {run[place : place + length] for run in stretches for place in range(len(run) - length + 1)}:
                if word in among if among is not None else kept is None or (word[1:] in kept and word[:-1] in kept):
                    texts[word].append(text)
        frequent = {word: ids for word, ids in texts.items() if among is not None or len(ids) >= LEAST_FIRMS}
        found |= frequent
        kept = frequent
    return found


def _whole(rising: Iterable[Theme]) -> list[Theme]:
    """Without words that are mostly said inside one longer one that rises too."""
    kept: list[Theme] = []
    for one in sorted(rising, key=lambda theme: (-len(theme.word), theme.word)):
        inside = any(one.word in other.word and other.came >= WITHIN_ONE * one.came for other in kept)
        if not inside:
            kept.append(one)
    return kept


def _apart(rising: Iterable[Theme]) -> list[Theme]:
    """One word for each set of texts, the most telling first; at most SHOWN."""
    kept: list[Theme] = []
    texts: list[set[UUID]] = []
    for one in sorted(rising, key=lambda theme: (-theme.z, -theme.firms, -len(theme.word), theme.word)):
        own = set(one.examples)
        if all(len(own & other) < SAME_TEXTS * min(len(own), len(other)) for other in texts):
            kept.append(one)
            texts.append(own)
        if len(kept) == SHOWN:
            break
    return kept
