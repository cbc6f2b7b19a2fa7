"""Reading one field: what people type and what programs send becomes one clean value, or a sentence.

People send text, perhaps in full-width digits and with separators; programs send numbers. Money arrives in 万元 from
both and is kept in whole yuan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from zhitong.domain.cards.rules.days import day, day_words
from zhitong.domain.cards.rules.figures import figure, plain
from zhitong.domain.cards.rules.kinds import CHOICES, FILES, FieldKind
from zhitong.domain.cards.rules.templates import MOST_FILES, Field
from zhitong.domain.cards.rules.texts import Unreadable, clean_text, echo, length_trouble
from zhitong.domain.subjects.rules.codes import written_right

Clean = str | int | bool | list[str]
"""Text, days (2018-09-17) and decimals as text; yuan and counts whole; several answers, and the ids of files, listed."""
__all__ = ["YUAN", "Clean", "Unreadable", "read", "show", "tell"]

YUAN = 10_000
"""Yuan in one 万元."""

_PHONE = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}")
_BETWEEN = re.compile(r"[、,，;；|/\n]+")
_YES = frozenset({"true", "yes", "on", "1", "是", "√"})
_NO = frozenset({"false", "no", "off", "0", "否", "×"})


def read(field: Field, written: object) -> Clean | None:
    """The clean value of a field; None when nothing was written.

    Raises Unreadable: letters in a figure, a figure out of bounds or not exact, no such day, a text over its limit, an
    answer not offered, too many answers or files.
    """
    if written is None or written == [] or (isinstance(written, str) and not clean_text(written)):
        return None
    value = _READERS[field.kind](field, written)
    return None if value == [] else value


def show(field: Field, value: Clean | None) -> str:
    """A clean value as it would be typed into its field: money in 万元, several answers one after another."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(value)
    if field.kind is FieldKind.MONEY:
        return format((Decimal(value) / YUAN).normalize() + 0, "f")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def tell(field: Field, value: Clean | None) -> str:
    """A clean value as people read it: answers by their labels, files by their number; empty for what this field no
    longer takes."""
    if field.kind in CHOICES:
        chosen = value if isinstance(value, list) else [value]
        return "、".join(option.label for option in field.options if option.code in chosen)
    if field.kind in FILES:
        return f"{len(value)}个{field.kind.label}" if isinstance(value, list) and value else ""
    if field.kind is FieldKind.DATE:
        return day_words(str(value))
    if isinstance(value, list):
        return ""
    if field.kind in (FieldKind.MONEY, FieldKind.COUNT) and (isinstance(value, bool) or not isinstance(value, int)):
        return ""
    return show(field, value)


def _money(field: Field, written: object) -> int:
    yuan = figure(field, written) * YUAN
    if yuan != yuan.to_integral_value():
        raise Unreadable(f"“{field.label}”最多写四位小数（精确到元），您填的是{echo(written)}，请四舍五入后再填。")
    return int(yuan)


def _count(field: Field, written: object) -> int:
    number = figure(field, written)
    if number != number.to_integral_value():
        raise Unreadable(f"“{field.label}”要填整数，您填的是{echo(written)}，请四舍五入后再填。")
    return int(number)


def _decimal(field: Field, written: object) -> str:
    return format(figure(field, written), "f")


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
        raise Unreadable(f"“{field.label}”应为18位，您填的是“{echo(written)}”，请对照营业执照填写。")
    return code


def _phone(field: Field, written: object) -> str:
    number = re.sub(r"[()]", "", plain(str(written)))
    if not _PHONE.fullmatch(number):
        raise Unreadable(
            f"“{field.label}”应为11位手机号，或带区号的固定电话（例如 0317-5720000），您填的是“{echo(written)}”。"
        )
    return number


def _choice(field: Field, written: object) -> str:
    answer = clean_text(str(written))
    for option in field.options:
        if answer in (option.code, option.label):
            return option.code
    offered = "、".join(option.label for option in field.options)
    raise Unreadable(f"“{field.label}”没有“{echo(written)}”这一项，请从{offered}里选。")


def _choices(field: Field, written: object) -> list[str]:
    """The answers chosen, in the order offered; a text is parted at its commas, unless it is one answer whole."""
    chosen = {_choice(field, one) for one in _parts(field, written)}
    if field.most is not None and len(chosen) > field.most:
        raise Unreadable(f"“{field.label}”最多选{field.most}项，您选了{len(chosen)}项，请去掉{len(chosen) - field.most}项。")
    return [option.code for option in field.options if option.code in chosen]


def _parts(field: Field, written: object) -> list[object]:
    if isinstance(written, list | tuple):
        return list(written)
    text = clean_text(str(written))
    whole = any(text in (option.code, option.label) for option in field.options)
    return [text] if whole else [part for part in _BETWEEN.split(text) if clean_text(part)]


def _file_ids(field: Field, written: object) -> list[str]:
    """The files given, by id, each once; whether they are there and fit is asked where files are kept."""
    given = written if isinstance(written, list | tuple) else _BETWEEN.split(clean_text(str(written)))
    try:
        ids = list(dict.fromkeys(str(UUID(str(one).strip())) for one in given if str(one).strip()))
    except ValueError:
        raise Unreadable(f"“{field.label}”要上传{field.kind.label}，不能写字，请重新上传。") from None
    most = MOST_FILES if field.most is None else int(field.most)
    if len(ids) > most:
        raise Unreadable(f"“{field.label}”最多上传{most}个{field.kind.label}，您传了{len(ids)}个，请删去多余的。")
    return ids


def _date(field: Field, written: object) -> str:
    return day(field, written).isoformat()


def _yes_no(field: Field, written: object) -> bool:
    if isinstance(written, bool):
        return written
    answer = clean_text(str(written)).lower()
    if answer not in _YES | _NO:
        raise Unreadable(f"“{field.label}”请选“是”或“否”，您填的是“{echo(written)}”。")
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
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.MULTI_CHOICE: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.FILE: _file_ids,
    FieldKind.PHOTO: _file_ids,
}
