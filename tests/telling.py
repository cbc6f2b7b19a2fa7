"""What a file tells whoever opens it: every word in a workbook, a Word file, a PDF, an archive or a plain text."""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfReader
from python_calamine import CalamineWorkbook


def words_in(content: bytes) -> str:
    """All the words of a file, whatever it is; the parts of an archive one after another, names included."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" in archive.namelist():
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
        return "\n".join(f"{name}\n{words_in(archive.read(name))}" for name in archive.namelist())
