"""Where a text hands out work: brackets, labelled lines, labels in mid-line, and what damage left of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.policy.responsibility import wording
from zhitong.policy.responsibility.duties import Duties, read_duties
from zhitong.policy.responsibility.marks import pairs_of
from zhitong.policy.responsibility.names import is_bare_field, is_unit, without_sub_unit

LONGEST = 700
"""A clause longer than this is no clause."""
FEWEST_KNOWN = 3
"""How many units stand in a bracket beside each word that is none, for it still to be a clause."""
LONGEST_DUE = 30
_HANDS_OUT = re.compile("牵头|负责|配合|主办|协办|承办|落实|抓总|实施|参与|参加|指导")
_NO_LABEL_BEHIND = re.compile("各|的|明确|确定|确认|落实|压实|或|个|和|与|同|该|对|主要|每个|所有|有关|相关")
_HEADING = re.compile(r" *(?:\(?[一二三四五六七八九十\d]{1,3}[)、.]|\n|第)")
_POINT = re.compile(r" ?(?:\([\d一二三四五六七八九十]{1,2}\)|\d{1,2}[.、](?!\d)|[①-⑳])")
"""The number of the next point of a paragraph."""
_EXPLAINS = re.compile(r"含|包括|不含|如|例如|即|以下|简称|下称|原|指|见|详见|注")
_SENTENCE_END = "。;!?”)\n:"


@dataclass(frozen=True)
class Place:
    """Where a clause stands, and what the words within its brackets say."""

    start: int
    end: int
    inner_start: int
    """Where the words within begin; the places of the duties count from here."""
    words: str
    duties: Duties
    is_damaged: bool = False


@dataclass(frozen=True)
class _Brackets:
    """Whole brackets by opening, in order, and the halves whose other half is lost."""

    pairs: dict[int, int]
    openings: tuple[int, ...]
    closings: tuple[int, ...]
    whole: tuple[int, ...]

    def around(self, place: int) -> tuple[int, int] | None:
        """The outermost whole bracket a place stands in, if it opens not too far before."""
        first = bisect_left(self.whole, place - LONGEST)
        for opening in self.whole[first : bisect_left(self.whole, place)]:
            if self.pairs[opening] > place:
                return opening, self.pairs[opening]
        return None


def places_in(words: str) -> Iterator[Place]:
    """The clauses of a text made alike, in order; a clause within a clause is part of it."""
    brackets = _brackets(words)
    labelled = list(_labelled(words, brackets))
    found = _unlabelled(words, brackets, {place.start for place in labelled})
    behind = 0
    for place in sorted([*labelled, *found], key=lambda one: (one.start, -one.end)):
        if place.start >= behind:
            yield place
            behind = place.end


def _brackets(words: str) -> _Brackets:
    """The brackets; two halves that belong to different paragraphs or sentences are no pair, they are both damaged."""
    pairs, openings, closings = pairs_of(words)
    torn = {opening: closing for opening, closing in pairs.items() if _is_torn(words, opening, closing)}
    whole = {opening: closing for opening, closing in sorted(pairs.items()) if opening not in torn}
    halves = (tuple(sorted({*openings, *torn})), tuple(sorted({*closings, *torn.values()})))
    return _Brackets(whole, *halves, tuple(whole))


def _is_torn(words: str, opening: int, closing: int) -> bool:
    """A label behind words that are no units, or in another line than the bracket: its own bracket is lost."""
    if closing - opening > LONGEST:
        return True
    label = wording.LABEL.search(words, opening + 1, closing) if ":" in words[opening:closing] else None
    if label is None:
        return False
    before = words[opening + 1 : label.start()]
    if "\n" in before.strip() or "。" in before:
        return True
    line = words.find("\n", opening, closing)
    return line > 0 and "。" in words[line:closing] and wording.LABEL.search(words, line, closing) is not None


def _labelled(words: str, brackets: _Brackets) -> Iterator[Place]:
    behind = 0
    for label in _labels(words):
        if label.start() < behind:
            continue
        start, end, inner_start, inner_end, is_damaged = _around(words, label, brackets)
        said = words[inner_start:inner_end]
        duties = read_duties(said)
        if _says_something(duties):
            yield Place(start, end, inner_start, said, duties, is_damaged)
            behind = end


def _says_something(duties: Duties) -> bool:
    """Units, or a limit of time that is no more than one; 时间安排:… with a whole plan behind it is none."""
    if duties.entries:
        return True
    return not duties.odd and all(end - start <= LONGEST_DUE for start, end in duties.due)


def _labels(words: str) -> Iterator[re.Match[str]]:
    """Labels that announce units: with a colon anywhere, with 为 or nothing only where one is expected."""
    behind = 0
    for found in _EXPECTED.finditer(words):
        if found["colon"] is None:
            label = wording.LABEL_AT_START.match(words, found.end())
        else:
            label = _label_before(words, max(behind, found.start() - wording.LONGEST_LABEL), found.start())
        if label and label.start() >= behind and _is_announced(words, label):
            behind = label.end()
            yield label


def _label_before(words: str, earliest: int, colon: int) -> re.Match[str] | None:
    """The label that ends with a colon: no mark of its own kind and no line's end within."""
    said = words[earliest:colon].rstrip(" *")
    if said[-1:] not in wording.LAST_OF_LABELS and not said.endswith(")"):
        return None
    begin = max(earliest, words.rfind("\n", earliest, colon) + 1, words.rfind(":", earliest, colon) + 1)
    return wording.LABEL.search(words, begin, colon + 1)


