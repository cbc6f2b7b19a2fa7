"""The lenses through which problems are seen: each is one index, and "all" is a union of lenses, never an OR."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Lens(Word):
    """A way of looking at problems."""

    DESK = "desk", "待本单位办理"
    UNIT = "unit", "本单位参与"
    TERRITORY = "territory", "本辖区"
    LINE = "line", "本条线"
    MINE = "mine", "本企业反映"
