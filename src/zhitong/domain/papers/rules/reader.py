"""The reader as this room asks it: a file becomes text, text a checked plan, two plans a comparison. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhitong.policy.checking import check
from zhitong.policy.comparing import compare, comparison_json
from zhitong.policy.compiling import NoPlanFound as NoPlanFound
from zhitong.policy.compiling import compile_reading, required
from zhitong.policy.reading import Reading, read_bytes
from zhitong.policy.reading import Unreadable as Unreadable
from zhitong.policy.shapes import Plan, Span

PASTED = ""
"""The name of what was pasted and is no file."""
_LOST = "\ufffd"
"""Stands for a sign that no database keeps, so that the places of all others stay."""
_UNKEPT = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(55296, 57344)), _LOST)


def text_of(content: bytes, name: str) -> Reading:
    """The text of a file, or of what was pasted, every place in it the same as read.

    Raises Unreadable, with the sentence to show: a scan, a locked file, no text, a book.
    """
    read = read_bytes(content, name)
    return Reading(read.text.translate(_UNKEPT), read.noise, read.name, read.format)


def plan_in(text: str, noise: Sequence[Span], name: str) -> Plan:
    """The plan that the reader makes of a text, with its findings.

    Raises NoPlanFound: the text lays no duty on anybody.
    """
    return checked(required(compile_reading(Reading(text, tuple(noise), name))))


def checked(plan: Plan) -> Plan:
    """The plan with what the check finds in it now."""
    return plan.with_findings(check(plan))


def held_against(upper: Plan, lower: Plan) -> dict[str, Any]:
    """The comparison of two plans as `zhitong policy compare --json` prints it."""
    found: dict[str, Any] = comparison_json(compare(upper, lower))
    return found
