"""A title broken into lines that stand as a trapezoid or a diamond, never in the middle of a word that belongs together."""

from __future__ import annotations

import re
from itertools import pairwise

from zhitong.kit.official.measures import width_of

MOST_SIGNS = 19
"""Signs of 2号 on one line, with a little air on both sides."""
_TOGETHER = re.compile(
    r"《[^》]{1,12}》|“[^”]{1,8}”|〔\d+〕|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[A-Za-z0-9.,%+\-/]+|第[\d一二三四五六七八九十]+[期号次批季]|"
    r"[\u4e00-\u9fff]{2}(?:股份)?有限(?:责任)?公司|(?:股份)?有限(?:责任)?公司|集团|领导小组|办公室|情况的|工作的|问题的|通报|通知|报告|请示|函|工作|情况|问题|活动|关于|企业|项目|单位|办理|进展|平台|双创双服|管委会|委员会"
)
_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’％%·…的了")
_NOT_LAST = frozenset("（《〈「『【〔“‘第和与及")
_GOOD_AFTER = frozenset("，、；：》”　 ")


def title_lines(title: str, most: int = MOST_SIGNS) -> tuple[str, ...]:
    """The lines of a title, none wider than `most` signs unless a single word is; whoever wrote line ends keeps them."""
    written = [line.strip() for line in title.splitlines() if line.strip()]
    if len(written) != 1:
        return tuple(written)
    words = _words(written[0])
    total = width_of(written[0])
    if total <= most:
        return (written[0],)
    count = int(-(-total // most))
    while True:
        broken = _best(words, count, most)
        if broken or count >= len(words):
            return broken or tuple(words)
        count += 1


def _words(title: str) -> list[str]:
    """What may stand alone on a line's end: words held together, other signs one by one."""
    found: list[str] = []
    at = 0
    for word in _TOGETHER.finditer(title):
        found += [*title[at : word.start()], word.group()]
        at = word.end()
    return _joined([*found, *title[at:]])


def _joined(words: list[str]) -> list[str]:
    """Signs that may not begin a line go to the word before them, those that may not end one to the word behind."""
    kept: list[str] = []
    for word in words:
        if kept and (word[0] in _NOT_FIRST or kept[-1][-1] in _NOT_LAST):
            kept[-1] += word
        else:
            kept.append(word)
    return kept


def _best(words: list[str], count: int, most: int) -> tuple[str, ...]:
    """The division into `count` lines that stands best; empty where none fits. Cost: words² × lines."""
    ideal = sum(width_of(word) for word in words) / count
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in range(count):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in reached.items():
            for end in range(start + 1, len(words) + 1):
                wide = width_of("".join(words[start:end]))
                if wide > most:
                    break
                price = cost + _price(wide, ideal, line, count) + (0 if words[end - 1][-1] in _GOOD_AFTER else 1)
                if end not in following or price < following[end][0]:
                    following[end] = (price, (*ends, end))
        reached = following
    found = reached.get(len(words))
    return tuple("".join(words[start:end]) for start, end in pairwise(found[1])) if found else ()


def _price(wide: float, ideal: float, line: int, count: int) -> float:
    """Two lines stand as a trapezoid, the upper one longer; three or more as a diamond, the middle ones longer."""
    lean = (2.0 if line == 0 else -2.0) if count == 2 else (-1.5 if line in (0, count - 1) else 1.5)
    return (wide - ideal - lean) ** 2
