"""What an official paper prints beside its text: address, annexes, signature, record at the foot. The same in Word and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.kit.clock import SHANGHAI
from zhitong.kit.figures import whole_day
from zhitong.kit.official.measures import width_of
from zhitong.kit.official.shapes import Document, Foot, Head, Masthead, Style

_SEALED_RIGHT, _PLAIN_RIGHT = 4.0, 2.0
_BRIEF_LISTS = ("报：", "送：", "发：")
PRODUCER = "直通"
DRAFT_LEGEND = "草稿，未经签发。下划线为系统统计的数字，加底纹的为与上一期不同的数字。"


def sender_words(sender: str, style: Style) -> str:
    """The sender's name as the head prints it: a paper says 文件 behind it, a letter does not."""
    return sender if style is not Style.PAPER or sender.endswith("文件") else f"{sender}文件"


def issue_words(head: Masthead) -> str:
    """The issue of a brief; room for a number while it has none."""
    return head.issue or "第　　期"


def addressed(recipients: tuple[str, ...]) -> str:
    """The line of those it is sent to (主送)."""
    return f"{'、'.join(recipients)}：" if recipients else ""


def is_addressed(document: Document) -> bool:
    """Whether the recipients stand above the text: those of a brief stand at its foot, an annex has none."""
    return bool(document.recipients) and isinstance(document.head, Head)


def annexes_named(attachments: tuple[str, ...]) -> tuple[str, ...]:
    """The lines that name the annexes (附件说明), the first with 附件： before it; a single one bears no number."""
    if len(attachments) == 1:
        return (f"附件：{attachments[0]}",)
    return tuple(f"{'' if place > 1 else '附件：'}{place}. {name}" for place, name in enumerate(attachments, start=1))


def annex_labels(document: Document) -> tuple[str, ...]:
    """What stands over each annex; nothing where the paper names none: then they are papers bound with it."""
    count = len(document.appended)
    if not document.attachments:
        return ("",) * count
    return ("附件",) if count == 1 else tuple(f"附件{place}" for place in range(1, count + 1))


def cut_off_words(at: datetime | None) -> str:
    """The line that says up to when figures were counted, in Shanghai's time."""
    if at is None:
        return ""
    return f"（统计截止时间：{moment_on_paper(at)}）"


def moment_on_paper(at: datetime) -> str:
    """2018年9月17日14时32分; the last second of a day is its 24时, seconds are said where there are some."""
    local = at.astimezone(SHANGHAI)
    day = f"{local.year}年{local.month}月{local.day}日"
    if (local.hour, local.minute, local.second) == (23, 59, 59):
        return f"{day}24时"
    return f"{day}{local.hour}时{local.minute:02d}分" + (f"{local.second:02d}秒" if local.second else "")


def noted(note: str) -> str:
    """The note below the date (附注), in brackets."""
    return note if not note or note.startswith("（") else f"（{note}）"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs and when as printed, and how many signs each stands away from the right edge."""

    by: str
    on: str
    by_right: float
    on_right: float


def is_sealed(document: Document) -> bool:
    """Whether a seal is set over its date."""
    return document.style in (Style.PAPER, Style.LETTER)


def room_for_seal(document: Document) -> int:
    """Empty lines between the text and the signature."""
    return 2 if is_sealed(document) else 1


def signing(document: Document) -> Signing | None:
    """The signature: of papers and letters, which bear a seal, the date four signs in, otherwise two; names centred over it."""
    if not document.signed_by and not document.signed_on:
        return None
    on = whole_day(document.signed_on) if document.signed_on else ""
    right = _SEALED_RIGHT if is_sealed(document) else _PLAIN_RIGHT
    by_right = right + (width_of(on) - width_of(document.signed_by)) / 2 if on else right
    moved = max(0.0, 0.0 - by_right)  # a name far longer than the date moves both to the left
    return Signing(document.signed_by, on, by_right + moved, right + moved)


@dataclass(frozen=True, slots=True)
class FootRow:
    """One row of the record at the foot: words to the left, words to the right."""

    left: str
    right: str = ""


def foot_rows(document: Document) -> tuple[FootRow, ...]:
    """The rows of the record (版记) from the top; a brief lists whom it reports and goes to, a letter only whom it copies."""
    foot = document.foot
    if foot is None:
        return ()
    rows = _brief_rows(document, foot) if document.style is Style.BRIEF else _copied(foot)
    if document.style is Style.LETTER:
        return rows
    printed = f"{whole_day(foot.printed_on)}印发" if foot.printed_on else ""
    return (*rows, FootRow(foot.printed_by, printed)) if foot.printed_by or printed else rows


def is_foot_ruled(document: Document) -> bool:
    """Whether the record stands between rules; a letter's does not."""
    return document.style is not Style.LETTER


def copies_words(foot: Foot | None) -> str:
    """How many were printed, below the record."""
    return f"（共印{foot.copies}份）" if foot and foot.copies else ""


def _copied(foot: Foot) -> tuple[FootRow, ...]:
    return (FootRow(f"抄送：{'，'.join(foot.copies_to)}。"),) if foot.copies_to else ()


def _brief_rows(document: Document, foot: Foot) -> tuple[FootRow, ...]:
    """Those it reports to are its recipients; a list that says itself whether it is 报, 送 or 发 stands as it is."""
    listed = [name for name in foot.copies_to if name.startswith(_BRIEF_LISTS)]
    others = [name for name in foot.copies_to if not name.startswith(_BRIEF_LISTS)]
    reported = [f"报：{'，'.join(document.recipients)}。"] if document.recipients else []
    return tuple(FootRow(line) for line in [*reported, *listed, *([f"送：{'，'.join(others)}。"] if others else [])])
