"""A value as it stands in an address, read as the column it is held against needs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from zhitong.api.odata.grammar.refusing import Unreadable, quoted
from zhitong.api.odata.grammar.tokens import FILTER, Sign, Token
from zhitong.api.taking import FIRST_YEAR, LAST_YEAR
from zhitong.domain.opendata.rules.columns import Column, Shape
from zhitong.domain.opendata.rules.filters import Value

NOTHING = "null"
_YES_NO = {"true": True, "false": False}


def value_of(token: Token, column: Column, target: str = FILTER) -> Value | None:
    """The value of a sign for a column; None for `null`.

    Raises Unreadable: it is no value of the kind that the column holds.
    """
    if token.sign is Sign.WORD and token.text == NOTHING:
        return None
    try:
        return _READERS[column.shape](token)
    except ValueError:
        said = f"列 {column.name} 是{column.shape.label}，{quoted(token.text)}不是。应写成 {EXAMPLES[column.shape]}。"
        raise Unreadable(target, said) from None


def is_value(token: Token) -> bool:
    """Whether a sign is a value, not a name."""
    return token.sign not in (Sign.WORD, Sign.OPEN, Sign.CLOSE, Sign.COMMA) or token.text in (NOTHING, *_YES_NO)


def text_in(token: Token) -> str:
    """The text between single quotes. Raises ValueError: it is no text."""
    if token.sign is not Sign.TEXT:
        raise ValueError
    return token.text[1:-1].replace("''", "'")


def _whole(token: Token) -> int:
    if token.sign is not Sign.FIGURE:
        raise ValueError
    return int(token.text)


def _figure(token: Token) -> Decimal:
    if token.sign is not Sign.FIGURE:
        raise ValueError
    return Decimal(token.text)


def _yes_no(token: Token) -> bool:
    if token.text not in _YES_NO:
        raise ValueError
    return _YES_NO[token.text]


def _day(token: Token) -> date:
    if token.sign is not Sign.DAY:
        raise ValueError
    return _of_our_age(date.fromisoformat(token.text))


def _moment(token: Token) -> datetime:
    """A moment with its zone; a plus sign that an address has turned into a blank is taken for what it was."""
    if token.sign is not Sign.MOMENT:
        raise ValueError
    found = datetime.fromisoformat(token.text.replace(" ", "+").upper())
    _of_our_age(found.date())
    if found.tzinfo is None:
        raise ValueError
    return found.astimezone(UTC)


def _of_our_age(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def _guid(token: Token) -> UUID:
    return UUID(text_in(token) if token.sign is Sign.TEXT else token.text)


_READERS: dict[Shape, Callable[[Token], Value]] = {
    Shape.ID: _guid, Shape.TEXT: text_in, Shape.WHOLE: _whole, Shape.FIGURE: _figure, Shape.YES_NO: _yes_no,
    Shape.DAY: _day, Shape.MOMENT: _moment,
}
EXAMPLES = {
    Shape.ID: "01890a5d-ac96-774b-bcce-b302099a8057", Shape.TEXT: "'文字'", Shape.WHOLE: "12", Shape.FIGURE: "12.5",
    Shape.YES_NO: "true 或 false", Shape.DAY: "2018-04-27", Shape.MOMENT: "2018-04-27T15:40:00+08:00（+ 在地址里写 %2B）",
}
"""How a value of each kind is written."""
