"""What a scene tells: a sentence, a few large figures, a drawing, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhitong.web.shell.components import Text, Tone
from zhitong.web.shell.words import figure_in_words

NOTHING_YET = "—"


@dataclass(frozen=True)
class Big:
    """A large figure with its name; `tone` gives the name the shape of a light."""

    label: Text
    value: str
    unit: Text = ""
    note: Text = ""
    tone: Tone | None = None


@dataclass(frozen=True)
class Table:
    """The scene in rows, for phones and for who wants the figures; the first cell of a row names it."""

    heads: Sequence[Text]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Told:
    """One scene. `drawn_by` is the template that draws `drawing`; without one the table itself is shown.

    `key` says how the drawing is to be read, `empty` what would be here while there is nothing.
    """

    title: str
    figures: Sequence[Big] = ()
    drawn_by: str = ""
    drawing: Any = None
    table: Table | None = None
    key: Text = ""
    empty: Text = ""


def counted(label: Text, number: int, unit: Text, tone: Tone | None = None, note: Text = "") -> Big:
    """A count as a large figure."""
    return Big(label, figure_in_words(number), unit, note, tone)
