"""Words in Word: every run names its Chinese face, every counted number stands in a content control that carries its key."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhitong.kit.official.measures import LATIN, Face
from zhitong.kit.official.ooxml.markup import element
from zhitong.kit.official.ooxml.paper import Paper
from zhitong.kit.official.shapes import Figure, Piece
from zhitong.kit.texts import storable

_LONGEST_TAG = 64
_SHADE = "D9D9D9"
_SAID_OF_FIGURES = "系统统计的数字"


def tag_of(key: str) -> str:
    """The tag under which a key stands in Word, which takes 64 signs; a longer key goes by its digest."""
    return key if len(key) <= _LONGEST_TAG else f"sha256:{hashlib.sha256(key.encode()).hexdigest()[:48]}"


def put_words(
    paragraph: Paragraph, words: str, face: Face, size: float, *, colour: str = "", bold: bool = False, squeezed: float = 1.0
) -> None:
    """Add words in one face and size (points); `squeezed` is how far they are drawn together, 1 for not at all."""
    _dress(paragraph.add_run(storable(words)), face, size, colour, bold, squeezed)


def put_pieces(paper: Paper, paragraph: Paragraph, pieces: Sequence[Piece], face: Face, size: float) -> None:
    """Add words and bound numbers; in a draft numbers are underlined, and shaded where they changed: both print in black."""
    for piece in pieces:
        if isinstance(piece, Figure):
            _put_figure(paper, paragraph, piece, face, size)
        else:
            put_words(paragraph, piece, face, size)


def _put_figure(paper: Paper, paragraph: Paragraph, figure: Figure, face: Face, size: float) -> None:
    run = paragraph.add_run(storable(figure.text))
    _dress(run, face, size, "", False, 1.0)
    if paper.is_draft:
        _mark(run, figure.is_changed)
    properties = element(
        "sdtPr", element("alias", val=_SAID_OF_FIGURES), element("tag", val=tag_of(storable(figure.key))),
        element("id", val=paper.next_number()), element("text"),
    )  # fmt: skip
    control = element("sdt", properties, element("sdtContent"))
    run._r.addprevious(control)
    control[-1].append(run._r)


def _dress(run: Run, face: Face, size: float, colour: str, bold: bool, squeezed: float) -> None:
    properties: Any = run._r.get_or_add_rPr()
    latin = face.value if face is Face.SONG else LATIN
    properties.append(element("rFonts", ascii=latin, hAnsi=latin, eastAsia=face.value, cs=latin, hint="eastAsia"))
    if bold:
        properties.append(element("b"))
    if colour:
        properties.append(element("color", val=colour))
    if squeezed < 1:
        properties.append(element("w", val=max(1, int(squeezed * 100))))
    properties.extend([element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))])


def _mark(run: Run, is_changed: bool) -> None:
    properties: Any = run._r.get_or_add_rPr()
    properties.append(element("u", val="double" if is_changed else "single"))
    if is_changed:
        properties.append(element("shd", val="clear", color="auto", fill=_SHADE))
