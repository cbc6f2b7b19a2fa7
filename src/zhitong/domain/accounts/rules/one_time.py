"""One-time codes of authenticator apps: HOTP and TOTP (RFC 4226, RFC 6238), six digits, steps of thirty seconds. Pure."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS, STEP_SECONDS, DRIFT = 6, 30, 1
"""`DRIFT` is how many steps a phone's clock may be off, either way."""
ISSUER = "直通"
RECOVERY_CODES, RECOVERY_SIGNS = 10, "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 12


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of a step, with leading zeros."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def step_of(moment: datetime) -> int:
    """The step in which a moment of the world's time falls."""
    return int(moment.timestamp()) // STEP_SECONDS


def step_matching(secret: bytes, written: str, moment: datetime, *, after: int) -> int | None:
    """The step whose code was written, within the drift and later than `after`; None when it is none.

    Every step is compared, so that the time taken does not tell which one fits.
    """
    here = step_of(moment)
    fits = [
        step for step in range(here - DRIFT, here + DRIFT + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), written.encode()) and step > after
    ]
    return fits[0] if fits else None


def address_of_secret(secret: bytes, login: str) -> str:
    """What the QR code says to an authenticator app (otpauth)."""
    asked = urlencode({
        "secret": secret_in_words(secret).replace(" ", ""), "issuer": ISSUER, "algorithm": "SHA1", "digits": DIGITS,
        "period": STEP_SECONDS,
    }, quote_via=quote)  # fmt: skip
    return f"otpauth://totp/{quote(f'{ISSUER}:{login}')}?{asked}"


def secret_in_words(secret: bytes) -> str:
    """The secret as a person types it where no camera reads: base 32 in groups of four."""
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def recovery_code(drawn: str) -> str:
    """Drawn signs as they are shown: groups of four."""
    return "-".join(drawn[place : place + 4] for place in range(0, len(drawn), 4))


def plain_code(written: str) -> str:
    """A code as it is compared: without blanks and dashes, small, full-width figures made half-width."""
    halved = "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in written)
    return "".join(one for one in halved.lower() if one.isalnum())
