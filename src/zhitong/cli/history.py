"""`zhitong history`: verify what was sealed and name what is wrong; seal what waits; a day's digest; archive old months."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from zhitong.domain.history.actions.archiving import archive_month, months_to_archive
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.queries.archives import faults_of_file
from zhitong.domain.history.queries.days import seal_of_day
from zhitong.domain.history.queries.kinds import kinds_told
from zhitong.domain.history.queries.verifying import (
    against,
    last_number,
    loose_ends,
    readings,
    seal_before,
    unsealed,
)
from zhitong.domain.history.rules.days import KeptDigest, read_day
from zhitong.domain.history.rules.faults import Fault, row_of, sentence_of
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.domain.organisations.queries import unit_names
from zhitong.kit import clock, progress
from zhitong.kit.trouble import Trouble

SHOWN = 50


class FileNotRead(Trouble):
    """The file of a day cannot be read."""


@dataclass
class Verified:
    """What a verifying read and found."""

    seals: int = 0
    facts: int = 0
    details: int = 0
    unsealed: int = 0
    archived: int = 0
    from_files: int = 0
    faults: list[Fault] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and what each needs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify | seal | day | archive")
    verify = verbs.add_parser("verify", help="重算全部封存，逐条指出改动、删除、插入和错序的留痕")
    verify.add_argument("--json", action="store_true", help="以 JSON 输出")
    verify.add_argument("--since", type=_day, metavar="日期", help="只核验这一天起的封存，如 2018-09-01")
    verify.add_argument("--against", type=Path, metavar="文件", action="append", default=[], help="与导出的每日封存摘要对照，可写多次")
    verify.add_argument("--archive", type=Path, metavar="文件", action="append", default=[], help="连同归档的文件一起核验，可写多次")
    verbs.add_parser("seal", help="现在就封存等待中的留痕（后台每分钟会自动做）")
    day = verbs.add_parser("day", help="显示一天的封存摘要，可抄写、打印存档")
    day.add_argument("day", nargs="?", type=_day, metavar="日期", help="如 2018-09-16；不写则为昨天")
    day.add_argument("--to", type=Path, metavar="文件", help="写成 JSON 文件")
    archive = verbs.add_parser("archive", help="把六个月以前的留痕写入文件，核验以后移出数据库")
    archive.add_argument("--before", type=_month, metavar="月份", required=True, help="归档这个月以前的各月，如 2018-03")
    archive.add_argument("--to", type=Path, metavar="文件夹", required=True, help="每月一个文件，放在这个文件夹")


def run(arguments: argparse.Namespace) -> int:
    """0 when all is sound or done, 1 when something was tampered with."""
    if arguments.verb == "seal":
        return _seal()
    if arguments.verb == "day":
        return _tell_day(arguments.day or clock.today() - timedelta(days=1), arguments.to)
    if arguments.verb == "archive":
        return _archive(arguments.before, arguments.to)
    kept = [_kept(path) for path in arguments.against]
    verified = _verify(arguments.since, kept)
    for path in arguments.archive:
        verified.from_files += _read_file(path, verified)
    if arguments.json:
        rows = [row_of(fault) for fault in verified.faults]
        print(json.dumps({**vars(verified), "faults": rows, "sound": not rows}, ensure_ascii=False, indent=2))
    else:
        _say(verified)
    return 1 if verified.faults else 0


def _verify(since: date | None, kept: list[KeptDigest]) -> Verified:
    begun = datetime.combine(since, time(), clock.SHANGHAI) if since else None
    after, until = seal_before(begun) if begun else 0, last_number()
    verified = Verified(unsealed=unsealed())
    with progress.step("核验封存") as step:
        for head, read in readings(after=after, until=until):
            verified.seals += read.seals
            verified.facts += read.facts
            verified.details += read.details
            verified.archived += read.archived
            verified.faults += read.faults
            step.at(head.number - after, until - after)
        verified.faults += loose_ends()
    for one in kept:
        verified.faults += against(one.number, one.digest)
    return verified


def _say(verified: Verified) -> None:
    for line in _sentences(verified.faults[:SHOWN]):
        print(line)
    read = f"核验了 {verified.seals} 号封存、{verified.facts - verified.archived} 条留痕、{verified.details} 段文字"
    read += f"，另有 {verified.archived} 条已归档，读了归档文件中的 {verified.from_files} 条" if verified.archived else ""
    waiting = f"；另有 {verified.unsealed} 条等待封存" if verified.unsealed else ""
    if not verified.faults:
        print(f"{read}，全部完好{waiting}。")
        return
    more = f"，以上只列前 {SHOWN} 处" if len(verified.faults) > SHOWN else ""
    print(f"{read}：发现 {len(verified.faults)} 处问题{more}{waiting}。请保留现场，与备份和每日封存摘要对照。", file=sys.stderr)


def _sentences(faults: list[Fault]) -> Iterator[str]:
    kinds, names = kinds_told(), unit_names({fault.unit_id for fault in faults if fault.unit_id})
    return (sentence_of(fault, kinds, names) for fault in faults)


def _seal() -> int:
    algorithm, passed = Algorithm(settings.SEAL_DIGEST), 0
    with progress.step("封存留痕") as step:
        while more := seal_next(algorithm=algorithm, now=clock.now()):
            passed += more
            step.at(passed)
    print(f"封存了 {passed} 条留痕，现在到第 {last_number()} 号。")
    return 0


def _tell_day(day: date, to: Path | None) -> int:
    sealed = seal_of_day(day)
    if sealed is None:
        print(f"{day.isoformat()} 还没有封存过留痕。可先运行 zhitong history seal。", file=sys.stderr)
        return 1
    print(sealed.sentence)
    if to is not None:
        to.write_text(sealed.text, encoding="utf-8")
    return 0


def _read_file(path: Path, verified: Verified) -> int:
    facts, faults = faults_of_file(path)
    verified.faults += faults
    return facts


def _archive(before: date, folder: Path) -> int:
    months = months_to_archive(before, today=clock.today())
    for month in months:
        with progress.step(f"归档 {month:%Y-%m}"):
            archived = archive_month(month, folder=folder, now=clock.now())
        print(f"{month:%Y-%m}：{archived.facts} 条留痕写入 {folder / archived.file}，SHA-256 {archived.file_digest}")
    if not months:
        print(f"{before:%Y-%m} 以前没有可以归档的留痕。")
    return 0


def _month(text: str) -> date:
    return _day(f"{text}-01")


def _kept(path: Path) -> KeptDigest:
    try:
        return read_day(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FileNotRead(f"读不了文件 {path}，请核对文件名后再试。") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2018-09-01 这样的年月日。") from None
