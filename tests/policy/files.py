"""Files of offices made by hand: Word documents, PDF pages and web pages, as small as they can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

DOCUMENTS = Path(__file__).parent / "documents"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document(name: str) -> str:
    """An invented paper in a notation of its own."""
    return (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip package."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A .docx with this body; numbering and styles by name."""
    document_part = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    others = {f"word/{name}.xml": part for name, part in parts.items()}
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document_part, **others})


def paragraph(text: str, properties: str = "") -> str:
    """One paragraph of plain words."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def word_of(text: str) -> bytes:
    """A .docx with one paragraph for each line."""
    return word("".join(paragraph(line) for line in text.splitlines()))


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages print these lines; no letters are embedded, but each code says which character it is."""
    font = "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>"
    system = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    descendant = f"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo{system}/DW 1000>>"
    signs = sorted({sign for lines in pages for line in lines for sign in line})
    codes = "\n".join(f"<{ord(sign):04x}> <{ord(sign):04x}>" for sign in signs)
    cmap = (
        "begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(signs)} beginbfchar\n{codes}\nendbfchar\nendcmap"
    )
    numbers = [7 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>", 2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>", 4: font, 5: descendant,
        6: f"<</Length {len(cmap)}>>\nstream\n{cmap}\nendstream",
    }
    for number, lines in zip(numbers, pages, strict=True):
        shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in lines)
        stream = f"BT /F 12 Tf 14 TL 60 780 Td\n{shown}\nET"
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents {number + 1} 0 R>>"
        )
        objects[number + 1] = f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream"
    return _written(objects)


def _written(objects: Mapping[int, str]) -> bytes:
    content = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(content)
        content += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(content)
    content += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        content += f"{number} 1\n{place:010} 00000 n \n".encode()
    content += f"trailer\n<</Size {max(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(content)
