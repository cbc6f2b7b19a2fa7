"""Why a file cannot be read, in a sentence with the next step."""

from __future__ import annotations

from zhitong.kit.trouble import Trouble


class Unreadable(Trouble):
    """The file holds no text that can be read; the kinds below say why."""


class EmptyText(Unreadable):
    """There is nothing in it."""


class NotReadable(Unreadable):
    """It is damaged, locked, or of another kind than its name says."""


class ScanWithoutText(Unreadable):
    """Pictures of pages."""


class TooLong(Unreadable):
    """A book, not a paper."""
