"""How a phone number is written right, and whether it can be one. Pure."""

from __future__ import annotations

import re
import unicodedata

from zhitong.domain.privacy.rules.masking import masked
from zhitong.domain.privacy.rules.words import PersonalKind

_MOBILE = re.compile(r"1[3-9]\d{9}")


def phone_written_right(text: str) -> str:
    """The number in half-width digits without spaces, dashes or the country's +86; writing it right again changes nothing."""
    narrow = re.sub(r"[\s\-_()（）·.]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(?:\+|00)86", "", narrow)


def phone_trouble(phone: str) -> str:
    """What is wrong with a number written right, as a sentence; empty when nothing is."""
    if not phone:
        return "请填写手机号码。"
    if not phone.isascii() or not phone.isdigit():
        return f"手机号码只写数字，现在是“{phone[:30]}”。"
    if len(phone) != 11:
        return f"手机号码应为11位，现在是{len(phone)}位。"
    return "" if _MOBILE.fullmatch(phone) else "这不是手机号码，请核对开头几位。"


def phone_masked(phone: str) -> str:
    """The number with its middle hidden (138****1234), as lists show it."""
    return masked(PersonalKind.CONTACT_PHONE, phone) if len(phone) == 11 else ""
