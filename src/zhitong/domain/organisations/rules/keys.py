"""What is recorded of keys with which programs act as somebody, and how many one person may hold. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word

MOST_KEYS = 10
"""Keys that one person holds at a time."""
LONGEST_NAME = 60


class KeyFact(Word):
    """What happens to a key; the key itself is told nobody but who took it."""

    GIVEN = "key.given", "领取接口密钥"
    ENDED = "key.ended", "停用接口密钥"
