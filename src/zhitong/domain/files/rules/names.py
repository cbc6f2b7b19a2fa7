"""The name of a file: as it was given, without what a name can hide, and never against what the bytes are. Pure."""

from __future__ import annotations

import re
import unicodedata

from zhitong.domain.files.rules.kinds import SERVED_AS, TAKEN, FileFormat, Unfit

LONGEST = 120
_UNNAMED = "未命名"
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_ENDING = re.compile(r"\.([0-9a-z]{1,5})$", re.IGNORECASE)


def clean_name(given: str) -> str:
    """A name of one line: no folders, no control or direction marks, none that another system forbids; never empty."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", name)).strip(" .")
    if len(name) <= LONGEST:
        return name or _UNNAMED
    ending = _ENDING.search(name)
    tail = ending[0] if ending else ""
    return name[: LONGEST - len(tail)] + tail


def name_for(name: str, format: FileFormat) -> str:
    """A clean name with an ending that fits the bytes.

    Phones call every picture .jpg and every recording .mp3: within a kind the ending is put right.
    Raises Unfit: the name says one kind and the bytes are another.
    """
    endings = SERVED_AS[format].endings
    found = _ENDING.search(name)
    said = found[1].lower() if found else ""
    if said in endings:
        return name
    if found and _same_kind(said, format):
        return f"{name[: found.start()]}.{endings[0]}"
    if found and not said.isdigit():
        raise Unfit(
            f"的名称以.{said}结尾，内容却是{format.label}", f"请确认是不是选错了文件；没有选错的，把名称结尾改为.{endings[0]}再传"
        )
    return f"{name}.{endings[0]}"


def _same_kind(ending: str, format: FileFormat) -> bool:
    kind = SERVED_AS[format].kind
    if FileFormat.TEXT is format or ending in ("pdf", "docx", "xlsx", "txt", "csv"):
        return False
    return any(ending in serving.endings for serving in SERVED_AS.values() if serving.kind is kind)


def unknown_kind() -> Unfit:
    """Bytes of no format that is taken."""
    return Unfit("不是可以上传的文件类型", f"可以上传{TAKEN}")
