"""What somebody looks for, taken apart into phrases, and where they stand in a text. Pure.

Letters are compared without regard to width and case; blanks and punctuation part phrases. The SQL twin of `plain` is
`subjects_plain`; what the two do differently with rare signs costs a match, never an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST, MOST_PHRASES, LEAST = 60, 8, 2
SEPARATORS = r"\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\u2000-\u206f\u3000-\u303f\ud800-\udfff\ufe00-\ufe0f"
"""The signs that part phrases, as the inside of a bracket expression: ASCII and Latin punctuation, blanks, the
punctuation of Chinese, half surrogates, selectors of variants. Full-width signs have become half-width before."""

_PARTING = re.compile(f"[{SEPARATORS}]+")
_FOUND_AROUND = 20


def plain(text: str) -> str:
    """A text in half-width small letters, with one blank where punctuation and blanks were."""
    return _PARTING.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def phrases_of(words: str) -> tuple[str, ...]:
    """The phrases that are looked for, each once, in the order they were written; all of them must be found.

    Words beyond four times LONGEST are no question: nothing is looked for.
    """
    if len(words) > 4 * LONGEST:
        return ()
    return tuple(dict.fromkeys(plain(words).split()))


def trouble_with(words: str) -> str:
    """Why words cannot be looked for, as a sentence with the next step; empty when they can."""
    if len(words) > LONGEST:
        return f"最多输入 {LONGEST} 个字，现在有 {len(words)} 个字。请只留最要紧的词。"
    phrases = phrases_of(words)
    if len(phrases) > MOST_PHRASES:
        return f"一次最多查找 {MOST_PHRASES} 个词，现在有 {len(phrases)} 个。请只留最要紧的词。"
    if words.strip() and max(map(len, phrases), default=0) < LEAST:
        return "请输入两个以上的字，标点和空格不算。"
    return ""


def marks_in(text: str, phrases: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where phrases stand in a text as (start, end) of its own characters, in order and without overlap."""
    if not phrases:
        return ()
    letters, places = _folded(text)
    spans = sorted(
        (places[at], places[at + len(phrase) - 1] + 1)
        for phrase in set(phrases) for at in _places_of(phrase, letters)
    )
    return _joined(spans)


def around(text: str, phrases: Sequence[str], length: int) -> str:
    """Up to `length` characters of a text from shortly before the first phrase found in it; cut ends are dotted."""
    spans = marks_in(text, phrases)
    start = max(0, spans[0][0] - _FOUND_AROUND) if spans and spans[0][1] > length else 0
    return f"{'…' if start else ''}{text[start:start + length]}{'…' if start + length < len(text) else ''}"


def _folded(text: str) -> tuple[str, list[int]]:
    """A text sign by sign as `plain` makes it, and for each sign the place it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKC", sign).lower():
            letters.append(" " if _PARTING.match(letter) else letter)
            places.append(place)
    return "".join(letters), places


def _places_of(phrase: str, letters: str) -> list[int]:
    found, at = [], letters.find(phrase)
    while at >= 0:
        found.append(at)
        at = letters.find(phrase, at + 1)
    return found


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
