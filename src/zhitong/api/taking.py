"""What no call may contain, wherever it stands: signs that no database keeps, and days of another age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import is_kept

FIRST_YEAR, LAST_YEAR = 1900, 2199


def refuse_what_cannot_be_kept(values: Mapping[str, Any]) -> None:
    """Look through all that a call has said, after it was read.

    Raises BadInput: a text with control signs or halves of signs, a day before 1900 or after 2199; by field.
    """
    wrong = dict(
        trouble for name, one in values.items() for trouble in _troubles("" if isinstance(one, BaseModel) else name, one)
    )
    if wrong:
        raise BadInput(next(iter(wrong.values())), wrong)


def _troubles(place: str, said: Any) -> Iterator[tuple[str, str]]:
    if isinstance(said, BaseModel):
        yield from _troubles(place, dict(said))
    elif isinstance(said, Mapping):
        for name, one in said.items():
            yield from _troubles(f"{place}.{name}".strip("."), one)
            yield from _troubles(place, name) if not is_kept(str(name)) else ()
    elif isinstance(said, list | tuple):
        for index, one in enumerate(said):
            yield from _troubles(f"{place}.{index}", one)
    elif isinstance(said, str) and not is_kept(said):
        yield place, "含有不能保存的控制字符，请删去后再发。"
    elif isinstance(said, date) and not FIRST_YEAR <= said.year <= LAST_YEAR:
        yield place, f"年份要在{FIRST_YEAR}到{LAST_YEAR}之间，请核对。"
