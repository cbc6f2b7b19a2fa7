"""One sentence measured, and what was found in it on one line: value unit sign kind class day."""

from __future__ import annotations

from zhitong.policy.measures import Measured, measures_in
from zhitong.policy.shapes import Indicator


def measured(text: str, year: int | None = 2018) -> Measured:
    """What a text without headings sets."""
    return measures_in(text, (), (), {}, year)


def told(indicator: Indicator) -> str:
    """230000 套 = count target 2018-12-31; - where nothing is known, ! behind what is damaged, ? behind what is optional."""
    value = "~".join(
        f"{one:f}".rstrip("0").rstrip(".") if "." in f"{one:f}" else f"{one:f}" for one in indicator.values
    )
    if indicator.value is not None:
        value = f"{indicator.value:f}"
        value = value.rstrip("0").rstrip(".") if "." in value else value
    flags = "!" * indicator.damaged + "?" * indicator.optional
    said = (value, indicator.unit, indicator.comparator, indicator.kind, indicator.class_ + flags, indicator.deadline)
    return " ".join(part or "-" for part in said)


def all_told(text: str, year: int | None = 2018) -> list[str]:
    """What is found in a text, in order."""
    return [told(one) for one in measured(text, year).indicators]
