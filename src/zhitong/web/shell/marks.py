"""The small marks that stand hundreds of times on a page, drawn without a template: icons, shapes, moments, lights, limits."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhitong.web.shell import words
from zhitong.web.shell.components import Clock, Light


@lru_cache(maxsize=1024)
def icon(name: str, word: str = "") -> SafeString:
    """An outline icon of the vendor's sheet; without a word it is decoration and hidden from readers."""
    return _drawing("zt-icon", static("vendor/icons.svg"), name, word)


@lru_cache(maxsize=16)
def shape(name: str) -> SafeString:
    """The shape of a light: good, warn, bad or none."""
    return _drawing("zt-shape", static("shell/shapes.svg"), name, "")


def when(at: date | datetime | None) -> SafeString | str:
    """A moment as people say it, with the whole of it on hover."""
    if at is None:
        return words.NOTHING
    full = words.whole_moment(at) if isinstance(at, datetime) else words.whole_day(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full, words.moment_in_words(at))


def light(light: Light) -> SafeString:
    """A standing as shape and word."""
    tone = light.tone.value
    return format_html('<span class="zt-light zt-light-{}">{}{}</span>', tone, shape(tone), light.word)


def clock(clock: Clock) -> SafeString:
    """A limit on one line: light, what is left, when it falls due."""
    left = format_html('<span class="zt-nowrap">{}</span>', clock.left) if clock.left else ""
    due = format_html('<span class="zt-clock-due">{} {}</span>', when(clock.due_at), _("到期")) if clock.due_at else ""
    return format_html('<span class="zt-clock">{}{}{}</span>', light(clock.light), left, due)


def _drawing(kind: str, sheet: str, name: str, word: str) -> SafeString:
    if word:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', kind, word, sheet, name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, sheet, name)
