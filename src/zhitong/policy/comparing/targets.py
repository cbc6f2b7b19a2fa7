"""Targets of two tasks held side by side: raised, lowered, scaled, redefined, dropped, added, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhitong.policy.comparing.shapes import Difference
from zhitong.policy.ground.likeness import (
    FIGURES,
    MEASURES,
    contained,
    in_base,
    is_share,
    least,
    leaves_out,
    place_of,
    plain,
    quoted,
    sameness,
    thing_named,
)
from zhitong.policy.ground.standing import Ground, is_target, span_of
from zhitong.policy.shapes import Indicator, Task

MATCHED = 0.55
LIKELY = 0.4
LONG_THING = 5
SHORT_WORD = 2
LEVELS = {"国家级", "省级", "市级", "县级"}
KINDS_OF_PLACE = {"城市", "县城", "农村"}
ACT = re.compile("新认定|认定|备案|新增|净增|拥有|培训|开工|建成|竣工")
ACTS = {"新认定": "认定"}
TIGHTER = {"<=": -1, "<": -1}


def target_differences(
    upper: Ground, one: Task, lower: Ground, others: Sequence[Task], *, is_same_place: bool
) -> Iterator[Difference]:
    """Every target of the upper task, then what the lower tasks add; equal ones are not told.

    `is_same_place`: both papers are of one issuer, so that a smaller quantity is lowered and not the share of a smaller place.
    """
    every = [each for each in upper.measured(one) if is_target(each)]
    wanted = [each for each in every if not _is_other_levels_share(each, every)]
    offered = [each for other in others for each in lower.measured(other) if _stands_alone(lower, each)]
    matched = _matched(wanted, offered)
    for target in wanted:
        answer = matched.get(target.id)
        if answer is None:
            yield _unanswered(lower, target, others)
        else:
            yield from _between(upper, target, lower, answer, is_same_place=is_same_place)
    taken = {answer.id for answer in matched.values()}
    for extra in offered:
        if (
            extra.id not in taken
            and is_target(extra)
            and not any(_is_within(extra, answer) for answer in matched.values())
        ):
            why = f"下级增加的目标：{_sentence(lower, extra)}"
            yield Difference("target", None, extra.text, "added", why, None, span_of(extra))


def _stands_alone(ground: Ground, one: Indicator) -> bool:
    """A sub-total of a whole in the same task is told with its whole."""
    whole = next((each for each in ground.plan.indicators if one.part_of in (each.id, each.text)), None)
    return one.part_of is None or whole is None or whole.task_id != one.task_id


def _is_other_levels_share(target: Indicator, every: Sequence[Indicator]) -> bool:
    """省级216家 beside its whole of 6563家: the upper paper's own division, which a lower one need not repeat."""
    return place_of(target) in LEVELS and any(
        place_of(each) not in LEVELS and _is_within(target, each) for each in every
    )


def _is_within(one: Indicator, whole: Indicator) -> bool:
    """A quantity that can be a part of the other: same sort and unit, not more."""
    amounts = least(one), least(whole)
    is_like = one.unit in (whole.unit, None) and one.class_ == whole.class_ == "coverage" and not is_share(one)
    return (
        one.id != whole.id
        and is_like
        and amounts[0] is not None
        and amounts[1] is not None
        and amounts[0] <= amounts[1]
    )


def _matched(wanted: Sequence[Indicator], offered: Sequence[Indicator]) -> dict[str, Indicator]:
    """Upper id → the lower indicator that measures the same, strongest pairs first; then those that stand in its place."""
    found: dict[str, Indicator] = {}
    for measure, enough in ((_strength, LIKELY), (_instead, 1.0)):
        free = [one for one in wanted if one.id not in found]
        taken = {other.id for other in found.values()}
        left = [other for other in offered if other.id not in taken]
        rows = sorted(
            ((-measure(one, other), one.start, other.start, one, other) for one in free for other in left),
            key=lambda row: row[:3],
        )
        for strength, _one_at, _other_at, one, other in rows:
            if -strength >= enough and one.id not in found and other.id not in taken:
                found[one.id] = other
                taken.add(other.id)
    return found


def _instead(one: Indicator, other: Indicator) -> float:
    """1 where another thing of the same kind, unit and place was put in its stead: 特困 8580元/年, 低保 7440元/人/年."""
    is_like = one.unit == other.unit or _is_like_unit(one.unit, other.unit)
    places = place_of(one), place_of(other)
    are_apart = places[0] != places[1] and set(places) <= KINDS_OF_PLACE
    is_there = places[0] == places[1] in KINDS_OF_PLACE or (one.kind == other.kind == "standard" and not are_apart)
    return float(is_like and is_there and is_share(one) == is_share(other) and one.class_ == other.class_)


def _strength(one: Indicator, other: Indicator) -> float:
    """Likeness of what is measured, less what speaks against it."""
    places = place_of(one), place_of(other)
    strength = _likeness(one, other)
    if is_share(one) != is_share(other):
        strength -= 0.5
    if one.unit != other.unit and None not in (one.unit, other.unit):
        strength -= 0.0 if _is_like_unit(one.unit, other.unit) else 0.3
    if set(places) <= KINDS_OF_PLACE and places[0] != places[1]:
        strength -= 0.5
    if thing_named(one.name) == thing_named(other.name) and places[0] == places[1]:
        strength = max(strength + 0.1, LIKELY)
    return strength


def _likeness(one: Indicator, other: Indicator) -> float:
    """Sameness of the things, or one of them within the other: 公租房分配率 in 国家计划政府产权的公租房分配率."""
    left, right = thing_named(one.name), thing_named(other.name)
    within = min(len(left), len(right)) >= LONG_THING and max(contained(left, right), contained(right, left)) == 1
    return max(sameness(one, other), 0.8 if within else 0.0, 0.6 if _is_short_for(left, right) else 0.0)


