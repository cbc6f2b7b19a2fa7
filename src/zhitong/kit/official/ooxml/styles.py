"""The styles and settings of a paper in Word: only its own, in Chinese, with the faces the standard names."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from zhitong.kit.official.measures import (
    BODY_PT,
    HEADINGS,
    LATIN,
    LINE_PT,
    SMALL_PT,
    TABLE_LINE_PT,
    TABLE_PT,
    TITLE_LINE_PT,
    TITLE_PT,
    Face,
)
from zhitong.kit.official.ooxml.markup import TWIPS

BODY, FRAME, CELL, TITLE = "ZtBody", "ZtFrame", "ZtCell", "ZtTitle"
"""Styles by id: text, what stands around it, what stands in tables, the title. No office's file has ids like these."""


_OF_ANOTHER_PACKAGE = ("/thumbnail",)
_OF_ANOTHER_PAPER = ("/stylesWithEffects", "/numbering", "/customXml")
"""What python-docx's blank paper brings along, by the ends of their relations: the picture, lists and styles of another one."""


def heading_style(level: int) -> str:
    """The style of a heading of level 1 to 4."""
    return f"ZtHeading{level}"


def put_styles(word: WordDocument) -> None:
    """Replace the styles that python-docx brings by ours, and take out what it carries of another paper."""
    normal = _paragraph("Normal", "Normal", LINE_PT, Face.BODY, BODY_PT, is_default=True)
    _refill(word.styles.element, "".join((_DEFAULTS, normal, *_ours(), *_others())))
    _refill(word.settings.element, _SETTINGS)
    for owner, unwanted in ((word.part.package, _OF_ANOTHER_PACKAGE), (word.part, _OF_ANOTHER_PAPER)):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(unwanted):
                owner.rels.pop(key)


def add_styles(word: WordDocument) -> None:
    """Bring the styles of our own that an office's file lacks; what it has stays as it is."""
    had = {style.style_id for style in word.styles}
    word.styles.element.extend([style for style in _parsed("".join(_ours())) if style.styleId not in had])


def _ours() -> list[str]:
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{int(2 * BODY_PT * TWIPS)}"/>'
    return [
        _paragraph(BODY, "公文正文", LINE_PT, Face.BODY, BODY_PT, f'{indent}<w:jc w:val="both"/>'),
        _paragraph(FRAME, "公文要素", LINE_PT, Face.BODY, BODY_PT),
        _paragraph(TITLE, "公文标题", TITLE_LINE_PT, Face.TITLE, TITLE_PT, '<w:jc w:val="center"/>'),
        _paragraph(CELL, "公文表格", TABLE_LINE_PT, Face.BODY, TABLE_PT),
        *(
            _paragraph(
                heading_style(level), f"公文{level}级标题", LINE_PT, face, BODY_PT,
                f'{indent}<w:outlineLvl w:val="{level - 1}"/>', before="<w:keepNext/>",
            )
            for level, face in HEADINGS.items()
        ),
    ]  # fmt: skip


def _others() -> list[str]:
    return [
        _paragraph("Header", "header", LINE_PT, Face.BODY, BODY_PT),
        _paragraph("Footer", "footer", SMALL_PT, Face.SONG, SMALL_PT),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>",
    ]  # fmt: skip


_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"'
    f' w:eastAsia="{Face.BODY.value}"/><w:sz w:val="{int(BODY_PT * 2)}"/><w:szCs w:val="{int(BODY_PT * 2)}"/>'
    '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)


def _paragraph(
    style_id: str, name: str, line: float, face: Face, size: float, more: str = "", *, before: str = "", is_default: bool = False
) -> str:
    default = ' w:default="1"' if is_default else ""
    based = "" if is_default else '<w:basedOn w:val="Normal"/>'
    latin = Face.SONG.value if style_id == "Footer" else LATIN
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f'<w:pPr>{before}<w:widowControl w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{round(line * TWIPS)}"'
        f' w:lineRule="exact"/>{more}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{face.value}" w:cs="{LATIN}"/>'
        f'<w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/></w:rPr></w:style>'
    )


_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def _refill(root: Any, text: str) -> None:
    """Put other children into the root of a part."""
    for child in list(root):
        root.remove(child)
    root.extend(_parsed(text))


def _parsed(text: str) -> list[Any]:
    return list(parse_xml(f"<w:part {nsdecls('w')}>{text}</w:part>"))
