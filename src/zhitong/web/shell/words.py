"""How times, money and durations are said: 今天 14:32, 1.26亿元, 还有 3 个工作日."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from zhitong.domain.calendars.rules import period_of
from zhitong.kit import clock
from zhitong.kit.figures import whole_day

NOTHING = "—"
WAN = Decimal(10_000)
YI = Decimal(100_000_000)
_NEAR = {-1: "昨天", 0: "今天", 1: "明天"}


def moment_in_words(at: date | datetime | None) -> str:
    """今天 14:32, 昨天 09:05, 明天 17:30, 4月27日 15:40; of another year the day alone: 2018年4月27日."""
    if at is None:
        return NOTHING
    if not isinstance(at, datetime):
        return day_in_words(at)
    local = at.astimezone(clock.SHANGHAI)
    if local.date() not in _nearby_days() and local.year != clock.today().year:
        return day_in_words(local.date())
    return f"{day_in_words(local.date())} {local:%H:%M}"


def day_in_words(day: date) -> str:
    """今天, 昨天, 明天, 4月27日, 2018年4月27日."""
    today = clock.today()
    if day in _nearby_days():
        return _(_NEAR[(day - today).days])
    if day.year == today.year:
        return f"{day.month}月{day.day}日"
    return whole_day(day)


def whole_moment(at: datetime) -> str:
    """2018年4月27日 15:40, whatever today is."""
    local = at.astimezone(clock.SHANGHAI)
    return f"{whole_day(local.date())} {local:%H:%M}"


def _nearby_days() -> frozenset[date]:
    return frozenset(clock.today() + timedelta(days=away) for away in _NEAR)


def period_in_words(code: str) -> str:
    """2018年8月 for the period 2018-08; empty for none."""
    return period_of(code).words if code else ""


def money_in_words(yuan: Decimal | int | None) -> str:
    """1.26亿元 from a hundred million up, below in 万元: 3,420.5万元."""
    if yuan is None:
        return NOTHING
    if abs(yuan) >= YI:
        return f"{_short(Decimal(yuan) / YI)}亿元"
    return f"{wan_in_words(yuan)}万元"


def wan_in_words(yuan: Decimal | int | None) -> str:
    """The figure of a column whose head says 万元: 3,420.5."""
    return NOTHING if yuan is None else _short(Decimal(yuan) / WAN)


def yi_in_words(yuan: Decimal | int | None) -> str:
    """The figure of a column whose head says 亿元: 1.26."""
    return NOTHING if yuan is None else _short(Decimal(yuan) / YI)


def figure_in_words(value: Decimal | int | float | None) -> str:
    """A plain figure with thousands separated: 6,563; at most two decimals."""
    return NOTHING if value is None else _short(Decimal(str(value)))


def workdays_in_words(days: Decimal | int | None) -> str:
    """3 个工作日; halves as 2.5 个工作日."""
    return NOTHING if days is None else _("%s 个工作日") % _short(Decimal(days))


def workdays_left_in_words(days: Decimal | int | None) -> str:
    """还有 3 个工作日, 今天到期, 已超 2 个工作日."""
    if days is None:
        return NOTHING
    if days == 0:
        return _("今天到期")
    return (_("还有 %s") if days > 0 else _("已超 %s")) % workdays_in_words(abs(days))


def size_in_words(size: int) -> str:
    """How large a file is: 820KB, 3.4MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))}KB"
    return f"{size / (1024 * 1024):.1f}MB"


def sound_length_in_words(seconds: int) -> str:
    """How long a recording lasts: 45秒, 2分10秒."""
    minutes, rest = divmod(seconds, 60)
    return _("%(minutes)d分%(rest)d秒") % {"minutes": minutes, "rest": rest} if minutes else _("%d秒") % rest


def _short(value: Decimal) -> str:
    """Two decimals at most, none that are zero, thousands separated."""
    text = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
