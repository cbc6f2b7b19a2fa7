"""The categories that a piece may be about, as a form offers them: of which kind of the served, and which."""

from __future__ import annotations

from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import rulebook_in_force
from zhitong.domain.problems.rules.kinds import UNDECIDED
from zhitong.domain.subjects.rules.kinds import SubjectKind

Choices = list[tuple[str, str | list[tuple[str, str]]]]


def categories() -> Choices:
    """None, and the categories of the campaign in force under the names of the kinds of the served: `industry.energy`."""
    book = rulebook_in_force()
    found: Choices = [("", _("不限"))]
    if book is not None:
        for kind in SubjectKind:
            offered = [(f"{kind}.{one.code}", one.label) for one in book.of_kind(str(kind)) if one.code != UNDECIDED]
            found += [(kind.label, offered)] if offered else []
    return found


def category_in(chosen: str) -> tuple[str, str]:
    """The kind of the served and the category of a choice; both empty for none."""
    kind, _dot, code = chosen.partition(".")
    return (kind, code) if code else ("", "")
