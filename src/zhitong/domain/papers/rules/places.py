"""Where words that a person picked stand in the text as read; offsets are code points from 0. Pure."""

from __future__ import annotations

from zhitong.kit.refusals import BadInput


def place_of(text: str, words: str, near: int) -> tuple[int, int]:
    """Start and end of the words nearest to a place; line ends and blanks at their ends do not count.

    Raises BadInput, at `words`: none were given, or the text does not say them.
    """
    wanted = words.strip().replace("\r\n", "\n")
    if not wanted:
        raise _wrong("请填写原文里的文字，或者在原文上选中一段。")
    found = _nearest(text, wanted, near)
    if found is None:
        raise _wrong("原文里没有这段文字。请照原文一字不差地填写，或者在原文上选中一段。")
    return found, found + len(wanted)


def _nearest(text: str, wanted: str, near: int) -> int | None:
    """The beginning nearest to a place: the last one before it or the first one after it."""
    before = text.rfind(wanted, 0, max(near, 0) + len(wanted))
    after = text.find(wanted, max(near, 0))
    known = [place for place in (before, after) if place >= 0]
    return min(known, key=lambda place: abs(place - near)) if known else None


def _wrong(sentence: str) -> BadInput:
    return BadInput(sentence, {"words": sentence})
