"""The formats that are taken, what each is called and served as, and how much may be sent. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from zhitong.kit.choices import Word

MEBIBYTE = 1024 * 1024
MOST_BYTES = 20 * MEBIBYTE
MOST_FILES = 9
"""As many as WeChat lets one choose at a time."""
MOST_WAITING = 60
"""Stored by one unit and attached to nothing: enough for whoever works, too few to fill a disk with."""
LONGEST_VOICE = timedelta(minutes=10)
ATTACH_WITHIN = timedelta(hours=24)
"""A file that is attached to nothing by then is dropped."""


class FileKind(Word):
    """What a person calls a file."""

    PHOTO = "photo", "照片"
    VOICE = "voice", "录音"
    PAPER = "paper", "文档"


class FileFormat(Word):
    """What the bytes of a file are."""

    JPEG = "jpeg", "JPG照片"
    PNG = "png", "PNG图片"
    WEBP = "webp", "WebP图片"
    MP3 = "mp3", "MP3录音"
    M4A = "m4a", "M4A录音"
    AAC = "aac", "AAC录音"
    AMR = "amr", "AMR录音"
    WAV = "wav", "WAV录音"
    OGG = "ogg", "OGG录音"
    PDF = "pdf", "PDF文档"
    DOCX = "docx", "Word文档"
    XLSX = "xlsx", "Excel表格"
    TEXT = "text", "文本"


@dataclass(frozen=True, slots=True)
class Serving:
    """How a format is named and served; the first ending is given to a file that came without one."""

    kind: FileKind
    media_type: str
    endings: tuple[str, ...]


class Verdict(Word):
    """What the scanner of the operator said of the bytes; nobody opens those that wait or are infected."""

    UNJUDGED = "unjudged", "未查毒"
    WAITING = "waiting", "等待查毒"
    CLEAN = "clean", "查毒通过"
    INFECTED = "infected", "查出病毒"


SERVED_AS: dict[FileFormat, Serving] = {
    FileFormat.JPEG: Serving(FileKind.PHOTO, "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    FileFormat.PNG: Serving(FileKind.PHOTO, "image/png", ("png",)),
    FileFormat.WEBP: Serving(FileKind.PHOTO, "image/webp", ("webp",)),
    FileFormat.MP3: Serving(FileKind.VOICE, "audio/mpeg", ("mp3",)),
    FileFormat.M4A: Serving(FileKind.VOICE, "audio/mp4", ("m4a", "mp4", "3gp", "3gpp")),
    FileFormat.AAC: Serving(FileKind.VOICE, "audio/aac", ("aac",)),
    FileFormat.AMR: Serving(FileKind.VOICE, "audio/amr", ("amr",)),
    FileFormat.WAV: Serving(FileKind.VOICE, "audio/wav", ("wav",)),
    FileFormat.OGG: Serving(FileKind.VOICE, "audio/ogg", ("ogg", "oga", "opus")),
    FileFormat.PDF: Serving(FileKind.PAPER, "application/pdf", ("pdf",)),
    FileFormat.DOCX: Serving(
        FileKind.PAPER, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)
    ),
    FileFormat.XLSX: Serving(
        FileKind.PAPER, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)
    ),
    FileFormat.TEXT: Serving(FileKind.PAPER, "text/plain; charset=utf-8", ("txt", "csv")),
}

TAKEN = "照片（JPG、PNG、WebP）、录音（MP3、M4A、AAC、AMR、WAV、OGG）、PDF、Word（docx）、Excel（xlsx）和文本（TXT、CSV）"


class Unfit(ValueError):
    """Bytes that are not taken: `reason` follows the file's name, `way_on` says what to do."""

    def __init__(self, reason: str, way_on: str) -> None:
        super().__init__(reason)
        self.reason, self.way_on = reason, way_on

    def sentence(self, name: str) -> str:
        """The refusal, naming the file."""
        return f"“{name}”{self.reason}。{self.way_on}。"


@contextmanager
def read_as(format: FileFormat) -> Iterator[None]:
    """Around a library that reads bytes of strangers: whatever it stumbles over, the file is broken.

    Libraries raise what they like on bytes made to break them; the cause stays with the refusal.
    """
    try:
        yield
    except (Unfit, MemoryError):
        raise
    except Exception as error:
        raise damaged(format) from error


def too_many_waiting() -> Unfit:
    """One more than a unit may leave unattached."""
    return Unfit("没有收下", f"本单位已有{MOST_WAITING}个附件传上来没有用，请先提交用上，或者明天再传")


def damaged(format: FileFormat) -> Unfit:
    """What begins like a format and cannot be read as one."""
    return Unfit(f"打不开，不是完整的{format.label}", "请在手机或电脑上打开看看，重新保存后再传")
