"""Small shapes that many answers share: a stored word with its label, a thing by its code, and texts that people read."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from zhitong.api.troubles import SAID
from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, RegionEntry, UnitEntry
from zhitong.kit.choices import Word
from zhitong.kit.refusals import BadInput, NotFound


def _without_docstring(schema: dict[str, Any]) -> None:
    """The document of the API is read by its callers, docstrings by us."""
    schema.pop("description", None)


class Shape(BaseModel):
    """A schema of an answer."""

    model_config = ConfigDict(json_schema_extra=_without_docstring)


class Said(Shape):
    """A schema that a caller fills in: what it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid")


class Labelled(Shape):
    """A stored word with the Chinese people read."""

    code: str
    label: str


class Named(Shape):
    """A region, unit or line by its code, with its name."""

    code: str
    name: str


OnTheClock = Annotated[
    time, PlainSerializer("{:%H:%M}".format),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "description": "当地时间，时:分，例如 09:00"}),
]
"""What a clock on the wall shows: the `time` of JSON schemas would carry an offset from UTC."""


class Empty(Said):
    """An act that needs no words."""


class OneOf:
    """`OneOf[State]`: one word of an enumeration, told in the document with what each is called."""

    def __class_getitem__(cls, words: type[Word]) -> Any:
        """The enumeration, annotated."""
        told = "；".join(f"{word.value} {word.label}" for word in words)
        schema = {"type": "string", "enum": [str(word.value) for word in words], "description": told}
        return Annotated[words, WithJsonSchema(schema)]


def labelled(word: Word) -> Labelled:
    """The word with its label."""
    return Labelled(code=str(word.value), label=word.label)


def maybe_labelled(word: Word | None) -> Labelled | None:
    """The word with its label, when there is one."""
    return labelled(word) if word is not None else None


def named(thing: RegionEntry | UnitEntry) -> Named:
    """The thing by its code."""
    return Named(code=thing.code, name=thing.name)


def unit_named(unit_id: UUID | None, here: Directory) -> Named | None:
    """A unit of government by its code; None for nobody, and for the served's own units, which have none."""
    unit = here.units.get(unit_id) if unit_id else None
    return named(unit) if unit else None


def _written(longest: int, *, may_be_empty: bool) -> Any:
    def read(text: str) -> str:
        clean = clean_text(text)
        if not clean and not may_be_empty:
            raise PydanticCustomError(SAID, "请填写这一项。")
        trouble = text_trouble(clean, longest)
        if trouble:
            raise PydanticCustomError(SAID, "{sentence}", {"sentence": trouble})
        return clean

    schema = {"type": "string", "maxLength": longest, "minLength": 0 if may_be_empty else 1}
    return Annotated[str, AfterValidator(read), WithJsonSchema(schema)]


LongText = _written(5000, may_be_empty=False)
"""A text of its own; marked as classified it is stopped, over the limit it is told by how much."""
ShortText = _written(500, may_be_empty=False)
Note = _written(500, may_be_empty=True)
LongNote = _written(2000, may_be_empty=True)
Name = _written(40, may_be_empty=False)
Words = Annotated[str, AfterValidator(clean_text), Field(max_length=100)]
"""Words to look for."""
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.-]{1,80}$")]
"""The code of a region, unit, line or campaign."""


def region_coded(code: str, here: Directory | None = None) -> RegionEntry:
    """The region with a code.

    Raises NotFound: there is none.
    """
    found = (here or directory()).region_coded(code)
    if found is None:
        raise NotFound(f"没有代码为“{code}”的地区。请用 GET /api/v1/regions 查看代码。")
    return found


def line_id_coded(code: str, here: Directory) -> UUID:
    """The id of the line with a code.

    Raises NotFound: there is none.
    """
    found = next((one.id for one in here.lines.values() if one.code == code), None)
    if found is None:
        raise NotFound(f"没有代码为“{code}”的条线。请用 GET /api/v1/lines 查看代码。")
    return found


def unit_id_coded(code: str, field: str) -> UUID:
    """The id of the unit that a field of a call names.

    Raises BadInput: there is none.
    """
    unit = directory().unit_coded(code)
    if unit is None:
        sentence = f"没有代码为“{code}”的单位。请用 GET /api/v1/units 查看代码。"
        raise BadInput(sentence, {field: sentence})
    return unit.id
