"""What cannot be read is refused in a sentence with the next step; nothing is invented (issue: bad input)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.policy.files import document, packed, pdf, word, word_of
from zhitong.policy.compiling import NoPlanFound, compile_file, compile_reading, required
from zhitong.policy.reading import (
    EmptyText,
    NotReadable,
    ScanWithoutText,
    TooLong,
    Unreadable,
    read_bytes,
    read_file,
    read_text,
)
from zhitong.policy.reading.opening import LONGEST

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMB = b"<w:document>" + b" " * 60_000_000
NOVEL = "第一章 雨夜\n" + "他推开门，雨还在下。灯光照着空荡荡的街道。\n" * 200 + "第二章 清晨\n" + "天亮了，她没有回来。\n" * 200


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"", EmptyText, "空的"),
        (b" \r\n\t ", EmptyText, "空的"),
        (word(""), EmptyText, "没有读到文字"),
        (bytes(range(256)) * 40, NotReadable, "不是能读懂的文字"),
        (packed({"xl/workbook.xml": "<workbook/>"}), NotReadable, "电子表格"),
        (packed({"ppt/presentation.xml": "<p/>"}), NotReadable, "演示文稿"),
        (packed({"照片.txt": "甲"}), NotReadable, "压缩包"),
        (packed({"word/document.xml": "<w:document"}), NotReadable, "已损坏"),
        (packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), NotReadable, "不是正常的 Word"),
        (packed({"word/document.xml": BOMB}), TooLong, "解压后过大"),
        (word_of("一、任务")[:120], NotReadable, "已损坏"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), NotReadable, "去掉密码"),
        (COMPOUND + b"\x00" * 64, NotReadable, "旧版 Office"),
        (b"{\\rtf1 abc}", NotReadable, "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, NotReadable, "是图片"),
        (b"%PDF-1.7\n\x00\x01broken", NotReadable, "PDF"),
        (pdf([[], []]), ScanWithoutText, "扫描件"),
        (pdf([["甲"]] * 151), TooLong, "151 页"),
        (("年鉴" * LONGEST).encode(), TooLong, "上限"),
    ],
)
def test_a_file_that_holds_no_paper_is_refused_by_what_it_is(content: bytes, kind: type[Unreadable], says: str) -> None:
    with pytest.raises(kind) as refused:
        read_bytes(content, "文件.docx")

    sentence = str(refused.value)
    assert says in sentence
    assert re.search(r"请.+。$", sentence), "says what to do next"


def test_a_document_with_a_password_in_its_package_is_refused() -> None:
    content = bytearray(word_of("一、任务"))
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.find(sign)
        while place >= 0:
            content[place + (6 if sign == b"PK\x03\x04" else 8)] |= 1
            place = content.find(sign, place + 4)

    with pytest.raises(NotReadable, match="密码"):
        read_bytes(bytes(content), "方案.docx")
    assert zipfile.is_zipfile(io.BytesIO(bytes(content)))


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="请核对路径"):
        read_file(tmp_path / "没有.txt")


@pytest.mark.parametrize(
    "text", [NOVEL, "今天天气很好。", "一、二、三、四", "各位同事：\n周五下午两点开会。\n办公室", "1.苹果\n2.梨\n3.桃"]
)
def test_a_text_without_duties_is_no_plan(text: str, tmp_path: Path) -> None:
    path = tmp_path / "文章.txt"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(NoPlanFound, match="没有在文中找到方案"):
        compile_file(path)
    assert compile_reading(read_text(text)).tasks == ()


def test_two_tables_of_contents_are_passed_over() -> None:
    table = "目录\n一、制度建设\n二、队伍建设\n"
    dotted = "目  录\n一、制度建设…………1\n（一）预案建设…………2\n二、队伍建设…………3\n"
    text = document("points-below").replace("为推进规划实施", table + dotted + "为推进规划实施")

    plan = required(compile_reading(read_text(text)))

    assert [task.id for task in plan.tasks] == [task.id for task in compile_reading(read_text(document("points-below"))).tasks]


def test_a_word_document_torn_within_its_packing_is_refused_in_a_sentence() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<w/>" * 2000)
    torn = bytearray(made.getvalue())
    begin = torn.index(b"word/document.xml") + len("word/document.xml")
    torn[begin : begin + 4] = b"\xff\xff\xff\xff"

    with pytest.raises(NotReadable, match="已损坏"):
        read_bytes(bytes(torn), "方案.docx")
