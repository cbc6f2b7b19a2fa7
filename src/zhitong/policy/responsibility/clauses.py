"""Where a text hands out work: brackets, labelled lines, labels in mid-line, and what damage left of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.policy.responsibility import wording
from zhitong.policy.responsibility.duties import read_duties
from zhitong.policy.responsibility.marks import pairs_of
from zhitong.policy.responsibility.names import is_unit, without_sub_unit

LONGEST = 700
"""A clause longer than this is no clause."""
_HANDS_OUT = re.compile("牵头|负责|配合|主办|协办|承办|落实|抓总|实施|参与")
_NO_LABEL_BEHIND = re.compile("各|的|明确|确定|确认|落实|压实|或|个|和|与|同|该|对|主要|每个|所有|有关|相关")
_SENTENCE_END = "。;!?”)\n:"


@dataclass(frozen=True)
class Place:
    """Where a clause stands, and where its words within the brackets."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_damaged: bool = False


def places_in(words: str) -> Iterator[Place]:
    """The clauses of a text made alike, in order; a clause within a clause is part of it."""
    brackets = _brackets(words)
    found = [*_labelled(words, brackets), *_unlabelled(words, brackets)]
    behind = 0
    for place in sorted(found, key=lambda one: (one.start, -one.end)):
        if place.start >= behind:
            yield place
            behind = place.end


@dataclass(frozen=True)
class _Brackets:
    """Whole brackets by opening, and the halves whose other half is lost."""

    pairs: dict[int, int]
    openings: tuple[int, ...]
    closings: tuple[int, ...]


def _brackets(words: str) -> _Brackets:
    """The brackets; two halves that belong to different paragraphs or sentences are no pair, they are both damaged."""
    pairs, openings, closings = pairs_of(words)
    torn = {opening: closing for opening, closing in pairs.items() if _is_torn(words, opening, closing)}
    whole = {opening: closing for opening, closing in pairs.items() if opening not in torn}
    return _Brackets(whole, tuple(sorted({*openings, *torn})), tuple(sorted({*closings, *torn.values()})))


def _is_torn(words: str, opening: int, closing: int) -> bool:
    """A label behind words that are no units, or in another line than the bracket: its own bracket is lost."""
    label = wording.LABEL.search(words, opening + 1, closing)
    if label is None or closing - opening > LONGEST * 3:
        return closing - opening > LONGEST
    before = words[opening + 1 : label.start()]
    if "\n" in before.strip() or "。" in before:
        return True
    line = words.find("\n", opening, closing)
    return line > 0 and wording.LABEL.search(words, line, closing) is not None and "。" in words[line:closing]


def _labelled(words: str, brackets: _Brackets) -> Iterator[Place]:
    behind = 0
    for label in _labels(words):
        if label.start() < behind:
            continue
        place = _around(words, label, brackets)
        if place and _says_something(words, place):
            yield place
            behind = place.end


def _labels(words: str) -> Iterator[re.Match[str]]:
    """Labels that announce units: with a colon anywhere, with 为 or nothing only where one is expected."""
    for found in _EXPECTED.finditer(words):
        label = (
            wording.LABEL_AT_START.match(words, found.end())
            if found["start"] is not None
            else wording.LABEL.match(words, found.start())
        )
        if label and wording.kind_of(label) != wording.OTHER and _is_announced(words, label):
            yield label


_EXPECTED = re.compile(
    rf"(?P<start>(?:^|(?<=[(;。\n])) *(?:[*·●—▪\-☆]+|\(?[\d一二三四五六七八九十]{{1,2}}[.、)])? *)|{wording.LABEL.pattern}",
    re.MULTILINE,
)


def _is_announced(words: str, label: re.Match[str]) -> bool:
    if label["mark"] == ":":
        return not words[: label.start()].endswith("各")
    before = words[max(0, label.start() - 2) : label.start()]
    return not _NO_LABEL_BEHIND.search(before)


def _around(words: str, label: re.Match[str], brackets: _Brackets) -> Place:
    """The clause a label stands in: its bracket, or what is left of one, or its line."""
    near = range(max(label.start() - 300, 0), label.start())
    opening = next((place for place in near if brackets.pairs.get(place, -1) > label.start()), None)
    if opening is not None:
        closing = brackets.pairs[opening]
        return Place(opening, closing + 1, opening + 1, closing)
    end = _line_end(words, label.end())
    lost = next((place for place in brackets.openings if label.start() - 3 <= place < label.start()), None)
    if lost is not None:
        return Place(lost, end, lost + 1, end, is_damaged=True)
    closing = next((place for place in brackets.closings if label.end() < place < end), -1)
    if closing > 0:
        return Place(label.start(), closing + 1, label.start(), closing, is_damaged=True)
    return Place(label.start(), end, label.start(), end)


def _line_end(words: str, start: int) -> int:
    """The end of a clause without brackets: the line's end, or the last 。 behind which no further label stands.

    A label alone in its line speaks of the next; a line that ends with 、 or , goes on.
    """
    end = words.find("\n", start)
    if end >= 0 and not words[start:end].strip():
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


def _says_something(words: str, place: Place) -> bool:
    duties = read_duties(words, place.inner_start, place.inner_end)
    return bool(duties.entries or duties.due) or duties.odd == 0


def _unlabelled(words: str, brackets: _Brackets) -> Iterator[Place]:
    """Brackets that hand out work by verbs alone, or hold nothing but units behind a sentence; also half lost ones."""
    for opening, closing in sorted(brackets.pairs.items()):
        if _hands_out(words, opening, closing):
            yield Place(opening, closing + 1, opening + 1, closing)
    for opening in brackets.openings:
        end = _line_end(words, opening)
        if _hands_out(words, opening, end) and words[opening:end].count("(") == words[opening:end].count(")") + 1:
            yield Place(opening, end, opening + 1, end, is_damaged=True)
    for closing in brackets.closings:
        begin = 1 + max(words.rfind(mark, 0, closing) for mark in "。\n;")
        if words[begin:closing].strip() and _hands_out(words, begin - 1, closing):
            yield Place(begin, closing + 1, begin, closing, is_damaged=True)


def _hands_out(words: str, opening: int, closing: int) -> bool:
    """Whether the words between two brackets are units and verbs and nothing else."""
    said = words[opening + 1 : closing]
    if not 3 <= len(said) <= LONGEST or "\n\n" in said:
        return False
    by_verb = bool(_HANDS_OUT.search(said))
    if not by_verb and not _is_list_behind_sentence(words, opening, closing):
        return False
    duties = read_duties(words, opening + 1, closing)
    if not duties.entries or duties.odd:
        return False
    return all(is_unit(without_sub_unit(words[one.start : one.end])) for one in duties.entries)


def _is_list_behind_sentence(words: str, opening: int, closing: int) -> bool:
    before = words[:opening].rstrip(" \n")[-1:] if opening else "\n"
    after = words[closing + 1 : closing + 3].lstrip(" ")[:1]
    ends = after in ("", "\n", "。", ";")
    many = "、" in words[opening:closing] or "," in words[opening:closing]
    return ends and (before in "。;!?”\n" or many) and (before in _SENTENCE_END or after in ("。", "\n", ""))
