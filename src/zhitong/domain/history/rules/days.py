"""The digest of a day: the last seal that stood at its end, as a file to keep elsewhere and as words to put on paper. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from zhitong.domain.history.rules.facts import plain
from zhitong.domain.history.rules.seals import DIGEST_BYTES, Head, in_groups
from zhitong.kit.refusals import BadInput

FORM = 1


class NoDayFile(BadInput):
    """The file is not one that was exported for a day."""

    def __init__(self) -> None:
        super().__init__("这不是每日封存摘要文件。请使用状态文件夹 seals 里或“留痕审计”页面下载的 JSON 文件。")


@dataclass(frozen=True, slots=True)
class DaySeal:
    """The seal that closes a day: all facts sealed until then hang on its digest."""

    day: date
    head: Head

    @property
    def facts(self) -> int:
        """How many facts hang on it."""
        return self.head.total

    @property
    def name(self) -> str:
        """What the day's file is called."""
        return f"{self.day.isoformat()}.json"

    @property
    def text(self) -> str:
        """The file: JSON of one object, with the digest also in groups of four as it is printed and read aloud."""
        head = self.head
        form = {
            "v": FORM, "day": self.day.isoformat(), "seal": head.number, "facts": self.facts,
            "algorithm": str(head.algorithm.value), "digest": head.digest.hex(), "sealed_at": plain(head.at),
            "words": in_groups(head.digest),
        }
        return json.dumps(form, ensure_ascii=False, indent=2) + "\n"

    @property
    def sentence(self) -> str:
        """The day's seal for a paper that is signed and filed."""
        head = self.head
        return (
            f"截至{self.day.year}年{self.day.month}月{self.day.day}日，共封存留痕 {self.facts} 条，"
            f"最后一号为第 {head.number} 号，{head.algorithm.label} 摘要：{in_groups(head.digest)}"
        )


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """What a day's file says: under which number the chain must have which digest."""

    number: int
    digest: bytes


def read_day(text: str) -> KeptDigest:
    """What a day's file holds the chain to. Raises NoDayFile."""
    try:
        form = json.loads(text)
        number, digest = form["seal"], bytes.fromhex(form["digest"])
    except (ValueError, TypeError, KeyError) as error:
        raise NoDayFile from error
    if not isinstance(number, int) or len(digest) != DIGEST_BYTES:
        raise NoDayFile
    return KeptDigest(number, digest)
