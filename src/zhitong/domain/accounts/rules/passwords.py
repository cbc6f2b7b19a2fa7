"""What a password must be like, and whether it may still be used. Pure; each refusal names its rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from zhitong.domain.accounts.rules.protection import Protection

LONGEST = 128
FEWEST_DIFFERENT = 5
SHORTEST_NAME = 3
"""A login shorter than this is found in many good passwords by chance; names of two signs count as they are."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz"
KINDS = ("小写字母", "大写字母", "数字", "符号或汉字")


def password_trouble(password: str, protection: Protection, *, login: str, name: str) -> str:
    """Why a password may not be taken, as one sentence with its rule; empty when it may."""
    if len(password) < protection.password_length:
        return f"密码至少{protection.password_length}位，现在是{len(password)}位。"
    if len(password) > LONGEST:
        return f"密码最多{LONGEST}位。"
    if kinds_in(password) < protection.password_kinds:
        return f"密码要有{'、'.join(KINDS)}中的至少{protection.password_kinds}种，现在有{kinds_in(password)}种。"
    if len(set(password)) < FEWEST_DIFFERENT:
        return "密码里重复的字符太多，请换一个。"
    if _says(password, login, SHORTEST_NAME) or _says(password, name, 2):
        return "密码里不能有登录名或姓名，请换一个。"
    return ""


def kinds_in(password: str) -> int:
    """How many of the four kinds of characters a password has."""
    kinds = {
        0 if one.islower() else 1 if one.isupper() else 2 if one.isdigit() else 3 for one in password if not one.isspace()
    }
    return len(kinds)


def is_expired(set_at: datetime, protection: Protection, now: datetime) -> bool:
    """Whether a password set then must be changed now."""
    return bool(protection.password_days) and now - set_at > timedelta(days=protection.password_days)


def expires_at(set_at: datetime, protection: Protection) -> datetime | None:
    """Until when a password set then may be used; None where none expires."""
    return set_at + timedelta(days=protection.password_days) if protection.password_days else None


def rules_in_words(protection: Protection) -> str:
    """The rules as the example beneath a field says them."""
    history = f"，不能与最近{protection.password_history}次用过的相同" if protection.password_history else ""
    return (
        f"至少{protection.password_length}位，{'、'.join(KINDS)}中至少{protection.password_kinds}种，"
        f"不含登录名和姓名{history}。"
    )


def initial_password(draw: Sequence[int]) -> str:
    """A password to be read out over the telephone once, from numbers drawn by lot: three groups of four signs and a capital."""
    signs = [ALPHABET[number % len(ALPHABET)] for number in draw[:8]]
    figures = "".join(str(2 + number % 8) for number in draw[8:12])
    return f"{''.join(signs[:4]).capitalize()}-{''.join(signs[4:])}-{figures}"


def _says(password: str, word: str, least: int) -> bool:
    plain, said = (unicodedata.normalize("NFKC", one).casefold() for one in (password, word.strip()))
    return len(said) >= least and (said in plain or said[::-1] in plain)
