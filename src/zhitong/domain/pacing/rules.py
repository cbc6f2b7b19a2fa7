"""What is asked, by whom, and how fast each may go on. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from zhitong.kit.choices import Word

MINUTE = timedelta(minutes=1)
TOGETHER = 10
"""So many looks are taken from the bucket at a time: nine of ten then cost nothing. What one process took and did not use,
another has not: the limit may be met that much early, never late."""
MOST_A_MINUTE = 100_000


class Asking(Word):
    """What a request asks for, by what it costs."""

    READ = "read", "查看"
    ACT = "act", "办理"
    SEARCH = "search", "搜索"
    EXPORT = "export", "导出"
    UPLOAD = "upload", "上传"


class Asker(Word):
    """Who asks: the person signed in, whatever post he acts as; the address of who is not; the key of a program."""

    PERSON = "person", "登录的人"
    ADDRESS = "address", "来访地址"
    KEY = "key", "接口密钥"


@dataclass(frozen=True, slots=True)
class Pace:
    """So many a minute in the long run, and as many of them at once as `at_once`."""

    a_minute: int
    at_once: int

    @property
    def each(self) -> timedelta:
        """How long it takes until one more may be asked."""
        return MINUTE / self.a_minute

    @property
    def room(self) -> timedelta:
        """How far ahead of time one may be."""
        return self.each * self.at_once


PACES: Mapping[Asking, Pace] = {
    Asking.READ: Pace(600, 120), Asking.ACT: Pace(120, 60), Asking.SEARCH: Pace(60, 30), Asking.EXPORT: Pace(20, 20),
    Asking.UPLOAD: Pace(60, 40),
}
"""Faster than anybody reads, writes and sends by hand (本系统设定)."""
SEVERAL = {Asker.PERSON: 1, Asker.ADDRESS: 5, Asker.KEY: 5}
"""Behind one address sit many people, and a program does the work of several."""

_DOCUMENT = re.compile(
    r"\.(?:xlsx|docx|pdf|zip|csv)$|/(?:papers?|sheets?|word|pdf|file|proof|download|archive|dossier|export)/?$|^/api/v1/bulletins/"
)
_SEARCH = ("/search/", "/api/v1/search")
_LOOKING = ("GET", "HEAD", "OPTIONS")


def asking_in(method: str, path: str, *, wants_export: bool, has_files: bool) -> Asking:
    """What a request asks for, told from its line and its kind of body alone, before anything of it is read."""
    if method not in _LOOKING:
        return Asking.UPLOAD if has_files else Asking.ACT
    if wants_export or _DOCUMENT.search(path):
        return Asking.EXPORT
    return Asking.SEARCH if path.startswith(_SEARCH) else Asking.READ


def pace_of(paces: Mapping[Asking, Pace], asking: Asking, asker: Asker) -> Pace:
    """How fast this asker may ask this."""
    pace, several = paces[asking], SEVERAL[asker]
    return Pace(pace.a_minute * several, pace.at_once * several)


def paces_from(text: str) -> dict[Asking, Pace]:
    """The usual paces with what an operator sets otherwise: `read=1200,export=10`, so many a minute.

    What may be asked at once changes in proportion. Raises ValueError: no such kind, or no number from 1 to MOST_A_MINUTE.
    """
    found = dict(PACES)
    for part in filter(None, (part.strip() for part in text.split(","))):
        word, _equals, figure = part.partition("=")
        asking = Asking(word.strip())
        a_minute = int(figure)
        if not 1 <= a_minute <= MOST_A_MINUTE:
            raise ValueError(figure)
        found[asking] = Pace(a_minute, max(1, PACES[asking].at_once * a_minute // PACES[asking].a_minute))
    return found