def _is_short_for(one: str, other: str) -> bool:
    """公厕 for 公共厕所: the last two signs of one stand in the last four of the other, in order and from the first."""
    return any(_is_clipped(short[-2:], long[-4:]) for short, long in ((one, other), (other, one)))


def _is_clipped(short: str, long: str) -> bool:
    return len(short) == SHORT_WORD and short[0] == long[:1] and leaves_out(short, long)


def _is_like_unit(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    if MEASURES.get(one, ("", one))[1] == MEASURES.get(other, ("", other))[1]:
        return True
    return one in other or other in one or (one.startswith("元/") and other.startswith("元/"))


def _between(
    upper: Ground, one: Indicator, lower: Ground, other: Indicator, *, is_same_place: bool
) -> Iterator[Difference]:
    """What two indicators of one thing say differently."""
    spans = {"upper_span": span_of(one), "lower_span": span_of(other)}
    verdict, reason = _verdict(one, other, is_same_place=is_same_place)
    if verdict:
        why = f"{reason}：{_sentence(lower, other)}"
        yield Difference("target", one.text, other.text, verdict, why, **spans)
    yield from _scope(one, other)
    yield from _deadline(upper, one, lower, other)


def _verdict(one: Indicator, other: Indicator, *, is_same_place: bool) -> tuple[str, str]:
    """The verdict and its reason in words; empty where both ask the same."""
    if other.damaged or one.damaged or None in (least(one), least(other)):
        return "ask", "文字可能缺失，请对照原件判断"
    if _is_redefined(one, other):
        return "redefined", "衡量的事项或口径不同，数值不能直接相比"
    return _by_value(one, other, is_same_place=is_same_place)


def _is_redefined(one: Indicator, other: Indicator) -> bool:
    if one.unit != other.unit and not _is_like_unit(one.unit, other.unit):
        return True
    if (one.kind == "growth_rate") != (other.kind == "growth_rate"):
        return True
    acts = [{ACTS.get(act, act) for act in ACT.findall(each.name + each.text)} for each in (one, other)]
    if acts[0] and acts[1] and not acts[0] & acts[1]:
        return True
    return _likeness(one, other) < MATCHED


def _by_value(one: Indicator, other: Indicator, *, is_same_place: bool) -> tuple[str, str]:
    before, after = _floor(one), _floor(other)
    if before == after:
        return "", ""
    if TIGHTER.get(one.comparator or "", 1) < 0:
        return ("raised", "控制目标比上级更严") if after < before else ("lowered", "控制目标比上级放宽")
    if after > before:
        return "raised", "高于上级目标"
    if is_share(one) or is_same_place:
        return "lowered", "低于上级目标"
    return "scaled", "总量按本地范围承担，是否足额须看分解方案"


def _floor(one: Indicator) -> Decimal:
    """What has to be reached at least; a range by its smaller end."""
    return in_base(one, least(one) or Decimal(0))[0]


def _unanswered(lower: Ground, target: Indicator, others: Sequence[Task]) -> Difference:
    """Dropped, or a question where the lower text speaks of the thing and the figure may be lost."""
    thing = thing_named(target.name)
    for other in others:
        start, end = lower.body_span(other)
        at = lower.deeds.find(thing, start, end) if len(thing) > 3 else -1
        if other.damaged and at >= 0:
            why = f"下级提到而没有数值，文字可能缺失，请对照原件判断：{quoted(lower.sentence_at(at), 80)}"
            return Difference("target", target.text, None, "ask", why, span_of(target), (at, at + len(thing)))
    where = "、".join(quoted(other.title) for other in others)
    return Difference("target", target.text, None, "dropped", f"下级{where}没有这一目标。", span_of(target))


def _scope(one: Indicator, other: Indicator) -> Iterator[Difference]:
    """Other places, or other thresholds of who is meant: 超亿元 against 亿元以上、10亿元以下."""
    spans = span_of(one), span_of(other)
    places = place_of(one), place_of(other)
    if places[0] != places[1] and set(places) <= KINDS_OF_PLACE:
        yield Difference("scope", places[0], places[1], "changed", f"适用范围由{places[0]}变为{places[1]}。", *spans)
    limits = [FIGURES.findall(each.name) for each in (one, other)]
    if one.class_ == other.class_ == "coverage" and limits[0] != limits[1] and plain(one.name) != plain(other.name):
        yield Difference("scope", one.text, other.text, "changed", "对象的限定条件不同，请核对名单口径。", *spans)


def _deadline(upper: Ground, one: Indicator, lower: Ground, other: Indicator) -> Iterator[Difference]:
    """Days that differ; the end of the plan's year is the same as not saying it."""
    days = [_day(each, ground) for each, ground in ((one, upper), (other, lower))]
    if days[0] == days[1]:
        return
    spans = span_of(one), span_of(other)
    if days[0] is None or days[1] is None:
        verdict, reason = ("added", "下级加了期限") if days[0] is None else ("dropped", "下级没有写明上级的期限")
    else:
        verdict, reason = ("earlier", "期限早于上级") if days[1] < days[0] else ("later", "期限晚于上级")
    yield Difference("deadline", days[0], days[1], verdict, f"{reason}：{_sentence(lower, other)}", *spans)


def _day(one: Indicator, ground: Ground) -> str | None:
    year = ground.plan.document.year
    return None if one.deadline == f"{year}-12-31" else one.deadline


def _sentence(ground: Ground, one: Indicator) -> str:
    return quoted(ground.sentence_at(one.start) or one.text, 80)
