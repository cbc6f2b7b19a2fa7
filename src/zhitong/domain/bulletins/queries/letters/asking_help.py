"""提请协调函: to the unit above that a matter was sent up to, or to one that is to help: the matter, what was tried, what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.queries.letters.matter import Matter, matter, one_of, split_about
from zhitong.domain.bulletins.queries.letters.phrases import day, heading, moment, prose, said
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Escalation, Part
from zhitong.domain.problems.rules.kinds import PartKind, PowerMissing
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import Block, Document, Head, Style

_HELPING = (PartKind.CO_HANDLE.value, PartKind.JOINT.value)


@dataclass(frozen=True, slots=True)
class Asking:
    """One asking for help: when, by whom, of whom."""

    at: datetime
    sender: str
    receiver: str
    row: Escalation | Part


def help_letter(viewer: Viewer, about: str, at: datetime) -> Document:
    """The newest letter until `at`, upwards or to a unit that is to help; or the one at a place.

    Raises NotFound: the matter is not there for this official. Raises Refused: nobody had been asked.
    """
    number, place = split_about(about)
    return help_of(matter(viewer, number, at), place)


def help_of(found: Matter, place: int = 0) -> Document:
    """The same of a matter in hand."""
    number, at = found.number, found.at
    nothing = f"问题{number}在{moment(at)}没有提请上级协调，也没有请其他单位协办，没有函可出。请先提出上报并经本级办公室提请。"
    asking: Asking = one_of(askings(found), place, nothing)
    row = asking.row
    blocks = _upwards(found, row) if isinstance(row, Escalation) else _sideways(found, row)
    return Document(
        Style.LETTER, "关于提请协调解决企业反映问题的函",
        (
            said(f"{found.place}在办理企业反映的问题（编号{number}）中，需请贵单位支持。现将有关情况函告如下："),
            heading(0, "基本情况"), said(_matter_in_words(found)), *prose(found.text), *blocks,
            said("特此函请，望予支持，办理情况请及时在系统中反馈。"),
        ),
        head=Head(asking.sender), recipients=(asking.receiver,), signed_by=asking.sender,
        signed_on=day_of(asking.at),
    )


def askings(found: Matter) -> list[Asking]:
    """What was sent up and who was asked to help, oldest first."""
    up = [
        Asking(one.sent_at, _level_office(found, one.from_unit_id), found.unit(one.to_unit_id), one)
        for one in found.escalations if one.sent_at is not None and one.sent_at <= found.at and one.to_unit_id
    ]
    beside = [
        Asking(one.asked_at, found.unit(one.asked_by_id), found.unit(one.unit_id), one)
        for one in found.parts if one.kind in _HELPING
    ]
    return sorted([*up, *beside], key=lambda one: one.at)


def _level_office(found: Matter, unit_id: UUID) -> str:
    """Climbing is an act of the level: its office sends it up (R-F11)."""
    unit = found.here.units.get(unit_id)
    return (found.office(unit.region_id) if unit else "") or found.unit(unit_id)


def _matter_in_words(found: Matter) -> str:
    return (
        f"{day(day_of(found.standing.submitted_at))}，{found.outward_name}通过{found.source.label}反映问题，"
        f"属{found.category}类{found.nature.label}，原文如下。"
    )


def _upwards(found: Matter, row: Escalation) -> list[Block]:
    missing = PowerMissing(row.power_missing).label if row.power_missing else ""
    consent = f"本级{row.consent_by}于{day(row.consent_on)}同意提请。" if row.consent_by and row.consent_on else ""
    reason = said(f"本级不能解决的原因：{missing}。{consent}") if missing or consent else None
    return [
        heading(1, "本级已做的工作"), *prose(row.tried), *([reason] if reason else []),
        heading(2, "提请协调解决的事项"), *prose(row.asked_for),
    ]


def _sideways(found: Matter, row: Part) -> list[Block]:
    due = f"请于{moment(row.due_at)}前反馈。" if row.due_at else ""
    return [
        heading(1, "主办情况"), said(f"该问题由{found.unit(row.asked_by_id)}主办，主办责任不变。"),
        heading(2, f"请贵单位{PartKind(row.kind).label}的事项"), *prose(row.asked_for), *([said(due)] if due else []),
    ]
