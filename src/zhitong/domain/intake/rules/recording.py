"""By which doors a matter can come to an official who writes it down afterwards. Pure."""

from __future__ import annotations

from zhitong.domain.problems.rules.kinds import Source

TOLD_BY = (Source.CALL, Source.WECHAT, Source.WALK_IN, Source.VISIT)
"""来电、微信、来访、走访: the ways in which a firm tells an official."""
