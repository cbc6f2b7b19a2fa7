"""Tags and filters that every page loads: `{% load shell %}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhitong.web.shell import marks, words
from zhitong.web.shell.components import Act, ActBar, Clock
from zhitong.web.shell.lists import ListPage
from zhitong.web.shell.rows import rows_drawn

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


register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.shape, name="shape")
register.simple_tag(marks.when, name="when")
register.simple_tag(marks.light, name="light")
register.simple_tag(marks.clock, name="clock")


@register.simple_tag(takes_context=True)
def rows(context: Context, page: ListPage) -> SafeString:
    """The rows of a list, each with its cells."""
    return rows_drawn(page.rows, choose=page.choose, beside=page.beside, csrf_token=context.get("csrf_token", ""))


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
