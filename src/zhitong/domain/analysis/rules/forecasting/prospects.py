"""What a forecast comes to: value with its interval, the chance of reaching what is needed, the prospect in a word. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.analysis.rules.forecasting.courses import Course, Family, When
from zhitong.domain.analysis.rules.forecasting.methods import carried
from zhitong.domain.analysis.rules.forecasting.testing import Chosen, step
from zhitong.kit.choices import Word

SURE = 0.8
"""From this chance on it is said that a target will be reached; below 1 less this, that it will not (本系统设定)."""
LOW, HIGH = 0.1, 0.9
"""The ends of the interval: what comes lies within it eight times out of ten."""


class Prospect(Word):
    """What is to be expected of a target by its day, the worst first."""

    MISSES = "misses", "预计达不到"
    IN_DOUBT = "in_doubt", "存疑"
    UNKNOWN = "unknown", "无法预测"
    REACHES = "reaches", "预计达到"


class Unknown(Word):
    """Why nothing can be foretold."""

    NO_FIGURE = "no_figure", "还没有审核通过的数，报送、审核后才能预测"
    QUALITATIVE = "qualitative", "定性目标按阶段报告，没有可以推算的数"
    ONCE = "once", "到期一次完成，中间没有进度可以推算"
    NO_MILESTONES = "no_milestones", "没有设定时间节点，排出时间表后才能推算"
    NO_BASIS = "no_basis", "所依据的指标没有数据，无法推算"


@dataclass(frozen=True, slots=True)
class Foretold:
    """What is expected on a day, in parts of the goal; `chance` (0 to 1) is that of reaching `needed`, None where nothing is asked."""

    when: When
    value: float
    low: float
    high: float
    needed: float | None = None
    chance: float | None = None


def foretell(course: Course, chosen: Chosen, ahead: When, needed: float | None) -> Foretold:
    """Carry a course forward by the method chosen, with the interval that its errors have earned it.

    What adds up and never fell is not expected to fall; what has come already stays come.
    """
    stride = step(course.family, course.last, len(course.points), ahead)
    middle = carried(chosen.method, course, ahead)
    value, low, high = (middle + chosen.quantile(share) * stride for share in (0.5, LOW, HIGH))
    floor = course.last.value if course.family is Family.RISING and course.never_fell else float("-inf")
    chance = None if needed is None else _chance(course, chosen, (needed - middle) / stride, needed, floor)
    return Foretold(ahead, max(value, floor), max(low, floor), max(high, floor), needed, chance)


def _chance(course: Course, chosen: Chosen, least: float, needed: float, floor: float) -> float:
    if course.is_falling:
        return 0.0 if floor > needed else 1 - chosen.share_from(least)
    return 1.0 if floor >= needed else chosen.share_from(least)


def prospect_of(chance: float | None) -> Prospect:
    """The word for a chance; without one nothing is known."""
    if chance is None:
        return Prospect.UNKNOWN
    if chance >= SURE:
        return Prospect.REACHES
    return Prospect.MISSES if chance <= 1 - SURE else Prospect.IN_DOUBT


def per_month(course: Course, ahead: When, needed: float) -> float:
    """What has to come each month from the newest point to a day; nought where it has come, less than nought where it must fall."""
    months = ahead.gone - course.last.when.gone
    left = needed - course.last.value
    if (left <= 0) != course.is_falling:
        return 0.0
    return left / max(months, 1 / 30)


def severity(prospect: Prospect, chance: float | None) -> float:
    """The order of a list from the worst: the prospect, then how small the chance is."""
    place = len(Prospect) - list(Prospect).index(prospect)
    return place + (1 - chance if chance is not None else 0.0) * 0.999
