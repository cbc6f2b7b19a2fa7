"""Tags and filters that every page loads: `{% load shell %}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhitong.web.shell import words
from zhitong.web.shell.components import Act, ActBar, Clock, Light

register = template.Library()

register.filter("moment", words.moment_in_words)
register.filter("period", words.period_in_words)
register.filter("money", words.money_in_words)
register.filter("wan", words.wan_in_words)
register.filter("figure", words.figure_in_words)
register.filter("workdays", words.workdays_in_words)
register.filter("file_size", words.size_in_words)
register.filter("sound_length", words.sound_length_in_words)
register.filter("workdays_left", words.workdays_left_in_words)


@register.simple_tag
def icon(name: str, word: str = "") -> SafeString:
    """An outline icon of the vendor's sheet; without a word it is decoration and hidden from readers."""
    return _drawing("zt-icon", static("vendor/icons.svg"), name, word)


@register.simple_tag
def shape(name: str) -> SafeString:
    """The shape of a light: good, warn, bad or none."""
    return _drawing("zt-shape", static("shell/shapes.svg"), name, "")


@register.simple_tag
def when(at: date | datetime | None) -> SafeString | str:
    """A moment as people say it, with the whole of it on hover."""
    if at is None:
        return words.NOTHING
    full = words.whole_moment(at) if isinstance(at, datetime) else words.whole_day(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full, words.moment_in_words(at))


@register.simple_tag(takes_context=True)
def follows(context: Context, name: str, *topics: str, every: int = 2, also: str = "") -> SafeString:
    """The attributes of a block that fetches itself anew when one of its topics moves, at most every so many seconds.

    `name` becomes its id; `also` names other blocks of the page that come with it, as "lenses,figures". Where no stream is
    served, or nothing is to be followed, it has its id and nothing else.
    """
    followed = " ".join(topic for topic in topics if topic)
    if not followed or not getattr(context.get("frame"), "stream_url", ""):
        return format_html('id="{}"', name)
    others = ",".join(f"#{one}:outerHTML" for one in ["page-head", *also.split(",")] if one)
    return format_html(
        'id="{0}" data-live="{1}" data-live-refresh="{2}" hx-get="{3}" hx-trigger="zhitong:moved" hx-target="this"'
        ' hx-select="#{0}" hx-select-oob="{4}" hx-swap="outerHTML" hx-push-url="false" hx-disinherit="*"',
        name, followed, every, context["request"].get_full_path(), others,
    )


@register.inclusion_tag("shell/parts/light.html")
def light(light: Light) -> dict[str, Light]:
    """A standing as shape and word."""
    return {"light": light}


@register.inclusion_tag("shell/parts/clock.html")
def clock(clock: Clock) -> dict[str, Clock]:
    """A limit on one line: light, what is left, when it falls due."""
    return {"clock": clock}


@register.inclusion_tag("shell/parts/acts.html", takes_context=True)
def acts(context: Context, acts: Sequence[Act], once_key: str = "") -> dict[str, Any]:
    """The bar of acts: what may be done as buttons, what may not greyed, its reasons folded beneath."""
    refused = [act for act in acts if not act.allowed]
    return {"acts": acts, "refused": refused, "once_key": once_key, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("shell/parts/act_bar.html")
def act_bar(bar: ActBar) -> dict[str, ActBar]:
    """The bar of a thing with many acts: those in sight as buttons, the others folded by group."""
    return {"bar": bar}


@register.inclusion_tag("shell/parts/clock_face.html")
def clock_face(clock: Clock) -> dict[str, Clock]:
    """A limit as a face of its own, for the head of a thing's page."""
    return {"clock": clock}


def _drawing(kind: str, sheet: str, name: str, word: str) -> SafeString:
    if word:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', kind, word, sheet, name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>', kind, sheet, name)
