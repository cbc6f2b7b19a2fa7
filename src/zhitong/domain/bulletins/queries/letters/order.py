"""交办单: what is handed to whom by when, with the sum behind each due time, a receipt and a code to the matter's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from zhitong.domain.bulletins.queries.letters.matter import Matter, matter, one_of, split_about
from zhitong.domain.bulletins.queries.letters.phrases import box, due_in_words, in_words, moment
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Spell, Stay
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.problems.rules.kinds import PartKind, SpellKind, Stage
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.official.shapes import Code, Document, Grid, Style
from zhitong.kit.refusals import Refused

MOST_ORDERS = 100
"""As many orders as one file holds."""
TITLE = "问题交办单"


def order(viewer: Viewer, about: str, at: datetime) -> Document:
    """The order of one matter, of several (numbers with commas), or for nothing named of all of the day until `at`.

    The day's are those that came to units of the viewer's own level, for who hands out; for a unit those that came to it.
    Raises NotFound: a matter is not there for this official. Raises Refused: one had not been handed out, there was
    none on that day, or there are more than 100.
    """
    officials_only(viewer)
    numbers = list(dict.fromkeys(filter(None, about.split(",")))) or _of_the_day(viewer, at)
    if len(numbers) > MOST_ORDERS:
        raise Refused(f"一个文件最多装{MOST_ORDERS}份交办单，现在有{len(numbers)}份，请在台账里分批勾选后再出。")
    first, *others = [_named(viewer, number, at) for number in numbers]
    return replace(first, appended=tuple(others)) if others else first


def order_of(found: Matter, place: int = 0) -> Document:
    """The newest order of a matter, or the one at a place, as Document. Raises as `order`."""
    nothing = f"问题{found.number}在{moment(found.at)}还没有交办，没有交办单可出。请先交办，或另选统计截止时间。"
    return _order(found, one_of(found.handling, place, nothing))


def _named(viewer: Viewer, about: str, at: datetime) -> Document:
    number, place = split_about(about)
    return order_of(matter(viewer, number, at), place)


def _of_the_day(viewer: Viewer, at: datetime) -> list[str]:
    """The numbers of what was handed out on the day of a moment until then, as far as the viewer sees it; four queries."""
    here = directory()
    morning = at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    came = Spell.objects.filter(kind=SpellKind.HANDLING.value, unit_id__in=_units(viewer, here), started_at__range=(morning, at))
    came = came.filter(Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=morning))
    ids = list(came.order_by("started_at", "id").values_list("problem_id", flat=True)[: MOST_ORDERS + 1])
    heads = heads_for(viewer, ids=ids)
    numbers = [heads[one].standing.number for one in dict.fromkeys(ids) if one in heads]
    if not numbers:
        raise Refused(f"{morning.year}年{morning.month}月{morning.day}日没有交办的问题，没有交办单可出。")
    return numbers


def _units(viewer: Viewer, here: Directory) -> list[UUID]:
    if not viewer.may(Permission.DISPATCH):
        return [viewer.unit_id]
    return [unit.id for unit in here.units.values() if unit.region_id == viewer.region_id]


def _order(found: Matter, spell: Spell) -> Document:
    office, handler = _office(found, spell), found.unit(spell.unit_id)
    return Document(
        Style.FORM, TITLE,
        (
            Grid((
                (box("编号", found.number), box("紧急程度", found.urgency.label)),
                (box("交办单位", office), box("交办时间", moment(spell.started_at))),
                (box("承办单位", handler), box("配合单位", _others(found, spell))),
                (box("反映单位", found.outward_name), box("属地", found.place)),
                (box("来源和类别", f"{found.source.label}，{found.nature.label}，{found.category}"),
                 box("反映时间", moment(found.standing.submitted_at))),
                (box("反映的问题", found.text, lines=2),),
                (box("交办依据", _why(found, spell)),),
                (box("办理时限", _limits(found, spell), lines=2),),
                (box("办理要求", _demand(found)),),
                (box("签收人"), box("签收时间", _signed(found, spell))),
                (box("联系企业"),),
            )),
            Code(f"problem:{found.number}", "扫码打开这个问题"),
        ),
    )


def _office(found: Matter, spell: Spell) -> str:
    """Who handed it out: the unit of the act, or the level's office where a rule did."""
    fact = found.handed_out(spell)
    return found.unit(fact.unit_id if fact else None) or found.office(spell.region_id)


def _why(found: Matter, spell: Spell) -> str:
    fact = found.handed_out(spell)
    return (in_words(fact) if fact else "").removeprefix("交办依据：") or "按职责交办"


def _others(found: Matter, spell: Spell) -> str:
    kinds = (PartKind.CO_HANDLE.value, PartKind.JOINT.value)
    names = (found.unit(one.unit_id) for one in found.parts if one.spell_id == spell.id and one.kind in kinds)
    return "、".join(dict.fromkeys(names)) or "无"


def _limits(found: Matter, spell: Spell) -> str:
    """The limits that began with the order, a line each; one that was moved since stands below the first."""
    since = spell.clock_from or spell.started_at
    lines = []
    sign_by = _sign_by(found, spell)
    if sign_by is not None:
        lines.append(f"签收：{due_in_words(spell.started_at, sign_by, spell.unit_id, found.here)}。")
    lines.append(f"办结：{due_in_words(since, spell.first_due_at, spell.unit_id, found.here)}。")
    now_due = found.due_of(spell, found.at)
    if now_due is not None and now_due != spell.first_due_at:
        lines.append(f"经批准，现行办结时限为{moment(now_due)}；首次时限不变，是否按时仍按首次时限评判。")
    return "\n".join(lines)


def _sign_by(found: Matter, spell: Spell) -> datetime | None:
    """When it was to be signed for, from how it was counted just after it was handed out."""
    soon = spell.started_at + timedelta(minutes=1)
    stays: list[Stay] = [one for one in found.stays if one.unit_id == spell.unit_id and one.since <= soon]
    stays = [one for one in stays if one.until is None or one.until > spell.started_at]
    return next((one.stage_due_at for one in stays if one.stage == Stage.ACKNOWLEDGE.value), None)


def _signed(found: Matter, spell: Spell) -> str:
    return moment(spell.acknowledged_at) if spell.acknowledged_at and spell.acknowledged_at <= found.at else ""


def _demand(found: Matter) -> str:
    kept = "企业要求保密，知悉范围限于承办人员。" if found.stay.confidential else ""
    unnamed = "企业要求隐名办理，不得打听、透露是哪家企业。" if found.standing.unnamed else ""
    return (
        f"请按时签收、联系企业、办结并答复；不属职责的按规定退回。{kept}{unnamed}"
    )
