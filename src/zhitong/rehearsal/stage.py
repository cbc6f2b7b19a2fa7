"""The door of the stage: only a demonstration may be filled with invention."""

from __future__ import annotations

from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.history.rules import Actor
from zhitong.kit.refusals import Refused

NOBODY = Actor(None, None, None, "rehearsal")
"""What sets the stage acts for nobody."""


class NotAStage(Refused):
    """The database is a real one."""


def require_stage() -> None:
    """Refuse a database that is not marked as a demonstration.

    Raises NotAStage: it is not.
    """
    if not is_demonstration():
        raise NotAStage("这个数据库没有标为演示环境，不能写入演示内容。请另建一个数据库，首次启动时设 ZHITONG_DEMONSTRATION=on。")
