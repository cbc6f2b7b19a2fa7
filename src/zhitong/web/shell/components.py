"""What a page hands to the shared components: small frozen things, so that a template holds no decision.

Every component is a template in `templates/shell/parts/`; its first line names the thing it takes from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Tone(Enum):
    """How a light is drawn: the shape and the colour; the word says the rest."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    NONE = "none"


@dataclass(frozen=True)
class Light:
    """A standing as a word with a shape: ● 正常."""

    tone: Tone
    word: Text


RUNNING = Light(Tone.GOOD, _("正常"))
DUE_SOON = Light(Tone.WARN, _("临期"))
OVERDUE = Light(Tone.BAD, _("超期"))
PAUSED = Light(Tone.NONE, _("已暂停"))
STOPPED = Light(Tone.NONE, _("已停表"))

ON_COURSE = Light(Tone.GOOD, _("达到序时"))
BEHIND = Light(Tone.WARN, _("滞后"))
FAR_BEHIND = Light(Tone.BAD, _("严重滞后"))
NOT_JUDGED = Light(Tone.NONE, _("尚未考核"))


@dataclass(frozen=True)
class Clock:
    """One running limit: 承办时限 or 总时限. `share` is the part of the limit used up, 0–100, or None."""

    name: Text
    light: Light
    due_at: datetime | None = None
    left: Text = ""
    arithmetic: Text = ""
    share: int | None = None


@dataclass(frozen=True)
class Tab:
    """One of several pages that lie side by side, above what they show."""

    label: Text
    url: str
    current: bool


@dataclass(frozen=True)
class Act:
    """What one may or may not do to the thing of the page: a GET act opens its form, a POST act is done at once."""

    label: Text
    url: str
    allowed: bool = True
    reason: Text = ""
    primary: bool = False
    method: str = "get"
    icon: str = ""


@dataclass(frozen=True)
class OneClick:
    """A form of one button in a row: the label, where it goes, what it carries, and why it is offered."""

    label: Text
    url: str
    hidden: tuple[tuple[str, str], ...] = ()
    once_key: str = ""
    why: Text = ""

    def __str__(self) -> str:
        return f"{self.label}：{self.why}" if self.why else str(self.label)


@dataclass(frozen=True)
class ActGroup:
    """Acts under one head of the fold."""

    label: Text
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class ActBar:
    """The acts of a thing where there are many: a few in sight, the first of them perhaps primary; the rest folded.

    On a phone a `calm` bar shows its primary act alone, the others at hand stand first in the fold.
    """

    at_hand: tuple[Act, ...]
    folded: tuple[ActGroup, ...] = ()
    calm: bool = False

    @property
    def is_there(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.at_hand or self.folded)


@dataclass(frozen=True)
class Happening:
    """One line of a timeline. `text` is what was written, `note` what it led to."""

    at: datetime
    act: Text
    who: Text
    text: str = ""
    note: Text = ""
    newest: bool = False


@dataclass(frozen=True)
class Figure:
    """A number with its name, unit and the page of the rows behind it."""

    label: Text
    value: str
    unit: Text = ""
    note: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Crumb:
    """A step of the way to the page; the last one has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True)
class Notice:
    """What happened, and what to do next. Kinds: done, mind, refused, plain."""

    text: Text
    next: Text = ""
    kind: str = "plain"


@dataclass(frozen=True)
class Empty:
    """What would be here and how it comes."""

    title: Text
    how: Text = ""
    url: str = ""
    label: Text = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class Confirmation:
    """A page between a button and its act: what will follow, in a sentence that names it."""

    title: Text
    consequence: Text
    act_url: str
    act_label: Text
    back_url: str
    once_key: str = ""
    hidden: Sequence[tuple[str, str]] = field(default_factory=tuple)
