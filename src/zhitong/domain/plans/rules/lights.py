"""How far is far enough: the light of a target from its figure and what was expected by the day."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Light(Word):
    """How a target stands; never shown by colour alone."""

    DONE = "done", "已完成"
    GREEN = "green", "正常"
    AMBER = "amber", "偏慢"
    RED = "red", "滞后"
    NONE = "none", "未报"
    AHEAD = "ahead", "未到报送期"
