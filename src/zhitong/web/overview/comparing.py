"""How a figure stands against the last period: the change in number and in per cent, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhitong.web.shell.words import figure_in_words


def change_in_words(now: int, then: int, last: str) -> str:
    """比上月同期增加 12（8%）; without per cent where there was nothing to begin with; 与上月同期持平."""
    if now == then:
        return _("与%s持平") % last
    word = _("增加") if now > then else _("减少")
    said = _("比%(last)s%(word)s %(number)s") % {"last": last, "word": word, "number": figure_in_words(abs(now - then))}
    return f"{said}（{per_cent(now, then)}）" if then > 0 else said


def signed(now: int, then: int) -> str:
    """A change in a cell: 增加 12, 减少 3, 持平."""
    if now == then:
        return _("持平")
    return (_("增加 %s") if now > then else _("减少 %s")) % figure_in_words(abs(now - then))


def per_cent(now: int, then: int) -> str:
    """The size of a change in whole per cent; below one it says so instead of 0%."""
    share = round(abs(now - then) * 100 / then)
    return f"{share:,}%" if share else _("不到1%")
