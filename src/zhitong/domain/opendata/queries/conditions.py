"""A tree of conditions as SQL over the row `seen`: every value travels as a parameter, every name is a column of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zhitong.domain.opendata.rules.columns import Column
from zhitong.domain.opendata.rules.filters import Compared, Comparison, Either, Every, Listed, Node, Not, Place, Worded

_SIGNS = {
    Comparison.MORE: ">", Comparison.AT_LEAST: ">=", Comparison.LESS: "<", Comparison.AT_MOST: "<=",
    Comparison.EQUAL: "=", Comparison.UNEQUAL: "IS DISTINCT FROM",
}
_PLACES = {
    Place.ANYWHERE: "strpos({column}, {words}) > 0", Place.FIRST: "starts_with({column}, {words})",
    Place.LAST: "right({column}, length({words})) = {words}",
}
Bind = Callable[[Any], str]


class Parameters(dict[str, Any]):
    """The parameters of a statement; `bind` adds one and gives the sign that stands for it."""

    def bind(self, value: Any) -> str:
        """Take a value along."""
        name = f"given_{len(self)}"
        self[name] = value
        return f"%({name})s"


def column_sql(column: Column) -> str:
    """A column of the row `seen`."""
    return column.source if column.at_reading else f"seen.{column.name}"


def condition(node: Node, bind: Bind, *, denied: bool = False) -> str:
    """The condition as SQL, true exactly where the tree holds.

    `denied` says that it stands under a Not: what is not known then makes a comparison false, not unknown.
    """
    match node:
        case Every(parts):
            return "(" + " AND ".join(condition(part, bind, denied=denied) for part in parts) + ")"
        case Either(parts):
            return "(" + " OR ".join(condition(part, bind, denied=denied) for part in parts) + ")"
        case Not(part):
            return f"(NOT {condition(part, bind, denied=True)})"
        case Compared():
            return _compared(node, bind, denied)
        case Listed():
            return _listed(node, bind)
        case Worded(column, place, words):
            return "(" + _PLACES[place].format(column=column_sql(column), words=f"{bind(words)}::text") + ")"


def _compared(node: Compared, bind: Bind, denied: bool) -> str:
    column = column_sql(node.column)
    if node.value is None:
        return f"({column} IS NULL)" if node.how is Comparison.EQUAL else f"({column} IS NOT NULL)"
    held = f"({column} {_SIGNS[node.how]} {bind(node.value)})"
    return f"({held} IS TRUE)" if denied else held


def _listed(node: Listed, bind: Bind) -> str:
    column = column_sql(node.column)
    known = [bind(value) for value in node.values if value is not None]
    parts = [f"({column} IN ({', '.join(known)})) IS TRUE"] if known else []
    if None in node.values:
        parts.append(f"{column} IS NULL")
    return "(" + " OR ".join(parts) + ")"
