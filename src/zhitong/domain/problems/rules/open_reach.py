"""What delegates (代表委员) read of problems: their region's, none confidential, nobody's number, nobody unnamed. Pure.

Source: 冀发〔2018〕7号 四（六）; R-G6.
"""

from __future__ import annotations

import re
from uuid import UUID

from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.rules.viewer import Viewer

HIDDEN = "（号码已隐去）"

_BETWEEN = r"[\s\-—－.·]?"
_NUMBER = re.compile(
    rf"(?<!\d)(?:\+?86{_BETWEEN})?[1１]{_BETWEEN}[3-9３-９](?:{_BETWEEN}\d){{9}}(?!\d)"
    rf"|(?<!\d)[(（]?[0０]\d{{2,3}}[)）]?{_BETWEEN}\d{{7,8}}(?!\d)"
    r"|(?<=电话)[是为:：\s]*\d{5,12}|(?<=手机)[是为:：\s]*\d{5,12}|(?<=微信)[号是为:：\s]*[\w-]{5,20}"
)


def without_numbers(text: str) -> str:
    """The text with every number by which somebody could be called or written to hidden; `\\d` takes full-width digits too."""
    return _NUMBER.sub(HIDDEN, text)


def is_open_to(viewer: Viewer, reporter_unit_id: UUID | None) -> bool:
    """Whether the viewer reads a problem only because it is open: what his own unit has put forward he reads whole."""
    return viewer.reach is Reach.OPEN and reporter_unit_id != viewer.unit_id
