"""Elements of WordprocessingML, written shortly: lengths in twips, borders in eighths of a point."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TWIPS = 20
"""To the point."""
_TWIPS_PER_MM = 1440 / 25.4
_EIGHTHS_PER_MM = 8 * 72 / 25.4


def element(tag: str, /, *children: Any, **attributes: object) -> Any:
    """An element of the w: namespace with its attributes and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def twips_of_mm(length: float) -> int:
    """Millimetres as twips."""
    return round(length * _TWIPS_PER_MM)


def border(tag: str, *, mm: float, colour: str = "000000", space: int = 0) -> Any:
    """A single rule of a thickness in millimetres, `space` points away from the words."""
    return element(tag, val="single", sz=max(2, round(mm * _EIGHTHS_PER_MM)), space=space, color=colour)


def no_border(tag: str) -> Any:
    """A side without a rule."""
    return element(tag, val="nil")


def replace_in(parent: Any, child: Any) -> None:
    """Put a child where python-docx may have put its own of the same kind; else at the end."""
    old = parent.find(child.tag)
    if old is None:
        parent.append(child)
    else:
        parent.replace(old, child)
