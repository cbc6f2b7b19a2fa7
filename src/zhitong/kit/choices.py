"""Plain enums of the rules as choices of a Django field: the stored word and the Chinese label."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Word(Enum):
    """A stored English word with the Chinese word that people read: `NAME = "word", "中文"`."""

    _value_: str
    label: str

    def __new__(cls, word: str, label: str = "") -> Self:
        """Keep the word as the value and the Chinese beside it; a stored word is looked up without one."""
        member = object.__new__(cls)
        member._value_ = word
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    __hash__ = object.__hash__  # there is one of each; what Enum itself does asks Python for its name every time


def choices_of(words: type[Word]) -> list[tuple[str, str]]:
    """The pairs (stored word, Chinese label) in the order of declaration."""
    return [(str(word.value), word.label) for word in words]


def length_of(words: type[Word]) -> int:
    """Room enough for the longest stored word, with some to grow."""
    return max(24, *(len(str(word.value)) for word in words))
