"""The three administrators (三员: system, security, audit) are three people; two of the kinds stand alone altogether. Pure.

Source: GB/T 22239-2019 8.1.5.1 (system), 8.1.5.2 (audit), 8.1.5.3 (security): each through its own post, each audited.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhitong.domain.organisations.rules.kinds import PostKind

KEEPERS = (PostKind.ADMINISTRATOR, PostKind.SECURITY, PostKind.AUDITOR)
ALONE = (PostKind.AUDITOR, PostKind.SECURITY)
"""Who holds one of these holds no other post: he would watch himself, or open the lock of his own desk."""


def held_in_vain(kinds: Sequence[PostKind]) -> PostKind | None:
    """The kind that may not be held beside the others somebody holds; None where all may be."""
    return next((kind for kind in ALONE if kind in kinds and len(kinds) > 1), None)


def is_out_of_hand(kind: PostKind) -> bool:
    """Whether the administrator of the same region may neither unseat nor reset who holds the post: the level above does."""
    return kind in ALONE
