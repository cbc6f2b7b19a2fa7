"""Reading a figure as people write one: full-width digits, separators, a unit behind it; what is not exact is refused.

A unit written out is believed: 12万 in a field of 万元 is 12, 1.2亿 is 12000, 5000元 is 0.5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from zhitong.domain.cards.rules.kinds import FieldKind
from zhitong.domain.cards.rules.templates import Field
from zhitong.domain.cards.rules.texts import Unreadable, echo

_DIGITS = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WRITTEN = re.compile(rf"({_DIGITS})(.*)", re.DOTALL)
_RANGE = re.compile(rf"{_DIGITS}(?:-|~|至|到){_DIGITS}.*")
_ABOUT = re.compile(r"大?约|左右|上下|将?近|大概|估计|余|多|以上|以下|不足|超过?|几|若干")
_NOTE = re.compile(r"[^\W\d_]|[(\[【《]")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "，": ",", "～": "~", "’": "", "'": ""})
_LARGEST = Decimal(10) ** 14
_ONE, _WAN, _YI = Decimal(1), Decimal(10_000), Decimal(100_000_000)
_MONEY = {"万元": _ONE, "万": _ONE, "亿元": _WAN, "亿": _WAN, "元": _ONE / _WAN}
_HEADS = ("人", "名", "家", "户", "个", "项", "件", "台", "次")


def plain(written: str) -> str:
    """A figure, number or day in half-width signs, blanks gone."""
    if written.isascii():  # most is: its signs are half-width already
        return "".join(written.translate(_SIGNS).split())
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", written.translate(_SIGNS)).translate(_SIGNS))


def figure(field: Field, written: object) -> Decimal:
    """The number written, in the unit and within the bounds of the field.

    Raises Unreadable: no number, not an exact one, one with a note behind it, or out of bounds.
    """
    number = _number(field, written)
    if abs(number) >= _LARGEST:
        raise Unreadable(f"“{field.label}”的数太大，请核对小数点和单位{_unit(field)}。")
    if field.least is not None and number < field.least:
        raise Unreadable(f"“{field.label}”不能小于{field.least}，您填的是{echo(written)}，请核对。")
    if field.most is not None and number > field.most:
        raise Unreadable(f"“{field.label}”不能大于{field.most}，您填的是{echo(written)}，请核对单位和位数。")
    return number


def _number(field: Field, written: object) -> Decimal:
    if isinstance(written, bool) or not isinstance(written, str | int | float | Decimal):
        raise Unreadable(_refusal(field, written))
    if isinstance(written, str):
        return _from_text(field, written)
    try:
        number = Decimal(str(written))
    except InvalidOperation:
        raise Unreadable(_refusal(field, written)) from None
    if not number.is_finite():
        raise Unreadable(_refusal(field, written))
    return number


def _from_text(field: Field, written: str) -> Decimal:
    text = plain(written)
    found = _WRITTEN.fullmatch(text.removeprefix("¥").removeprefix("人民币") if field.kind is FieldKind.MONEY else text)
    scale = _scales(field.kind, field.unit).get(found[2]) if found else None
    if found is None or scale is None:
        raise Unreadable(_refusal(field, written, _why(text, found[2] if found else "")))
    return Decimal(found[1].replace(",", "")) * scale


@lru_cache(maxsize=256)
def _scales(kind: FieldKind, own: str) -> Mapping[str, Decimal]:
    """What may stand behind a number of a kind of field with a unit of its own, and what it multiplies the number by."""
    if kind is FieldKind.MONEY:
        return {"": _ONE, **_MONEY}
    if kind is FieldKind.PERCENT:
        return {"": _ONE, "%": _ONE}
    units = {"", own, *(_HEADS if kind is FieldKind.COUNT and not own else ())}
    return {f"{word}{unit}": scale for unit in units for word, scale in (("", _ONE), ("万", _WAN), ("亿", _YI))}


def _why(text: str, behind: str) -> str:
    """Why a text is no exact number, when one can tell."""
    if _RANGE.fullmatch(text):
        return "这里要一个数，不能写范围。"
    about = _ABOUT.search(text)
    if about:
        return f"“{about.group()}”不是确数。"
    if behind and _NOTE.match(behind):
        return f"数字后面的“{echo(behind)}”不能写在这里，有说明的请写到说明栏。"
    return ""


def _refusal(field: Field, written: object, why: str = "") -> str:
    return f"“{field.label}”要填数字，您填的是“{echo(written)}”。{why}请只写数字{_unit(field)}，例如 1234.5。"


def _unit(field: Field) -> str:
    return f"（{field.unit}）" if field.unit else ""
