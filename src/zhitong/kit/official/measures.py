"""The measures of GB/T 9704-2012 that Word and PDF share: millimetres of the page, points of the type, names of the faces."""

from __future__ import annotations

from enum import Enum

POINTS_PER_MM = 72 / 25.4

PAGE_MM = (210.0, 297.0)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37.0, 35.0, 28.0, 26.0
LINES, SIGNS = 22, 28
"""A full page of text: 22 lines of 28 signs."""

BODY_PT = 16.0  # 3号
TITLE_PT = 22.0  # 2号
SMALL_PT = 14.0  # 4号: page number, record at the foot
TABLE_PT, NARROW_TABLE_PT = 12.0, 10.5  # 小四, 五号
LINE_PT = 28.95
TITLE_LINE_PT = 34.0
TABLE_LINE_PT, NARROW_LINE_PT = 20.0, 17.0
MANY_COLUMNS = 8
"""From so many columns on a table is set in the narrower size."""

HEAD_DROP_MM = 35.0
"""From the top of the text to the top of the sender's name; also the height of a brief's masthead."""
RULE_GAP_MM = 4.0
NUMBER_GAP_MM = 7.0
"""From the text to the dash of the page number."""
HEAVY_RULE_MM, MIDDLE_RULE_MM = 0.35, 0.25
RED_RULE_MM = 0.8

LETTER_TOP_MM, LETTER_FOOT_MM, LETTER_RULE_MM = 30.0, 20.0, 170.0
"""Of a letter: its head from the edge, its lower rules from the edge, how long its rules are."""

HEAD_PT = (26.0, 46.0)
"""The smallest and the largest type of a sender's name; between them it fills the width."""
LABEL_MM = 26.0
"""The width of a form's label."""
CODE_MM = 28.0

RED = "D7000F"


class Face(Enum):
    """The faces the standard names; they are named in Word files, never shipped."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    BLACK = "黑体"
    KAI = "楷体_GB2312"
    SONG = "宋体"


HEADINGS = {1: Face.BLACK, 2: Face.KAI, 3: Face.BODY, 4: Face.BODY}
LATIN = "Times New Roman"


def text_mm(is_landscape: bool = False) -> float:
    """The width of the text (版心): 156 mm upright."""
    width, height = PAGE_MM
    return height - TOP_MM - BOTTOM_MM if is_landscape else width - LEFT_MM - RIGHT_MM


def head_type(words: str) -> tuple[float, float]:
    """The size in points at which a head fills the width of the text, and how far it is drawn together, 1 for not at all."""
    smallest, largest = HEAD_PT
    fitting = text_mm() * POINTS_PER_MM / max(width_of(words), 1.0)
    size = min(max(fitting, smallest), largest)
    return float(int(size)), min(1.0, fitting / int(size))


def width_of(words: str) -> float:
    """How wide words are, in Chinese signs; Latin letters and figures are half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in words)


def table_type(columns: int) -> tuple[float, float]:
    """The size of a table's words and the distance of its lines, in points, by how many columns it has."""
    return (NARROW_TABLE_PT, NARROW_LINE_PT) if columns >= MANY_COLUMNS else (TABLE_PT, TABLE_LINE_PT)
