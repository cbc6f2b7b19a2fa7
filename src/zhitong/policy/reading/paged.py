"""PDF with text: page furniture left out, lines joined to paragraphs again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PdfReader

from zhitong.policy.reading.noise import PAGE
from zhitong.policy.reading.refusals import NotReadable, ScanWithoutText, TooLong

MOST_PAGES = 150
FEWEST_SIGNS = 20
"""Signs on an average page; fewer means that pages are pictures."""

EDGE = 2
"""How many lines at the top and at the bottom of a page may be furniture."""

OPENS = re.compile(
    r"第\s?[一二三四五六七八九十百零\d]{1,5}\s?[章节条编篇部]|[一二三四五六七八九十]{1,3}\s?[、.．]|[（(]\s?[一二三四五六七八九十\d]{1,3}\s?[）)]"
    r"|\d{1,3}\s?[.．、](?!\d)|[①-⑳⑴-⒇㈠-㈩]|附\s?件|责任单位|牵头单位|完成时限|时限要求"
)
TITLE_ENDS = re.compile(r"(?:的通知|意见|方案|措施|计划|决定|办法|要点)$")
logging.getLogger("pypdf").setLevel(logging.ERROR)


def text_of_pdf(content: bytes, name: str) -> str:
    """The text of a PDF, one line for a paragraph.

    Raises NotReadable: damaged or locked. Raises ScanWithoutText: pictures of pages. Raises TooLong: a book.
    """
    pages = [_lines(page) for page in _pages(content, name)]
    if sum(len(line) for page in pages for line in page) < FEWEST_SIGNS * max(1, len(pages)):
        raise ScanWithoutText(
            f"文件“{name}”是扫描件，页面都是图片，没有可读的文字。请换用电子版正文，或先做文字识别（OCR）、校对后再试。"
        )
    return "\n".join(joined(without_furniture(pages))) + "\n"


def _pages(content: bytes, name: str) -> list[str]:
    """The text of every page."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadable(f"文件“{name}”有密码，打不开。请去掉密码后再试。")
        if len(reader.pages) > MOST_PAGES:
            raise TooLong(f"文件“{name}”共 {len(reader.pages)} 页，超过 {MOST_PAGES} 页的上限，不像一份方案。请只留下方案正文再试。")
        return [page.extract_text() for page in reader.pages]
    except (NotReadable, TooLong):
        raise
    except Exception:  # a damaged file makes the library stumble anywhere, and none of it is for people to see
        raise NotReadable(f"文件“{name}”已损坏或有密码，读不出文字。请重新导出 PDF，或换用 Word 文档后再试。") from None


def _lines(page: str) -> list[str]:
    """The lines of a page that show anything, without the blanks some printers put between characters."""
    lines = [line.strip() for line in page.replace("\x00", "").splitlines() if line.strip()]
    text = "\n".join(lines)
    parted = len(re.findall(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", text))
    if parted * 4 > len(text):
        lines = [re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", line) for line in lines]
    return lines


def without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages, without page numbers and what stands on most pages at the same edge."""
    edges = Counter(_masked(line) for page in pages for line in {*page[:EDGE], *page[-EDGE:]})
    repeated = {line for line, times in edges.items() if times >= 3 and times * 2 > len(pages)}
    kept: list[str] = []
    for page in pages:
        last = len(page) - EDGE
        for place, line in enumerate(page):
            at_edge = (place < EDGE or place >= last) and not OPENS.match(line)
            if not (at_edge and (_masked(line) in repeated or PAGE.match(line) or re.fullmatch(r"\d{1,3}", line))):
                kept.append(line)
    return kept


def _masked(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def joined(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs: a line that fills the width and does not end a sentence goes on in the next."""
    if not lines:
        return
    width = sorted(len(line) for line in lines)[len(lines) * 3 // 4]
    paragraph = last = lines[0]
    is_head = True
    for line in lines[1:]:
        is_head = is_head and not OPENS.match(last)
        is_title = is_head and TITLE_ENDS.search(last) is not None
        if len(last) < width * 0.85 or last[-1] in "。！？；：:" or is_title or OPENS.match(line):
            yield paragraph
            paragraph = line
        else:
            paragraph += line
        last = line
    yield paragraph
