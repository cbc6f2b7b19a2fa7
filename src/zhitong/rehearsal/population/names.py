"""Invented names: of firms, projects, platforms and people; the same draw gives the same name. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable

from zhitong.domain.subjects.rules.codes import check_character
from zhitong.rehearsal.chance import MARK

_FIRST = "恒鑫宏华瑞盛泰安兴隆润丰金海天源广佳诚信永昌德嘉中科冀东北方新远凯达旭日晟博启航众合"
_SECOND = "通达源泰盛辉龙润丰祥瑞铭宇航诚昊阳峰腾跃邦维鼎立德利康川岳钧锐晟图远博正嘉翔和业"
_FORMS = ("有限公司", "有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁建国志文海东晓燕丽静敏慧芳玉兰红霞"

# Organisation codes that begin so have not been handed out to anybody; what is invented can meet no real firm.
_UNUSED = "MAY"
_SPREAD, _SERIALS = 7919, 100_000
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Namer:
    """Hands out names and codes, each once."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._given: set[str] = set()
        self._serial = 0

    def firm(self, place: str, word: str) -> str:
        """A firm of a place: 演示任丘恒通管道装备有限公司."""
        return self._once(lambda: f"{MARK}{place}{self._brand()}{word}{self._draw.choice(_FORMS)}")

    def project(self, place: str, word: str) -> str:
        """A project of a place."""
        return self._once(lambda: f"{MARK}{place}{self._brand()}{word}项目")

    def platform(self, place: str, word: str) -> str:
        """A platform of a place."""
        return self._once(lambda: f"{MARK}{place}{self._brand()}{word}")

    def credit_code(self, division: str) -> str:
        """A unified social credit code of an enterprise registered in a division (six digits); both check digits hold."""
        body = _UNUSED + f"{self._next():05d}"
        first = f"91{division}{body}{_organisation_check(body)}"
        return first + check_character(first)

    def project_code(self, division: str, year: int) -> str:
        """A code as the investment platform gives them: year, division, sector, nature, serial."""
        return f"{year}-{division}-{self._draw.randint(13, 78)}-03-{self._next():06d}"

    def _next(self) -> int:
        self._serial += 1
        return self._serial * _SPREAD % _SERIALS

    def _brand(self) -> str:
        return self._draw.choice(_FIRST) + self._draw.choice(_SECOND)

    def _once(self, make: Callable[[], str]) -> str:
        while (name := make()) in self._given:
            pass
        self._given.add(name)
        return name


def person(draw: random.Random) -> str:
    """A person: 演示 and a name of two or three signs."""
    given = "".join(draw.sample(_GIVEN, draw.choice((1, 2, 2))))
    return f"{MARK}{draw.choice(_SURNAMES)}{given}"


def _organisation_check(body: str) -> str:
    """The check sign of an organisation code (GB 11714)."""
    total = sum(_ALPHABET.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
