"""Reading one field: what people type and what programs send becomes one clean value, or a sentence.

People send text, perhaps in full-width digits and with separators; programs send numbers. Money arrives in 万元 from
both and is kept in whole yuan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from zhitong.domain.cards.rules.kinds import FieldKind
from zhitong.domain.cards.rules.templates import Field
from zhitong.domain.cards.rules.texts import clean_text, length_trouble
from zhitong.domain.subjects.rules.codes import written_right

Clean = str | int | bool
YUAN = 10_000
"""Yuan in one 万元."""

_DIGITS = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "，": ",", "’": "", "'": ""})
_PHONE = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}")
_LARGEST = Decimal(10) ** 14
_SHOWN = 20
_YES = frozenset({"true", "yes", "on", "1", "是", "√"})
_NO = frozenset({"false", "no", "off", "0", "否", "×"})


class Unreadable(ValueError):
    """What was written cannot be taken; the message is a sentence for its writer."""


def read(field: Field, written: object) -> Clean | None:
    """The clean value of a field; None when nothing was written.

    Raises Unreadable: letters in a figure, a figure out of bounds, a text over its limit, an answer not offered.
    """
    if written is None or (isinstance(written, str) and not clean_text(written)):
        return None
    return _READERS[field.kind](field, written)


def show(field: Field, value: Clean | None) -> str:
    """A clean value as it would be typed into its field: money in 万元."""
    if value is None:
        return ""
    if field.kind is FieldKind.MONEY:
        return format((Decimal(value) / YUAN).normalize() + 0, "f")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def tell(field: Field, value: Clean | None) -> str:
    """A clean value as people read it: the answer chosen by its label; empty for what this field no longer takes."""
    if field.kind is FieldKind.CHOICE:
        return next((option.label for option in field.options if option.code == value), "")
    if field.kind in (FieldKind.MONEY, FieldKind.COUNT) and (isinstance(value, bool) or not isinstance(value, int)):
        return ""
    return show(field, value)


def _figure(field: Field, written: object) -> Decimal:
    """The number written, within the bounds of the field."""
    number = _number(field, written)
    if abs(number) >= _LARGEST:
        raise Unreadable(f"“{field.label}”的数太大，请核对小数点和单位{_unit(field)}。")
    if field.least is not None and number < field.least:
        raise Unreadable(f"“{field.label}”不能小于{field.least}，您填的是{_echo(written)}，请核对。")
    if field.most is not None and number > field.most:
        raise Unreadable(f"“{field.label}”不能大于{field.most}，您填的是{_echo(written)}，请核对单位和位数。")
    return number


def _number(field: Field, written: object) -> Decimal:
    if isinstance(written, bool) or not isinstance(written, str | int | float | Decimal):
        raise Unreadable(_not_a_number(field, written))
    if isinstance(written, str):
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", written.translate(_MINUS)).translate(_MINUS))
        if field.kind is FieldKind.PERCENT:
            text = text.removesuffix("%")
        if not _DIGITS.fullmatch(text):
            raise Unreadable(_not_a_number(field, written))
        return Decimal(text.replace(",", ""))
    try:
        number = Decimal(str(written))
    except InvalidOperation:
        raise Unreadable(_not_a_number(field, written)) from None
    if not number.is_finite():
        raise Unreadable(_not_a_number(field, written))
    return number


def _not_a_number(field: Field, written: object) -> str:
    return f"“{field.label}”要填数字，您填的是“{_echo(written)}”。请只写数字{_unit(field)}，例如 1234.5。"


def _unit(field: Field) -> str:
    return f"（{field.unit}）" if field.unit else ""


def _echo(written: object) -> str:
    text = clean_text(str(written))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _money(field: Field, written: object) -> int:
    yuan = _figure(field, written) * YUAN
    if yuan != yuan.to_integral_value():
        raise Unreadable(f"“{field.label}”最多写四位小数（精确到元），您填的是{_echo(written)}，请四舍五入后再填。")
    return int(yuan)


def _count(field: Field, written: object) -> int:
    number = _figure(field, written)
    if number != number.to_integral_value():
        raise Unreadable(f"“{field.label}”要填整数，您填的是{_echo(written)}，请四舍五入后再填。")
    return int(number)


def _decimal(field: Field, written: object) -> str:
    return format(_figure(field, written), "f")


def _words(field: Field, written: object) -> str:
    if not isinstance(written, str):
        raise Unreadable(f"“{field.label}”要填文字，请重新填写。")
    text = clean_text(written)
    trouble = length_trouble(text, field.longest)
    if trouble:
        raise Unreadable(f"“{field.label}”{trouble}")
    return text


def _code(field: Field, written: object) -> str:
    """The code written right; whether it is a doubtful one is asked by `checking`, never refused."""
    code = written_right(clean_text(str(written)))
    if not code or len(code) > field.longest:
        raise Unreadable(f"“{field.label}”应为18位，您填的是“{_echo(written)}”，请对照营业执照填写。")
    return code


def _phone(field: Field, written: object) -> str:
    number = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", str(written).translate(_MINUS)))
    if not _PHONE.fullmatch(number):
        raise Unreadable(
            f"“{field.label}”应为11位手机号，或带区号的固定电话（例如 0317-5720000），您填的是“{_echo(written)}”。"
        )
    return number


def _choice(field: Field, written: object) -> str:
    answer = clean_text(str(written))
    for option in field.options:
        if answer in (option.code, option.label):
            return option.code
    offered = "、".join(option.label for option in field.options)
    raise Unreadable(f"“{field.label}”没有“{_echo(written)}”这一项，请从{offered}里选。")


def _yes_no(field: Field, written: object) -> bool:
    if isinstance(written, bool):
        return written
    answer = clean_text(str(written)).lower()
    if answer not in _YES | _NO:
        raise Unreadable(f"“{field.label}”请选“是”或“否”，您填的是“{_echo(written)}”。")
    return answer in _YES


_READERS: dict[FieldKind, Callable[[Field, object], Clean]] = {
    FieldKind.TEXT: _words,
    FieldKind.LONG_TEXT: _words,
    FieldKind.CODE: _code,
    FieldKind.PHONE: _phone,
    FieldKind.MONEY: _money,
    FieldKind.COUNT: _count,
    FieldKind.NUMBER: _decimal,
    FieldKind.PERCENT: _decimal,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
}
