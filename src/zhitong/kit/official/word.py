"""A paper as a Word document in the layout of GB/T 9704-2012; the same paper gives the same bytes."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument

from zhitong.kit.official.measures import BODY_PT, NARROW_TABLE_PT, Face, text_mm
from zhitong.kit.official.ooxml.blocks import put_block
from zhitong.kit.official.ooxml.feet import put_attachments, put_note, put_record, put_signature
from zhitong.kit.official.ooxml.filling import fill
from zhitong.kit.official.ooxml.heads import put_head, put_title
from zhitong.kit.official.ooxml.pages import begin_section, number_pages
from zhitong.kit.official.ooxml.paper import Paper
from zhitong.kit.official.ooxml.runs import put_words
from zhitong.kit.official.ooxml.styles import add_styles, put_styles
from zhitong.kit.official.shapes import Document
from zhitong.kit.official.templates import opened
from zhitong.kit.official.wording import DRAFT_LEGEND, PRODUCER, addressed, annex_labels, is_addressed
from zhitong.kit.texts import storable

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)


def written(document: Document, template: bytes | None = None) -> bytes:
    """The paper as a .docx. Every counted number stands in a content control tagged with its key.

    `template` is an office's own Word file with fields in it (`templates`): its pages and styles are kept, its fields filled.
    Annexes follow it in the standard's layout.
    Raises BadInput: the template is no Word file.
    """
    word = docx.Document() if template is None else opened(template)
    paper = Paper(word, document.is_draft)
    if template is None:
        put_styles(word)
        _put_paper(paper, document)
    else:
        add_styles(word)
        fill(paper, document)
    for place, (annex, label) in enumerate(zip(document.appended, annex_labels(document), strict=True), start=1):
        _put_annex(paper, annex, place, label)
    if template is None:
        last = document.appended[-1] if document.appended else document
        put_record(paper, document, text_mm(last.is_landscape))
    return _saved(word, document)


def _put_paper(paper: Paper, document: Document) -> None:
    section = begin_section(paper, is_landscape=document.is_landscape, is_first=True)
    put_head(paper, document, section)
    number_pages(section)
    if document.is_draft:
        put_words(paper.paragraph(), DRAFT_LEGEND, Face.KAI, NARROW_TABLE_PT)
    put_title(paper, document, name="zt_title")
    _put_text(paper, document, "b")


def _put_text(paper: Paper, document: Document, prefix: str) -> None:
    """Address, text, names of annexes, signature and note; blocks are named after `prefix` and their place."""
    paper.blank()
    before = paper.word.paragraphs[-1]
    if is_addressed(document):
        before = paper.paragraph()
        put_words(before, addressed(document.recipients), Face.BODY, BODY_PT)
    paper.bookmark(before, f"zt_from_{prefix}")
    for place, block in enumerate(document.blocks):
        put_block(paper, block, f"zt_{prefix}_{place}", text_mm(document.is_landscape))
    paper.pending = f"zt_to_{prefix}"
    put_attachments(paper, document.attachments)
    put_signature(paper, document)
    put_note(paper, document.note)


def _put_annex(paper: Paper, annex: Document, place: int, label: str) -> None:
    """An annex from a new page: its label in the first line, its title in the third; a paper bound with it has no label."""
    section = begin_section(paper, is_landscape=annex.is_landscape, is_first=False)
    number_pages(section)
    if label:
        put_words(paper.paragraph(), label, Face.BLACK, BODY_PT)
        paper.blank()
    put_title(paper, annex, name=f"zt_a{place}_title")
    _put_text(paper, annex, f"a{place}")


def _saved(word: WordDocument, document: Document) -> bytes:
    """The bytes, with our name and no person's, no times but those of the paper, the archive's members dated alike."""
    said, at = word.core_properties, document.cut_off or _UNDATED
    said.title, said.author, said.last_modified_by, said.comments = storable(document.title)[:255], PRODUCER, PRODUCER, ""
    said.language, said.keywords, said.subject, said.revision = "zh-CN", "", "", 1
    said.created = said.modified = at.astimezone(UTC).replace(tzinfo=None)
    packed = BytesIO()
    word.save(packed)
    return _dated_alike(packed)


def _dated_alike(packed: BytesIO) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(packed) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            kept.writestr(zipfile.ZipInfo(entry.filename, _ZIP_DAY), made.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