_EXPECTED = re.compile(
    r"(?:^|(?<=[(;。])) *(?:[*·●—▪\-☆]+|\(?[\d一二三四五六七八九十]{1,2}[.、)])? *"
    rf"(?=[{wording.FIRST_OF_LABELS}])|(?P<colon>:)",
    re.MULTILINE,
)


def _is_announced(words: str, label: re.Match[str]) -> bool:
    if label["mark"] == ":":
        return words[label.start() - 1 : label.start()] != "各" and wording.kind_of(label) != wording.OTHER
    kind = wording.kind_of(label)
    if kind not in wording.ROLES and not (kind == wording.DUE and label["mark"] == " "):
        return False
    before = words[max(0, label.start() - 2) : label.start()]
    return not _NO_LABEL_BEHIND.search(before)


def _around(words: str, label: re.Match[str], brackets: _Brackets) -> tuple[int, int, int, int, bool]:
    """The clause a label stands in: its bracket, or what is left of one, or its line; then its words, and whether it is damaged."""
    begin = label.start()
    whole = brackets.around(begin)
    if whole:
        return whole[0], whole[1] + 1, whole[0] + 1, whole[1], False
    end = _line_end(words, label.end())
    lost = brackets.openings[bisect_left(brackets.openings, begin - 3) : bisect_left(brackets.openings, begin)]
    if lost:
        return lost[0], end, lost[0] + 1, end, True
    closing = bisect_right(brackets.closings, label.end())
    if closing < len(brackets.closings) and brackets.closings[closing] < end:
        end = brackets.closings[closing]
        return begin, end + 1, begin, end, True
    return begin, end, begin, end, False


def _line_end(words: str, start: int) -> int:
    """The end of a clause without brackets: the line's end, or the last 。 behind which no further label stands.

    A label alone in its line speaks of the next; a line that ends with 、 or , goes on.
    """
    end = words.find("\n", start)
    if end >= 0 and not words[start:end].strip() and not _HEADING.match(words, end + 1):
        start = end + 1
        end = words.find("\n", start)
    while (
        0 <= end < start + LONGEST
        and words[start:end].rstrip().endswith(("、", ","))
        and words[end + 1 : end + 2].strip()
    ):
        end = words.find("\n", end + 1)
    end = min(len(words) if end < 0 else end, start + LONGEST)
    stop = words.find("。", start, end)
    while 0 <= stop < end and wording.LABEL_AT_START.match(words, stop + 1, end):
        stop = words.find("。", stop + 1, end)
    return start + len(words[start : end if stop < 0 else stop].rstrip())


def _unlabelled(words: str, brackets: _Brackets, known: set[int]) -> Iterator[Place]:
    """Brackets that hand out work by verbs alone, or hold nothing but units behind a sentence; also half lost ones."""
    for opening, closing in brackets.pairs.items():
        if opening not in known and (duties := _handed_out(words, opening, closing)):
            yield Place(opening, closing + 1, opening + 1, words[opening + 1 : closing], duties)
    for opening in brackets.openings:
        end = _line_end(words, opening)
        if words.count("(", opening, end) == words.count(")", opening, end) + 1:
            duties = _handed_out(words, opening, end, by_verb_only=True)
            if duties:
                yield Place(opening, end, opening + 1, words[opening + 1 : end], duties, is_damaged=True)
    for closing in brackets.closings:
        begin = 1 + max(words.rfind(mark, max(0, closing - LONGEST), closing) for mark in "。\n;")
        duties = _handed_out(words, begin - 1, closing, by_verb_only=True)
        if duties:
            yield Place(begin, closing + 1, begin, words[begin:closing], duties, is_damaged=True)


def _handed_out(words: str, opening: int, closing: int, *, by_verb_only: bool = False) -> Duties | None:
    """What the words between two brackets hand out, when they are units and verbs and nothing else."""
    said = words[opening + 1 : closing]
    if not 3 <= len(said) <= LONGEST or "\n\n" in said or _EXPLAINS.match(said):
        return None
    if not _HANDS_OUT.search(said) and (by_verb_only or not _is_list_behind_sentence(words, opening, closing)):
        return None
    duties = read_duties(said)
    if not duties.entries or duties.odd * FEWEST_KNOWN > len(duties.entries):
        return None
    names = [without_sub_unit(said[one.start : one.end]) for one in duties.entries]
    return (
        duties
        if all((is_unit(name) or is_bare_field(name)) and not wording.ROLE_AS_NAME.fullmatch(name) for name in names)
        else None
    )


def _is_list_behind_sentence(words: str, opening: int, closing: int) -> bool:
    before = words[max(0, opening - 4) : opening].rstrip(" \n")[-1:] or "\n"
    after = "" if _POINT.match(words, closing + 1) else words[closing + 1 : closing + 3].lstrip(" ")[:1]
    many = "、" in words[opening:closing] or "," in words[opening:closing]
    return after in ("", "\n", "。", ";") and (before in _SENTENCE_END or (many and after != ";"))
