"""A condition of `$filter` read into a tree: or, and, not, comparisons, `in`, and words within texts.

Nothing of the text goes further than here: names become columns of the set, values become values.
Source: OData 4.0, Part 2 (URL Conventions), 5.1.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhitong.api.odata.grammar.refusing import NotOffered, Unreadable, quoted
from zhitong.api.odata.grammar.tokens import FILTER, Sign, Token, tokens_of
from zhitong.api.odata.grammar.values import is_value, text_in, value_of
from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape
from zhitong.domain.opendata.rules.filters import Compared, Comparison, Either, Every, Listed, Node, Not, Place, Worded

DEEPEST, MOST_PARTS, MOST_LISTED = 20, 60, 200
_TURNED = {
    Comparison.MORE: Comparison.LESS, Comparison.AT_LEAST: Comparison.AT_MOST, Comparison.LESS: Comparison.MORE,
    Comparison.AT_MOST: Comparison.AT_LEAST,
}
_COMPARISONS = {str(one.value): one for one in Comparison}
_PLACES = {str(one.value): one for one in Place}
_TAKEN = "可以用 eq ne gt ge lt le in and or not 和 contains startswith endswith"
_EQUALS = (Comparison.EQUAL, Comparison.UNEQUAL)


def condition_of(text: str, data: DataSet) -> Node:
    """The tree of a condition over the columns of a set.

    Raises Unreadable: it cannot be read, asks for a column that is not there, or is too deep or too long.
    Raises NotOffered: it asks for something that this feed does not do.
    """
    reader = _Reader(tokens_of(text), data)
    found = reader.either()
    if reader.left:
        raise Unreadable(FILTER, f"$filter 在{quoted(reader.left[0].text)}处多了内容，请检查括号和 and、or。")
    return found


@dataclass
class _Reader:
    """Reads signs from the left, one rule of the grammar for each strength of binding."""

    tokens: list[Token]
    data: DataSet
    at: int = 0
    depth: int = 0
    parts: int = 0

    @property
    def left(self) -> list[Token]:
        """The signs not read yet."""
        return self.tokens[self.at :]

    def either(self) -> Node:
        """Parts joined by `or`."""
        parts = self._joined("or", self.both)
        return Either(parts) if len(parts) > 1 else parts[0]

    def both(self) -> Node:
        """Parts joined by `and`."""
        parts = self._joined("and", self.one)
        return Every(parts) if len(parts) > 1 else parts[0]

    def one(self) -> Node:
        """A comparison, a call, something in brackets, or what shall not be."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise Unreadable(FILTER, f"$filter 最多{MOST_PARTS}个条件。同一列的多个值请用 in。")
        if self._takes("not"):
            return Not(self._deeper(self.one))
        if self._is(Sign.OPEN):
            return self._deeper(self._bracketed)
        token = self._next()
        if token.sign is Sign.WORD and self._is(Sign.OPEN):
            return self._call(token.text)
        return self._turned(token) if is_value(token) else self._held(self._column(token))

    def _joined(self, word: str, part: Callable[[], Node]) -> tuple[Node, ...]:
        found = [part()]
        while self._takes(word):
            found.append(part())
        return tuple(found)

    def _bracketed(self) -> Node:
        self._expect(Sign.OPEN)
        found = self.either()
        self._expect(Sign.CLOSE)
        return found

    def _deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable(FILTER, f"$filter 的括号和 not 最多套{DEEPEST}层。")
        found = read()
        self.depth -= 1
        return found

    def _call(self, name: str) -> Node:
        """A function over a text column: contains, startswith, endswith."""
        place = _PLACES.get(name)
        if place is None:
            raise NotOffered(FILTER, f"$filter 里不能用 {quoted(name)}。{_TAKEN}。")
        self._expect(Sign.OPEN)
        column = self._column(self._next())
        if column.shape is not Shape.TEXT:
            raise Unreadable(FILTER, f"{name} 只能用于文字，列 {column.name} 是{column.shape.label}。")
        self._expect(Sign.COMMA)
        token = self._next()
        self._expect(Sign.CLOSE)
        try:
            return Worded(column, place, text_in(token))
        except ValueError:
            raise Unreadable(FILTER, f"{name} 的第二项要写文字，如 '文字'，这里是{quoted(token.text)}。") from None

    def _held(self, column: Column) -> Node:
        """What stands after the name of a column."""
        token = self._next()
        if token.text == "in" and token.sign is Sign.WORD:
            return self._listed(column)
        how = self._comparison(token)
        return self._compared(column, how, self._next())

    def _turned(self, value: Token) -> Node:
        """A value that stands before its column."""
        how = self._comparison(self._next())
        return self._compared(self._column(self._next()), _TURNED.get(how, how), value)

    def _compared(self, column: Column, how: Comparison, token: Token) -> Node:
        if not is_value(token):
            raise NotOffered(FILTER, f"$filter 里一列只能和值比较，不能和{quoted(token.text)}比较。文字要加英文单引号。")
        value = value_of(token, column)
        if how not in _EQUALS and (value is None or column.shape in (Shape.YES_NO, Shape.ID)):
            raise Unreadable(FILTER, f"列 {column.name} 与 {token.text} 不能比大小，请用 eq 或 ne。")
        return Compared(column, how, value)

    def _listed(self, column: Column) -> Node:
        self._expect(Sign.OPEN)
        values = [value_of(self._next(), column)]
        while self._takes_sign(Sign.COMMA):
            values.append(value_of(self._next(), column))
            if len(values) > MOST_LISTED:
                raise Unreadable(FILTER, f"in 最多列{MOST_LISTED}个值，请分几次取。")
        self._expect(Sign.CLOSE)
        return Listed(column, tuple(values))

    def _comparison(self, token: Token) -> Comparison:
        found = _COMPARISONS.get(token.text) if token.sign is Sign.WORD else None
        if found is None:
            raise NotOffered(FILTER, f"$filter 在{quoted(token.text)}处应有比较。{_TAKEN}。")
        return found

    def _column(self, token: Token) -> Column:
        found = self.data.by_name.get(token.text) if token.sign is Sign.WORD else None
        if found is None:
            raise Unreadable(FILTER, f"{self.data.name} 没有{quoted(token.text)}这一列。列名见 $metadata。")
        if not found.filtered:
            raise Unreadable(FILTER, f"列 {found.name} 可以读取，不能用来筛选。")
        return found

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _next(self) -> Token:
        token = self._peek()
        if token is None:
            raise Unreadable(FILTER, "$filter 没有写完，请检查末尾和括号。")
        self.at += 1
        return token

    def _is(self, sign: Sign) -> bool:
        token = self._peek()
        return token is not None and token.sign is sign

    def _takes(self, word: str) -> bool:
        token = self._peek()
        is_there = token is not None and token.sign is Sign.WORD and token.text == word
        self.at += is_there
        return is_there

    def _takes_sign(self, sign: Sign) -> bool:
        is_there = self._is(sign)
        self.at += is_there
        return is_there

    def _expect(self, sign: Sign) -> None:
        token = self._next()
        if token.sign is not sign:
            wanted = sign.value.replace("\\", "")
            raise Unreadable(FILTER, f"$filter 在{quoted(token.text)}处应为 {wanted}。")
