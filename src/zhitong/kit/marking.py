"""A mark put into a finished file without making it anew: what it says of itself, never a word of its content.

Workbooks and Word files get it among their properties, PDFs in their document information, archives as their comment
and as a text of their own. What was in the file stays byte for byte where it was; the mark is added at the end.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import IO

OFFICE = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
PDF, ZIP = "application/pdf", "application/zip"
NOTE = "导出编号.txt"
"""The text in an archive that says who took it out."""
_CORE = "docProps/core.xml"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"></cp:coreProperties>'
)
_END = "</cp:coreProperties>"
_OPENING = '<dc:description xmlns:dc="http://purl.org/dc/elements/1.1/">'
_DESCRIPTION = re.compile(r"<dc:description(?:\s[^>]*)?(?:/>|>(.*?)</dc:description>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of an export, and the line that says it with who took it out, as which post, when."""

    number: str
    line: str


def mark_office(file: IO[bytes], mark: Mark) -> None:
    """Put the mark among the properties of a workbook or Word file, as its comment; one that says it already stays as it is.

    Only the part of the properties is written anew: the cost does not grow with the file.
    """
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        names = set(package.namelist())
        core = package.read(_CORE).decode() if _CORE in names else ""
        if mark.number in core:
            return
        if not core:
            _put(package, _TYPES, _before(package.read(_TYPES).decode(), "</Types>", (
                f'<Override PartName="/{_CORE}" ContentType="{_CORE_TYPE}"/>'
            )))
            _put(package, _RELATIONS, _before(package.read(_RELATIONS).decode(), "</Relationships>", (
                f'<Relationship Id="rIdMark" Type="{_CORE_RELATION}" Target="{_CORE}"/>'
            )))
        _put(package, _CORE, _said(core if _END in core else _EMPTY, mark.line))


def _said(core: str, line: str) -> str:
    """The properties with the line as their description, after what stood there."""
    found = _DESCRIPTION.search(core)
    before = (found[1] or "") if found else ""
    core = _DESCRIPTION.sub("", core, count=1)
    return _before(core, _END, f"{_OPENING}{f'{before}；' if before else ''}{escape(line, quote=False)}</dc:description>")


def _before(text: str, ending: str, part: str) -> str:
    place = text.rindex(ending)
    return text[:place] + part + text[place:]


def _put(package: zipfile.ZipFile, name: str, text: str) -> None:
    """Write a part anew: the list at the end of the file names the new one alone."""
    if (known := package.NameToInfo.pop(name, None)) is not None:
        package.filelist.remove(known)
    package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)


def mark_pdf(file: IO[bytes], mark: Mark) -> None:
    """Put the mark into the document information of a PDF, by an update at its end."""
    from pypdf import PdfWriter  # a quarter of a second, for those alone who ask for a file

    written = PdfWriter(BytesIO(file.read()), incremental=True)
    written.add_metadata({"/Subject": mark.line, "/ZhitongExport": mark.number})
    changed = BytesIO()
    written.write(changed)
    file.seek(0)
    file.write(changed.getvalue())


def mark_archive(file: IO[bytes], mark: Mark) -> None:
    """Say the mark in a text beside the other files of an archive, and as the comment of the archive."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        _put(package, NOTE, f"{mark.line}\n")
        package.comment = mark.line.encode()[:1024]


MARKED_BY: Mapping[str, Callable[[IO[bytes], Mark], None]] = {
    **dict.fromkeys(OFFICE, mark_office), PDF: mark_pdf, ZIP: mark_archive,
}
"""By media type: how a file of it is marked. What is not here has no place for a mark that its readers pass over."""
