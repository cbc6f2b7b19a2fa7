"""The office's papers (R-H7): what each is called, what it is made of, how often an office makes it and as which file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from zhitong.kit.choices import Word


class PaperKind(Word):
    """The papers that come out of an office."""

    ORDER = "order", "交办单"
    UNSIGNED = "unsigned", "未签收超期名单"
    OWING = "owing", "未办结问题一览"
    LEDGER = "ledger", "问题台账"
    MEETING = "meeting", "调度会材料"
    CIRCULAR = "circular", "情况通报"
    COLLECTION = "collection", "采集情况表"
    PROGRESS = "progress", "平台和民心工程进展表"
    BRIEF = "brief", "简报"
    SUPERVISION = "supervision", "督办通知单"
    HELP = "help", "提请协调函"
    CONSULTATION = "consultation", "商请函"
    ANSWER = "answer", "答复意见"
    EXTENSION = "extension", "延期审批单"
    STRIKING_OFF = "striking_off", "销号审批表"
    INSTRUCTIONS = "instructions", "领导批示办理情况专报"
    FILE = "file", "迎检档案"
    CORRECTION = "correction", "更正函"
    SUMMONS = "summons", "会议通知"
    MINUTES = "minutes", "会议纪要"
    DECISIONS = "decisions", "决定事项清单"


class Rhythm(Word):
    """How often an office makes a paper."""

    DAILY = "daily", "每日"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    NEEDED = "needed", "按需"


class About(Enum):
    """What a paper is made from."""

    TERRITORY = "territory"  # what the reader's territory or lines hold, at a cut-off time
    PROBLEM = "problem"
    SUPERVISION = "supervision"


class Format(Word):
    """The files a paper comes as."""

    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    PDF = "pdf", "PDF"
    ZIP = "zip", "压缩包"


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper of the catalogue; `formats` begins with the one an office expects."""

    kind: PaperKind
    rhythm: Rhythm
    about: About
    formats: tuple[Format, ...]


_WORD, _EXCEL = (Format.WORD, Format.PDF), (Format.EXCEL,)

CATALOGUE: tuple[Entry, ...] = (
    Entry(PaperKind.ORDER, Rhythm.DAILY, About.PROBLEM, _WORD),
    Entry(PaperKind.OWING, Rhythm.DAILY, About.TERRITORY, _WORD),
    Entry(PaperKind.UNSIGNED, Rhythm.DAILY, About.TERRITORY, _EXCEL),
    Entry(PaperKind.LEDGER, Rhythm.WEEKLY, About.TERRITORY, _EXCEL),
    Entry(PaperKind.MEETING, Rhythm.WEEKLY, About.TERRITORY, _WORD),
    Entry(PaperKind.CIRCULAR, Rhythm.MONTHLY, About.TERRITORY, _WORD),
    Entry(PaperKind.SUMMONS, Rhythm.MONTHLY, About.TERRITORY, _WORD),
    Entry(PaperKind.MINUTES, Rhythm.MONTHLY, About.TERRITORY, _WORD),
    Entry(PaperKind.DECISIONS, Rhythm.MONTHLY, About.TERRITORY, _EXCEL),
    Entry(PaperKind.COLLECTION, Rhythm.MONTHLY, About.TERRITORY, _EXCEL),
    Entry(PaperKind.PROGRESS, Rhythm.MONTHLY, About.TERRITORY, _EXCEL),
    Entry(PaperKind.BRIEF, Rhythm.MONTHLY, About.TERRITORY, _WORD),
    Entry(PaperKind.SUPERVISION, Rhythm.NEEDED, About.SUPERVISION, _WORD),
    Entry(PaperKind.HELP, Rhythm.NEEDED, About.PROBLEM, _WORD),
    Entry(PaperKind.CONSULTATION, Rhythm.NEEDED, About.PROBLEM, _WORD),
    Entry(PaperKind.ANSWER, Rhythm.NEEDED, About.PROBLEM, _WORD),
    Entry(PaperKind.EXTENSION, Rhythm.NEEDED, About.PROBLEM, _WORD),
    Entry(PaperKind.STRIKING_OFF, Rhythm.NEEDED, About.PROBLEM, _WORD),
    Entry(PaperKind.INSTRUCTIONS, Rhythm.NEEDED, About.TERRITORY, _WORD),
    Entry(PaperKind.FILE, Rhythm.NEEDED, About.PROBLEM, (Format.ZIP,)),
)
