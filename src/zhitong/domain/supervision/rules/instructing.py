"""What an instruction may give to whom, and how its items move. Pure. Source: R-B7, 冀发〔2018〕7号 四（二）（六）."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.supervision.rules.kinds import InstructionKind, ItemState, LedgerState
from zhitong.kit.clock import SHANGHAI, day_of


def register_trouble(
    kind: InstructionKind, words: str, instructed_on: date, has_about: bool, now: datetime
) -> dict[str, str]:
    """What is wrong with an instruction as it was typed, by field; empty when nothing is."""
    wrong: dict[str, str] = {}
    if kind is InstructionKind.WORDS and not words:
        wrong["words"] = "批示须照原件逐字登记；只有圈阅、没有文字的，请选“圈阅”。"
    if kind is InstructionKind.READ and words:
        wrong["words"] = "圈阅没有文字；有文字的请选“批示”。"
    if instructed_on > day_of(now):
        wrong["instructed_on"] = "批示日期不能晚于今天。"
    if not has_about:
        wrong["about"] = "请写明批示在哪个问题或者哪份文件上。"
    return wrong


def assign_trouble(by_unit_id: UUID, unit_id: UUID, due_on: date, here: Directory, now: datetime) -> str | None:
    """Why an item cannot be given to a unit; None when it can."""
    by, unit = here.units[by_unit_id], here.units.get(unit_id)
    if unit is None or by.region_id not in {region.id for region in here.path(unit.region_id)}:
        return "批示事项只能交给本级及以下的单位。请重新选择。"
    if unit.is_consulted:
        contact = here.units.get(unit.contact_unit_id) if unit.contact_unit_id else None
        return f"{unit.name}不属本级管理，请交给{contact.name if contact else '其对口联系单位'}，由其商请办理。"
    if due_on < day_of(now):
        return "完成期限不能早于今天。"
    return None


def item_limits(due_on: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """When an item begins to warn and when it falls due: the opening and the end of office hours of its day."""
    opens, closes = calendar.sessions[0][0], calendar.sessions[-1][1]
    return _at(due_on, opens), _at(due_on, closes)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)


def why_not_report(state: ItemState) -> str | None:
    """Why a unit cannot report on an item; a report may be replaced until the leader has answered."""
    return "领导已对办理情况专报作出答复，这一项已经结束。" if state is ItemState.ENDED else None


def end_trouble(
    state: ItemState, kind: InstructionKind, words: str, presented_on: date, answered_on: date, now: datetime
) -> dict[str, str]:
    """What is wrong with the registering of a leader's answer, by field."""
    wrong: dict[str, str] = {}
    if state is not ItemState.REPORTED:
        wrong["state"] = "承办单位报送办理情况后，才能呈报领导并登记答复。" if state is ItemState.ASSIGNED else "答复已经登记过。"
    if (kind is InstructionKind.WORDS) != bool(words):
        wrong["words"] = "答复有文字的逐字登记；只有圈阅的，不填文字。"
    if answered_on < presented_on:
        wrong["answered_on"] = "答复日期不能早于呈报日期。"
    if answered_on > day_of(now):
        wrong["answered_on"] = "答复日期不能晚于今天。"
    return wrong


def ledger_state(items: Sequence[ItemState]) -> LedgerState:
    """How an instruction stands as a whole."""
    if not items:
        return LedgerState.FILED
    return LedgerState.DONE if all(state is ItemState.ENDED for state in items) else LedgerState.OPEN
