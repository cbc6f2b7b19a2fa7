"""What a heading is called: its first sentence, or its line, or as much of it as is a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LONGEST = 45
LONGEST_PHRASE = 80
"""A longer first sentence is no title but the duty itself; its first phrase names it."""

_OPEN, _CLOSE = r"[（(〔\[【]", r"[）)〕\]】]"
_UNIT = r"[^（）()〔〕\[\]【】。、，,；;：:\s]{1,24}?(?:厅|局|委|办|部|署|院|会|室|政府|中心|公司|集团|部门|单位|机构|银行|队|街道|乡镇|区)"
WHO = re.compile(
    rf"\s*{_OPEN}?\s*(?:(?:牵头|协同|主要|第一|[省市县区][级直])?(?:责任|牵头|主办|承办|配合|协办|协同|主责|参与|实施|完成|负责|落实|承担)"
    rf"(?:单位|部门|主体|科室|处室|领导|人|时限|时间)(?:{_OPEN}[^（）()〔〕]{{1,12}}{_CLOSE})?\s*[:：]"
    rf"|{_OPEN}[^（）()〔〕。]{{2,120}}?(?:牵头|负责|配合)[^（）()〔〕。]{{0,20}}{_CLOSE}"
    rf"|{_OPEN}{_UNIT}(?:[、，,；;]{_UNIT}){{0,40}}等?{_CLOSE}[。；;]?[ \t\u3000]*(?=[\r\n]|$))"
)
"""Where a paper names who answers: a label with its colon, a bracket with a verb, or a bracket of nothing but units that ends a line."""
NAMING = re.compile(r"(?:工程|行动|计划|培育|建设|项目|管理|服务|改革|整治)$")
TAIL = "：:；;，,、。.．"


def title_of(words: str) -> tuple[str, int]:
    """The title of a heading's words, and how many code points it takes away from them, its full stop included.

    A title that is only the opening of a sentence takes nothing: the sentence is what is to be done.
    """
    clause = WHO.search(words)
    line = words[: clause.start()] if clause else words
    stop = re.search(r"[。！？]", line)
    sentence = line[: stop.start()] if stop else line
    cut = _label_end(sentence, has_more=len(line) > len(sentence) + 1)
    if cut is not None:
        return sentence[:cut].rstrip(), cut + 1
    if len(sentence) <= LONGEST:
        return sentence.rstrip(TAIL + " \u3000"), len(sentence) + (1 if stop else 0)
    phrase = re.search(r"[，,；;：:]", sentence[4:])
    end = phrase.start() + 4 if phrase and phrase.start() + 4 <= LONGEST_PHRASE else LONGEST
    return sentence[:end], 0


def _label_end(sentence: str, *, has_more: bool) -> int | None:
    """Where a name ends that is set off from its sentence by a colon or by a wide blank."""
    label = re.match(r"[^：:，,；;]{2,30}?(?:[：:](?=.)|[\u3000\t]| {2,})", sentence)
    if label is None or not (has_more or len(sentence) > label.end() + 10):
        return None
    return label.end() - 1


def common_ending(titles: Sequence[str]) -> str:
    """The two signs in which most of a row's titles end (工程), or nothing."""
    if len(titles) < 3:
        return ""
    ending, times = Counter(title[-2:] for title in titles).most_common(1)[0]
    return ending if times * 2 > len(titles) and NAMING.search(ending) else ""


def cut_at_ending(title: str, ending: str) -> str | None:
    """A title that ran on into its text because its full stop was lost, cut where its neighbours end."""
    place = title.find(ending)
    return title[: place + len(ending)] if ending and 1 < place < len(title) - len(ending) else None
