"""An office's own Word file as a template: which fields it may carry, which it must, and what makes it unfit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from zhitong.kit.official.fillable import FIELDS, TEXT, required_fields
from zhitong.kit.official.ooxml.fields import FIELD, name_in, paragraphs_of, stands_alone, text_of
from zhitong.kit.official.shapes import Style
from zhitong.kit.refusals import BadInput

_FETCHES = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|MACROBUTTON|RD)\b", re.IGNORECASE)
_CARRIES = re.compile(r"/word/(embeddings|activeX|afchunk|vbaProject)", re.IGNORECASE)
_WAY_ON = "改好后重新上传。"


@dataclass(frozen=True, slots=True)
class Found:
    """The fields a template carries, in the order of `FIELDS`, and names between braces that are none."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def opened(content: bytes) -> WordDocument:
    """A Word file as python-docx reads it. Raises BadInput: it is none, or is damaged."""
    try:
        return docx.Document(BytesIO(content))
    except Exception as broken:  # python-docx raises what its parts raise on bytes of strangers
        raise _unfit("这个文件打不开，不是完整的Word文档（.docx）。请用Word或WPS另存为.docx后再上传。") from broken


def fields_of(word: WordDocument) -> Found:
    """The fields of an opened template."""
    named = [name_in(found) for paragraph in paragraphs_of(word) for found in FIELD.finditer(text_of(paragraph))]
    return Found(tuple(name for name in FIELDS if name in named), tuple(dict.fromkeys(name for name in named if name not in FIELDS)))


def must_serve(content: bytes, style: Style) -> Found:
    """The fields of a template that can be filled for papers of a style. The archive has been examined before.

    Raises BadInput: it is no Word file, fetches or carries something from elsewhere, lacks fields, has unknown ones, or has
    正文 among other words.
    """
    word = opened(content)
    _must_be_quiet(word)
    found = fields_of(word)
    missing = [name for name in required_fields(style) if name not in found.known]
    if missing:
        raise _unfit(f"模板里缺少{_named(missing)}。请在要填写的位置打上这些标记，{_WAY_ON}")
    if found.unknown:
        raise _unfit(f"模板里的{_named(found.unknown)}系统不认识。可用的标记有：{'、'.join(FIELDS)}。请{_WAY_ON}")
    alone = [paragraph for paragraph in word.element.body.iterchildren(qn("w:p")) if stands_alone(paragraph, TEXT)]
    if len(alone) != 1:
        raise _unfit(f"“{{{{{TEXT}}}}}”要单独占一段，不放在表格和文本框里，并且只出现一次。请{_WAY_ON}")
    return found


def _named(names: list[str] | tuple[str, ...]) -> str:
    return "、".join(f"{{{{{name}}}}}" for name in names)


def _must_be_quiet(word: WordDocument) -> None:
    """Nothing in it that is fetched from elsewhere when it is opened, and nothing that runs."""
    for part in word.part.package.iter_parts():
        if _CARRIES.search(part.partname):
            raise _unfit(f"模板里夹带了别的文件或控件，不能使用。请删去嵌入的对象，{_WAY_ON}")
        for relation in part.rels.values():
            if relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise _unfit(f"模板里链接了外部的图片或文件，打开时会去别处取内容，不能使用。请改为直接插入，{_WAY_ON}")
        if _FETCHES.search(_instructions(part)):
            raise _unfit(f"模板里有取外部内容的域，不能使用。请删去后改为文字，{_WAY_ON}")


def _instructions(part: object) -> str:
    """What the fields of Word itself in a part are told to do."""
    root = getattr(part, "element", None)
    if root is None:
        return ""
    told = [node.text or "" for node in root.iter(qn("w:instrText"))]
    return " ".join([*told, *(node.get(qn("w:instr"), "") for node in root.iter(qn("w:fldSimple")))])


def _unfit(sentence: str) -> BadInput:
    return BadInput(sentence, {"template": sentence})
