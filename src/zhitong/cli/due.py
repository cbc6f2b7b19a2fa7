"""`zhitong due START --workdays N | --hours N`: when a limit falls due, with the sum in words; the date stands last.

Without `--unit` the published calendars that come with the program are enough, and no database is asked.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import datetime

from zhitong.domain.calendars.rules import Calendar, LimitUnit
from zhitong.domain.calendars.rules.asking import amount_trouble, answer, hours_from, start_trouble, workdays_from
from zhitong.domain.calendars.rules.published import published_calendar
from zhitong.kit.clock import SHANGHAI, day_of

EXIT_MISUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From when, how long, by whose calendar."""
    parser.add_argument("start", metavar="起算时间", type=_moment, help="如 '2018-04-27 15:40'（北京时间）")
    limit = parser.add_mutually_exclusive_group(required=True)
    limit.add_argument("--workdays", metavar="N", type=_workdays, help="几个工作日；起算当天不计，到末日下班时为止")
    limit.add_argument("--hours", metavar="N", type=_hours, help="几个工作小时；只计上班时间")
    parser.add_argument("--unit", metavar="单位代码", help="按这个单位的工作日历推算；不写则按国务院公布的放假安排和通常上班时间")


def run(arguments: argparse.Namespace) -> int:
    """0 when told; 2 when the unit is not known."""
    calendar = _calendar_of(arguments.unit) if arguments.unit else published_calendar()
    if calendar is None:
        print(f"zhitong due：没有代码为“{arguments.unit}”的单位，请在“区划与单位”页面核对代码后再试。", file=sys.stderr)
        return EXIT_MISUSED
    start, workdays = arguments.start, arguments.workdays
    told = answer(workdays_from(start, workdays) if workdays else hours_from(start, arguments.hours), calendar)
    lines = [told.arithmetic, f"到期时间：{told.moment}", told.reservation, day_of(told.due.at).isoformat()]
    print("\n".join(line for line in lines if line))
    return 0


def _calendar_of(code: str) -> Calendar | None:
    """The calendar of a unit of government; None when there is no such unit. Needs the database."""
    from zhitong.domain.calendars.queries import calendar_of
    from zhitong.domain.organisations.queries import directory

    here = directory()
    unit = here.unit_coded(code)
    return calendar_of(here.calendar_owners(unit.id)) if unit else None


def _moment(text: str) -> datetime:
    """A moment of Shanghai: 2018-04-27 15:40, 2018年4月27日 15:40, or a day alone."""
    plain = re.sub(r"^(\d{4})[年/-](\d{1,2})[月/-](\d{1,2})日?", _iso_day, text.strip().replace("：", ":"))
    try:
        read = datetime.fromisoformat(re.sub(r"\s+", " ", plain))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是能读懂的起算时间，请写成 '2018-04-27 15:40' 这样的年月日和时分。"
        ) from None
    moment = read if read.tzinfo else read.replace(tzinfo=SHANGHAI)
    _stop_at(start_trouble(moment))
    return moment


def _iso_day(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def _workdays(text: str) -> int:
    _stop_at(amount_trouble(text, LimitUnit.WORKDAYS))
    return int(text)


def _hours(text: str) -> int:
    _stop_at(amount_trouble(text, LimitUnit.MINUTES))
    return int(text)


def _stop_at(trouble: str) -> None:
    if trouble:
        raise argparse.ArgumentTypeError(trouble)
