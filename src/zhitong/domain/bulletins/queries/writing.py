"""A finished paper as a file: what it is called, its media type, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Protocol

from zhitong.domain.bulletins.rules.catalogue import Format
from zhitong.kit.official.shapes import Document

MEDIA_TYPES: Mapping[Format, str] = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
    Format.ZIP: "application/zip",
}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "-"))
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Made:
    """A paper ready to be written: the name of its file, its media type, and how to write it."""

    name: str
    media_type: str
    write: Callable[[IO[bytes]], None]


class Written(Protocol):
    """A paper that writes itself: a workbook or an archive; `title` is what its file is called."""

    @property
    def title(self) -> str:
        """What the paper is called."""
        ...

    def write(self, into: IO[bytes]) -> None:
        """Write the file; rows are read while it is written."""
        ...


def as_file(paper: Document | Written, form: Format, ending: str, template: bytes | None = None) -> Made:
    """A finished paper as a file, called by its title and the ending; Word by the office's own template, where there is one."""
    title = paper.title.translate(_NOT_IN_NAMES)[:_LONGEST_NAME]
    return Made(f"{title}-{ending}.{form.value}", MEDIA_TYPES[form], _writing(paper, form, template))


def _writing(paper: Document | Written, form: Format, template: bytes | None) -> Callable[[IO[bytes]], None]:
    if not isinstance(paper, Document):
        return paper.write
    return lambda into: _put(into, _laid_out(paper, form, template))


def _put(into: IO[bytes], content: bytes) -> None:
    into.write(content)


def _laid_out(paper: Document, form: Format, template: bytes | None) -> bytes:
    from zhitong.kit.official import pdf, word  # they take their time to load, for those alone who ask for a file

    return word.written(paper, template) if form is Format.WORD else pdf.printed(paper)
