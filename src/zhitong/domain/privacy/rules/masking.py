"""How a value is masked, who sees it whole, and how often and for how long somebody may look. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.domain.privacy.rules.words import PersonalKind

_NAMES = frozenset({PersonalKind.CONTACT_NAME})
_MOBILE = re.compile(r"\d{11}")
MASK = "*"


@dataclass(frozen=True, slots=True)
class Masking:
    """What is masked, which permissions see it whole all the same, and what unmasking allows."""

    kinds: frozenset[PersonalKind]
    whole_for: frozenset[Permission]
    a_day: int
    minutes: int


def masking_of(kinds: Iterable[str], whole_for: Iterable[str], *, a_day: int, minutes: int) -> Masking:
    """A masking as an operator words it. Raises ValueError: there is no such kind or permission."""
    return Masking(
        frozenset(PersonalKind(one) for one in kinds if one != "none"),
        frozenset(Permission(one) for one in whole_for if one != "none"), a_day, minutes,
    )


def is_whole_for(viewer: Viewer, kind: PersonalKind, masking: Masking, *, takes_part: bool) -> bool:
    """Whether a viewer sees a value whole: it is not masked, he takes part in the matter, or his post sees all.

    Taking part is: it is his own unit's, his unit looks after the firm, drew a list it stands on, or handles its problem.
    """
    return takes_part or kind not in masking.kinds or bool(viewer.permissions & masking.whole_for)


def masked(kind: PersonalKind, text: str) -> str:
    """A value as those read it who need not know the whole: 138****5678, 0317-****01, 王**."""
    text = text.strip()
    if not text:
        return ""
    if kind in _NAMES:
        return text[0] + MASK * 2
    if _MOBILE.fullmatch(text):
        return f"{text[:3]}{MASK * 4}{text[-4:]}"
    area, dash, _rest = text.rpartition("-")
    return f"{area}{dash}{MASK * 4}{text[-2:] if len(text) > len(area) + 5 else ''}"


def is_masked_form(kind: PersonalKind, given: str, kept: str) -> bool:
    """Whether what a form sends back is only the mask of what is kept: then nothing was said anew."""
    return bool(kept) and MASK in given and given.strip() == masked(kind, kept)
