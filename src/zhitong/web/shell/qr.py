"""QR codes as drawings within the page: paths only, no style and no script."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

_MASK = 2
"""Any of the eight masks is read alike; trying all to find the evenest costs three times as long."""


def qr_drawn(text: str) -> SafeString:
    """A text of our own as a QR code to hold a phone before."""
    code = segno.make(text, error="m", mask=_MASK, boost_error=False, micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2))  # noqa: S308 - drawn by us: squares, none of the text
