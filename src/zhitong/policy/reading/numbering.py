"""Word's automatic numbers, written out as a reader of the page sees them: 一、, （二）, 3., ④."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from xml.etree import ElementTree as Xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "〇一二三四五六七八九"


def spoken(number: int) -> str:
    """21 → 二十一, up to 999; larger numbers stay in digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": spoken, "chineseCountingThousand": spoken, "japaneseCounting": spoken, "taiwaneseCounting": spoken,
    "taiwaneseCountingThousand": spoken, "ideographDigital": spoken, "japaneseDigitalTenThousand": spoken,
    "decimalEnclosedCircle": lambda number: chr(ord("①") + number - 1) if 0 < number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: chr(ord("①") + number - 1) if 0 < number <= 20 else str(number),
    "upperLetter": lambda number: chr(ord("A") + (number - 1) % 26),
    "lowerLetter": lambda number: chr(ord("a") + (number - 1) % 26),
    "bullet": lambda number: "", "none": lambda number: "",
}


class Numbering:
    """The lists of one document, counting on from paragraph to paragraph in their order."""

    def __init__(self, numbering: Xml.Element | None, styles: Xml.Element | None) -> None:
        """Takes numbering.xml and styles.xml, either may be absent."""
        self._levels: dict[str, dict[int, Xml.Element]] = {}
        self._list_of: dict[str, str] = {}
        self._style: dict[str, Xml.Element] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for one in numbering if numbering is not None else ():
            if one.tag == f"{W}abstractNum":
                self._levels[_of(one, "abstractNumId")] = {int(_of(lvl, "ilvl") or 0): lvl for lvl in one.findall(f"{W}lvl")}
            elif one.tag == f"{W}num":
                self._list_of[_of(one, "numId")] = _value(one, "abstractNumId")
        for style in styles.findall(f"{W}style") if styles is not None else ():
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                self._style[_of(style, "styleId")] = found

    def label(self, paragraph: Xml.Element) -> str:
        """The number that Word prints before this paragraph; empty where it prints none or a bullet."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            properties = self._style.get(_of(style, "val")) if style is not None else None
        if properties is None:
            return ""
        level = int(_value(properties, "ilvl") or 0)
        return self._counted(self._list_of.get(_value(properties, "numId"), ""), level)

    def _counted(self, list_id: str, level: int) -> str:
        levels = self._levels.get(list_id, {})
        if level not in levels:
            return ""
        counts = self._counts[list_id]
        counts[level] = counts.get(level, int(_value(levels[level], "start") or 1) - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        printed = _value(levels[level], "lvlText")
        if _value(levels[level], "numFmt") == "bullet":
            return ""
        for place in range(level + 1):
            number = counts.get(place, int(_value(levels[place], "start") or 1)) if place in levels else 1
            written = FORMATS.get(_value(levels[place], "numFmt") if place in levels else "", str)(number)
            printed = printed.replace(f"%{place + 1}", written)
        return printed


def _of(element: Xml.Element, attribute: str) -> str:
    return element.get(f"{W}{attribute}") or ""


def _value(element: Xml.Element, child: str) -> str:
    """The w:val of a child, empty where it is absent."""
    found = element.find(f"{W}{child}")
    return _of(found, "val") if found is not None else ""
