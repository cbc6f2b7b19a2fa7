"""The mark of what is taken out: its number, who, as which post, when. The number is that of the fact that was recorded."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhitong.domain.organisations.queries import person_names, post_titles, unit_names
from zhitong.domain.organisations.scope import present
from zhitong.domain.privacy.actions import number_export
from zhitong.kit import clock
from zhitong.web.shell import words


def export_mark(name: str) -> str:
    """Record that the viewer takes a list out, and the line that its sheet carries; empty where nobody acts. Four statements."""
    viewer = present()
    if viewer is None:
        return ""
    now = clock.now()
    number = number_export(name, actor=viewer.actor("web"), now=now)
    who = (
        unit_names([viewer.unit_id]).get(viewer.unit_id, ""), post_titles([viewer.post_id]).get(viewer.post_id, ""),
        person_names([viewer.person_id]).get(viewer.person_id, ""),
    )
    return _("内部使用　导出编号 %(number)s　%(who)s　%(at)s") % {
        "number": number, "who": " ".join(filter(None, who)), "at": words.whole_moment(now),
    }
