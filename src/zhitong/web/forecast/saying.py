"""How forecasts are said: a prospect as word and shape, a value with its interval, what has to come each month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow, StepSaid
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect
from zhitong.kit import clock
from zhitong.web.progress import saying
from zhitong.web.shell.components import Light, Tone
from zhitong.web.shell.words import NOTHING, day_in_words

TONES = {
    Prospect.REACHES: Tone.GOOD, Prospect.IN_DOUBT: Tone.WARN, Prospect.MISSES: Tone.BAD, Prospect.UNKNOWN: Tone.NONE,
}
_HUNDRED, _SMALL, _TENTH = Decimal(100), Decimal("0.01"), Decimal("0.1")
_FEW = 20
"""Below this goal whole things are few."""


def light_of(prospect: Prospect) -> Light:
    """A prospect as shape and word."""
    return Light(TONES[prospect], prospect.label)


def figure(row: ForecastRow, value: Decimal | None) -> str:
    """A figure of a target in its unit; a part of the way in percent. What is reckoned is whole where it is large, of few
    things it has one place."""
    if value is None:
        return NOTHING
    return saying.percent(value) if row.in_shares else saying.measured(_rounded(row, value), row.measure)


def interval(row: ForecastRow, low: Decimal | None, high: Decimal | None) -> str:
    """46.1万户至50.3万户; empty where nothing was foretold."""
    if low is None or high is None:
        return ""
    ends = figure(row, min(low, high)), figure(row, max(low, high))
    return _("%s至%s") % ends if ends[0] != ends[1] else ends[0]


def within(row: ForecastRow, value: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """48.2万户（46.1万户至50.3万户）; the value alone where the interval is no wider."""
    if value is None:
        return NOTHING
    said, ends = figure(row, value), interval(row, low, high)
    return said if ends in ("", said) else f"{said}（{ends}）"


def with_interval(row: ForecastRow, step: StepSaid | None) -> str:
    """What is foretold for a day ahead, with its interval."""
    return NOTHING if step is None else within(row, step.value, step.low, step.high)


def by_deadline(row: ForecastRow) -> str:
    """What is foretold for the target's own day, with its interval."""
    return within(row, row.value, row.low, row.high)


def chance(value: Decimal | None) -> str:
    """约23%; never nought or all of it."""
    if value is None:
        return NOTHING
    percent = round(value * _HUNDRED)
    if value in (0, 1):
        return f"{percent}%"
    return _("约%d%%") % max(1, min(99, percent))


def each_month(row: ForecastRow, wanted: Decimal | None) -> str:
    """What has to come each month, counted up where things are counted whole."""
    if wanted is None or row.in_shares:
        return NOTHING
    if not wanted:
        return _("不需再增")
    return saying.measured(_up(wanted) if _is_counted(row) else _short(wanted), row.measure)


def needs(row: ForecastRow) -> str:
    """What has to come from now on beside the best month so far, as a sentence; empty where that says nothing."""
    wanted, best = row.per_month, row.best_month
    if not wanted or row.in_shares or wanted < 0:
        return ""
    said = _("要在%(day)s达到目标，此后每月需完成%(wanted)s") % {"day": day_in_words(row.deadline), "wanted": each_month(row, wanted)}
    if not best or best <= 0:
        return said + "。"
    best_said = figure(row, best)
    if wanted > best:
        return said + _("；最好的一个月完成%(best)s，还要再快%(more)s。") % {"best": best_said, "more": saying.percent(wanted / best - 1)}
    return said + _("；最好的一个月完成%s，做到过。") % best_said


def finding(row: ForecastRow) -> str:
    """The title of a target's page: what is expected by its day, the goal, the prospect."""
    what = f"{row.region} {row.name}"
    if row.value is None:
        said = row.unknown.label if row.unknown else row.prospect.label
        return _("%(what)s：目标%(goal)s，%(said)s") % {"what": what, "goal": row.goal_words, "said": said}
    return _("%(what)s：到%(day)s预计%(value)s，目标%(goal)s，%(prospect)s") % {
        "what": what, "day": day_in_words(row.deadline), "value": figure(row, row.value), "goal": row.goal_words,
        "prospect": row.prospect.label,
    }


def page_of(row: ForecastRow, until: str = "") -> str:
    """The page of one target's forecast."""
    return saying.asking(reverse("forecast:target", args=[row.id]), until=until)


def end_of(day: date) -> datetime:
    """The moment when a day is over in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


def _is_counted(row: ForecastRow) -> bool:
    return row.measure not in ("%", "") and row.goal == row.goal.to_integral_value()


def _rounded(row: ForecastRow, value: Decimal) -> Decimal | None:
    """Whole where whole things are counted, with one place where they are few."""
    if not _is_counted(row):
        return saying.whole(_short(value))
    return value.quantize(_TENTH if abs(row.goal) < _FEW else Decimal(1), ROUND_HALF_UP)


def _up(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_CEILING)


def _short(value: Decimal) -> Decimal:
    return value.quantize(_SMALL)
