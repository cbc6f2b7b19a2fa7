"""Services that know people for us (统一身份认证), as an operator writes them into one setting, and how a person is found. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from zhitong.kit.choices import Word

CLAIM, SCOPE = "preferred_username", "openid profile"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_TEXTS = ("key", "name", "issuer", "client_id", "client_secret")
_LONGEST = {"name": 20, "issuer": 255, "client_id": 255, "client_secret": 255}
_HERE = ("127.0.0.1", "localhost", "::1")


class Match(Word):
    """By which field of a person a claim finds him the first time."""

    LOGIN = "login", "登录名"
    PHONE = "phone", "手机号码"
    NONE = "none", "不自动对应"


class WrongService(ValueError):
    """What is written of a service cannot be used; the text says what and where."""


@dataclass(frozen=True, slots=True)
class SignInService:
    """One service: what it is called, how it knows us, which claim names the person, and which words say that two things
    were proved there (`amr` or `acr`; none: its word counts as one)."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    claim: str
    matches: Match
    scope: str
    second_factor: frozenset[str]


def services_of(text: str) -> tuple[SignInService, ...]:
    """The services of a setting: a JSON list of objects. Raises WrongService."""
    if not text:
        return ()
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise WrongService("应为 JSON 列表") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongService("应为 JSON 列表，每个服务一个对象")
    found = tuple(_service(number, row) for number, row in enumerate(rows, start=1))
    for what in ("key", "issuer"):
        told = [getattr(one, what) for one in found]
        if len(set(told)) < len(told):
            raise WrongService(f"各服务的 {what} 不能相同")
    return found


def named_by(service: SignInService, claims: Mapping[str, Any]) -> str:
    """What the claim says that names the person; empty where it says nothing, or a phone that nobody has verified."""
    said = claims.get(service.claim)
    if service.claim == "phone_number" and claims.get("phone_number_verified") is not True:
        return ""
    text = said.strip() if isinstance(said, str) else ""
    return _phone(text) if service.matches is Match.PHONE else text


def is_twice_proved(service: SignInService, claims: Mapping[str, Any]) -> bool:
    """Whether the service says that the person proved two things there, in one of the words agreed for it."""
    methods = claims.get("amr")
    said = {one for one in (*(methods if isinstance(methods, list) else ()), claims.get("acr")) if isinstance(one, str)}
    return not service.second_factor.isdisjoint(said)


def _service(number: int, row: dict[str, Any]) -> SignInService:
    """One service. Raises WrongService."""
    if strange := set(row) - {*_TEXTS, "claim", "matches", "scope", "second_factor"}:
        raise WrongService(f"第{number}个服务里不认识“{sorted(strange)[0]}”")
    texts = {name: row.get(name) for name in _TEXTS}
    for name, said in texts.items():
        if not isinstance(said, str) or not 0 < len(said.strip()) <= _LONGEST.get(name, 20):
            raise WrongService(f"第{number}个服务的 {name} 没有填，或者太长")
    words = row.get("second_factor", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise WrongService(f"第{number}个服务的 second_factor 应为列表，如 [\"mfa\"]")
    plain = {name: str(said).strip() for name, said in texts.items()}
    _look_at(number, plain["key"], plain["issuer"])
    return SignInService(
        **plain, claim=str(row.get("claim", CLAIM)), matches=_match(number, row.get("matches", Match.LOGIN.value)),
        scope=str(row.get("scope", SCOPE)), second_factor=frozenset(words),
    )


def _look_at(number: int, key: str, issuer: str) -> None:
    if not _KEY.fullmatch(key):
        raise WrongService(f"第{number}个服务的 key 只能用小写字母、数字和短横，最多20个")
    parts = urlsplit(issuer)
    if not parts.hostname or parts.query or parts.fragment or not (parts.scheme == "https" or parts.hostname in _HERE):
        raise WrongService(f"第{number}个服务的 issuer 应为 https:// 开头的网址")


def _match(number: int, said: object) -> Match:
    try:
        return Match(str(said))
    except ValueError as error:
        raise WrongService(f"第{number}个服务的 matches 应为 {'、'.join(str(one) for one in Match)} 之一") from error


def _phone(text: str) -> str:
    """A number as people's numbers are kept: without blanks, dashes and the country's +86."""
    return re.sub(r"^(?:\+|00)86", "", re.sub(r"[\s-]", "", text))
