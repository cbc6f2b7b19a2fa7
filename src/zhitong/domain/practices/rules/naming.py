"""Which problems a text names by their numbers (冀-沧州-2018-000123). Pure."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[㐀-鿿]-[㐀-鿿]{1,12}-\d{4}-\d{6}(?!\d)")


def numbers_in(*texts: str) -> list[str]:
    """The numbers of problems that stand in texts, each once, in the order in which they come."""
    return list(dict.fromkeys(number for text in texts for number in _NUMBER.findall(text)))
