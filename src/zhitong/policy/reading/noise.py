"""What stands in a text and is no part of the paper: Word's residue, tables of metadata, navigation, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhitong.policy.shapes import Span

RESIDUE = re.compile(
    r"\[(?:bookmark|comment|endnote|footnote|image|OLE_LINK)[^\]\n]{0,80}\]|&(?:nbsp|ensp|emsp|#160|#12288);"
    r"|\*\*|^[#>]{1,6} (?=\S)|(?:HYPERLINK|PAGEREF|TOC) +\\?\"?[^\s\"]{1,200}\"?",
    re.MULTILINE,
)
PAGE = re.compile(
    r"[ \t\u3000]*(?:[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}|第\s?\d{1,4}\s?页(?:\s?[，,/]?\s?共\s?\d{1,4}\s?页)?"
    r"|\d{1,3}\s?/\s?\d{1,3})[ \t\u3000]*$"
)
SITE = re.compile(
    r"\s*(?:您?(?:现在|当前)?的?(?:所在)?位置\s*[:：]|当前位置|首页\s*[>»＞]|【?\s*字体|字号\s*[:：]|【?打印|【?关闭|分享到|扫一扫|"
    r"阅读次数|浏览次数|点击(?:数|量|次数)|访问量|保护视力色|无障碍|网站地图|版权所有|主办单位\s*[:：].{0,40}(?:ICP|备案)|.{0,20}ICP备|"
    r"公网安备|上一篇\s*[:：]|下一篇\s*[:：]|相关(?:链接|阅读|稿件)|收藏本站|设为首页|繁體|\[?\s*大\s*中\s*小\s*\]?\s*$)"
)
LABEL = (
    r"索\s*引\s*号|信息索引|发文字号|文\s*号|公文字号|主题分类|主题词|体裁分类|组配分类|信息分类|发布机构|发文机关|发文机构|发文单位|制发机关|"
    r"文件类型|成文日期|发文日期|发布日期|发布时间|生效日期|失效日期|有效性|时效性|是否有效|公文种类|公开方式|公开形式|公开时限|公开范围|信息名称|名\s{0,6}称|来\s*源|"
    r"编\s*辑|责任编辑|作\s*者|统一编号|统一登记号|效力状态|关键词|内容概述|服务对象|载体类型"
)
METADATA = re.compile(rf"[\s|【\[]*(?:{LABEL})\s*[】\]]?\s*[:：|\t]")
DATED = re.compile(r"\s*(?:日期|时间)\s*[:：]\s*\d{4}\D")
BLOCK_LABEL = re.compile(rf"\s*(?:{LABEL})\s*[:：]?\s*$")

PAPER = re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]|[（(][一二三四五六七八九十\d]|第.{1,3}[章节条]|\d{1,2}[.．、](?!\d)|关于|各")
"""How the paper itself may go on, even below a label."""
LONGEST_LINE = 300
LONGEST_LABEL = 12


def noise_in(text: str) -> tuple[Span, ...]:
    """The spans of Word's residue, metadata, navigation and page numbers, in order and apart from each other."""
    spans = [*(found.span() for found in RESIDUE.finditer(text)), *_noisy_lines(text)]
    return merged(spans)


def _noisy_lines(text: str) -> Iterator[Span]:
    """Lines that are noise by themselves, and the short value below a label that stands alone."""
    place = 0
    is_value = False
    for line in text.split("\n"):
        shown = line.strip()
        if shown and len(shown) <= LONGEST_LINE and (_is_noise(line) or (is_value and not PAPER.match(shown))):
            yield place + line.index(shown), place + line.index(shown) + len(shown)
        if shown:
            is_value = not is_value and len(shown) <= LONGEST_LABEL and BLOCK_LABEL.match(line) is not None
        place += len(line) + 1


def _is_noise(line: str) -> bool:
    return any(pattern.match(line) for pattern in (PAGE, SITE, METADATA, DATED, BLOCK_LABEL))


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order; those that touch or overlap become one."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        elif end > start:
            kept.append((start, end))
    return tuple(kept)
