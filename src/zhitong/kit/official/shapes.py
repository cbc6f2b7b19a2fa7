"""What an official paper says, part by part; how it looks is the layout's, so the same paper comes out as Word and as PDF.

A number that was counted is a `Figure` and carries the key it was counted under: a person may edit the words around it, and
whatever comes back from Word still says which number is which.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum


class Style(Enum):
    """The outer form of a paper."""

    PAPER = "paper"  # 文件: red head, number, red rule
    LETTER = "letter"  # 函: letter head with double rules
    BRIEF = "brief"  # 简报: masthead with issue, report and delivery list at the foot
    FORM = "form"  # 单 and 表: a title and a ruled form, no red head


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, with its unit left to the words around it, and the key it was counted under."""

    key: str
    text: str
    is_changed: bool = False
    """Whether it differs from the last issue of the same paper; marked in drafts, never in print."""


Piece = str | Figure
"""A stretch of words, or a number bound to what was counted."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (一、 （一） 1. （1）), with its number as printed."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its first line two characters in unless it is set flush."""

    pieces: tuple[Piece, ...]
    is_flush: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head is repeated on every page; `shares` are the widths of the columns in relation."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    shares: tuple[int, ...] = ()
    caption: str = ""
    numeric: frozenset[int] = frozenset()
    """Columns that stand to the right."""


@dataclass(frozen=True, slots=True)
class Box:
    """One labelled cell of a form; `lines` keeps at least so many lines free for a pen, `share` its part of the row's width."""

    label: str
    pieces: tuple[Piece, ...] = ()
    lines: int = 1
    share: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A form: rows of labelled cells, ruled all round."""

    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with what it leads to said below it.

    `content` is an address, or names a thing (`problem:冀-…-000123`), for which a door puts the thing's address (`led_to`).
    """

    content: str
    caption: str


@dataclass(frozen=True, slots=True)
class Break:
    """From here on a new page."""


Block = Heading | Paragraph | Table | Grid | Code | Break


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper or letter: who sends it, under which number (「冀双办〔2018〕5号」; empty: not numbered yet)."""

    sender: str
    number: str = ""
    signer: str = ""
    """Who signs a paper that goes up (上行文); empty otherwise."""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a brief: its name, its issue (「第5期（总第5期）」; empty: not numbered yet), its office and day."""

    name: str
    issue: str
    office: str
    on: date


@dataclass(frozen=True, slots=True)
class Foot:
    """The record at the foot of the last page (版记): copies to whom, printed by whom, when and how often."""

    printed_by: str
    printed_on: date | None = None
    copies_to: tuple[str, ...] = ()
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `recipients` are 主送, `cut_off` is the moment whose figures it gives (统计截止时间)."""

    style: Style
    title: str
    blocks: tuple[Block, ...]
    head: Head | Masthead | None = None
    recipients: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    note: str = ""
    foot: Foot | None = None
    cut_off: datetime | None = None
    is_landscape: bool = False
    is_draft: bool = False
    """A draft marks its bound and changed figures; what is issued prints in black and white."""
    appended: tuple[Document, ...] = field(default=())
    """Annexes (附件), each from a new page, in the order of `attachments`; without attachments papers bound with it."""
